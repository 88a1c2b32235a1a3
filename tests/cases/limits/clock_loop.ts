// Waiting for the clock in a loop never ends, as the clock stands still.
// @limits {"cpuMs":1000}
// @fails
// @within 1.5
// @number 1 1.3 engine time limit reached: 1 s allowed, _ s used
const until = Date.now() + 10;
while (Date.now() < until);
return "never";
