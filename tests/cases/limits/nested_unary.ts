// A chain of 100,000 unary operators.
// @fails
// @within 1
// @expect a chain without brackets (operators, members, calls, `else if`) has more than 3000 steps
// @expect at 6:3007
return @@repeat(100000,"!")1;
