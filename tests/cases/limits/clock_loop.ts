// Waiting for the clock in a loop never ends, as the clock stands still.
// @limits {"cpuMs":1000}
// @fails
// @within 3
// @expect engine time limit reached
const until = Date.now() + 10;
while (Date.now() < until);
return "never";
