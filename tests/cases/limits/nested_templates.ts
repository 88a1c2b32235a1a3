// Templates nested 50,000 deep.
// @fails
// @within 1
// @expect the source is nested deeper than 500
// @expect at 6:1510
return @@repeat(50000,"`${")1@@repeat(50000,"}`").length;
