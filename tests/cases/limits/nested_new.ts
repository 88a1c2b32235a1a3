// A chain of 50,000 `new`.
// @fails
// @within 1
// @expect a chain without brackets (operators, members, calls, `else if`) has more than 3000 steps
// @expect at 6:12007
return @@repeat(50000,"new ")Object;
