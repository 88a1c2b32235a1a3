// Type arguments nested 50,000 deep.
// @fails
// @within 1
// @expect the source is nested deeper than 500
// @expect at 6:1007
let x: @@repeat(50000,"A<")B@@repeat(50000,">"); return 1;
