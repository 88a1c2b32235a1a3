// A loop that only awaits is endless too.
// @limits {"cpuMs":1000}
// @fails
// @within 3
// @expect engine time limit reached
while (true) await null;
