// A comparison function that never returns.
// @limits {"cpuMs":1000}
// @fails
// @within 3
// @expect engine time limit reached
return [2, 1].sort(() => { while (true); });
