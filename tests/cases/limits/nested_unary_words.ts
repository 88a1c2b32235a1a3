// A chain of 40,000 `void`.
// @fails
// @within 1
// @expect the source is nested deeper than 500
// @expect at 6:15007
return @@repeat(40000,"void ")1;
