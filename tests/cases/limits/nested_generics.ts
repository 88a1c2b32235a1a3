// Type arguments nested 50,000 deep.
// @fails
// @within 5
let x: @@repeat(50000,"A<")B@@repeat(50000,">"); return 1;
