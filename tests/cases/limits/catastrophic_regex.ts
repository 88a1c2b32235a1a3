// A catastrophic regular expression ends with a limit.
// @limits {"cpuMs":1000}
// @fails
// @within 3
// @expect limit
return /^(a+)+$/.test("a".repeat(40) + "!");
