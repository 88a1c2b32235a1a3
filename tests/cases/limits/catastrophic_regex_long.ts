// So does one that backtracks over a long text.
// @limits {"cpuMs":1000}
// @fails
// @within 3
// @expect limit
return /(x+x+)+y/.exec("x".repeat(200000));
