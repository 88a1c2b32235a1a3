// A chain of 100,000 unary operators.
// @fails
// @within 5
return @@repeat(100000,"!")1;
