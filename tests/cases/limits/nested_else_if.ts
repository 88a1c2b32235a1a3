// A chain of 15,000 `else if`.
// @fails
// @within 1
// @expect the source is nested deeper than 500
// @expect at 6:20976
let a = 0; @@repeat(15000,"if(a)a=1;else ")a=2; return a;
