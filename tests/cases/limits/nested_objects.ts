// Objects nested 40,000 deep.
// @fails
// @within 1
// @expect the source is nested deeper than 500
// @expect at 6:1508
return @@repeat(40000,"{a:")1@@repeat(40000,"}");
