// A chain of 50,000 conditionals.
// @fails
// @within 5
return @@repeat(50000,"1?2:")3;
