// Arrays nested 100,000 deep.
// @fails
// @within 1
// @expect the source is nested deeper than 500
// @expect at 6:508
return @@repeat(100000,"[")@@repeat(100000,"]").length;
