// A comparison function that never returns.
// @limits {"cpuMs":1000}
// @fails
// @within 1.5
// @number 1 1.3 engine time limit reached: 1 s allowed, _ s used
return [2, 1].sort(() => { while (true); });
