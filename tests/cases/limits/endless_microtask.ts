// A microtask that queues itself for ever.
// @limits {"cpuMs":1000}
// @fails
// @within 3
// @expect engine time limit reached
const again = () => queueMicrotask(again);
again();
await new Promise((resolve) => setTimeout(resolve, 1));
return "never";
