// A chain of 60,000 assignments.
// @fails
// @within 1
// @expect the source is nested deeper than 500
// @expect at 6:1009
let a; @@repeat(60000,"a=")1; return a;
