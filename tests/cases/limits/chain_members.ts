// A chain of 50,000 property reads.
// @fails
// @within 1
// @expect the source is nested deeper than 500
// @expect at 6:9020
const a = {}; return a@@repeat(50000,"?.b");
