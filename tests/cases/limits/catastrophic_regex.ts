// A catastrophic regular expression ends with a limit.
// @limits {"cpuMs":1000}
// @fails
// @within 1.5
// @number 1 1.3 engine time limit reached: 1 s allowed, _ s used
return /^(a+)+$/.test("a".repeat(40) + "!");
