// A chain of 50,000 `new`.
// @fails
// @within 1
// @expect the source is nested deeper than 500
// @expect at 6:12007
return @@repeat(50000,"new ")Object;
