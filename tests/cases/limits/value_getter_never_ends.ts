// A getter that never ends while the value is taken.
// @limits {"cpuMs":1000}
// @fails
// @within 3
// @expect engine time limit reached
return { get a() { while (true); } };
