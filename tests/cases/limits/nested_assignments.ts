// A chain of 60,000 assignments.
// @fails
// @within 5
let a; @@repeat(60000,"a=")1; return a;
