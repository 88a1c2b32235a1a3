// The engine time limit can be configured.
// @limits {"cpuMs":1000}
// @fails
// @within 3
// @expect engine time limit reached: 1 s allowed
for (let i = 0; ; i++);
