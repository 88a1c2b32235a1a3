// A `toJSON` that never ends while the value is taken.
// @limits {"cpuMs":1000}
// @fails
// @within 1.5
// @number 1 1.3 engine time limit reached: 1 s allowed, _ s used
return { toJSON() { for (;;); } };
