// A chain of 15,000 `else if`.
// @fails
// @within 5
let a = 0; @@repeat(15000,"if(a)a=1;else ")a=2; return a;
