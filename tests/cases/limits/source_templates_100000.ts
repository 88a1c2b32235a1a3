// Templates nested 100,000 deep, where the source may be that large.
// @limits {"sourceBytes":1000000}
// @fails
// @within 1
// @expect the source is nested deeper than 500
// @expect at 7:1510
return @@repeat(100000,"`${")1@@repeat(100000,"}`").length;
