// A chain of 40,000 `void`.
// @fails
// @within 1
// @expect a chain without brackets (operators, members, calls, `else if`) has more than 3000 steps
// @expect at 6:15007
return @@repeat(40000,"void ")1;
