// A chain of 50,000 property reads.
// @fails
// @within 1
// @expect a chain without brackets (operators, members, calls, `else if`) has more than 3000 steps
// @expect at 6:9020
const a = {}; return a@@repeat(50000,"?.b");
