// A microtask that queues itself for ever.
// @limits {"cpuMs":1000}
// @fails
// @within 1.5
// @number 1 1.3 engine time limit reached: 1 s allowed, _ s used
const again = () => queueMicrotask(again);
again();
await new Promise((resolve) => setTimeout(resolve, 1));
return "never";
