// The engine time limit can be configured.
// @limits {"cpuMs":1000}
// @fails
// @within 1.5
// @number 1 1.3 engine time limit reached: 1 s allowed, _ s used
for (let i = 0; ; i++);
