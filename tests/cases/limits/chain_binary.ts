// A chain of 100,000 binary operators: 3,000 are as high as 500 brackets.
// @fails
// @within 1
// @expect a chain without brackets (operators, members, calls, `else if`) has more than 3000 steps
// @expect at 6:6007
return @@repeat(100000,"1+")1;
