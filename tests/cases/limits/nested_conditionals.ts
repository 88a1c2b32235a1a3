// A chain of 50,000 conditionals.
// @fails
// @within 1
// @expect the source is nested deeper than 500
// @expect at 6:1721
return @@repeat(50000,"1?2:")3;
