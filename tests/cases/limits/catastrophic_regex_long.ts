// So does one that backtracks over a long text.
// @limits {"cpuMs":1000}
// @fails
// @within 1.5
// @number 1 1.3 engine time limit reached: 1 s allowed, _ s used
return /(x+x+)+y/.exec("x".repeat(200000));
