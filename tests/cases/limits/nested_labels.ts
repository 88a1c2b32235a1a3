// Statements nested by 50,000 labels and loops.
// @fails
// @within 1
// @expect a chain without brackets (operators, members, calls, `else if`) has more than 3000 steps
// @expect at 6:21004
@@repeat(25000,"for(;;)")break;
