// A chain of 100,000 unary operators.
// @fails
// @within 1
// @expect the source is nested deeper than 500
// @expect at 6:3007
return @@repeat(100000,"!")1;
