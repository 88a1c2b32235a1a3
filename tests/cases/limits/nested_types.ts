// Types nested 100,000 deep.
// @fails
// @within 1
// @expect the source is nested deeper than 500
// @expect at 6:513
type Deep = @@repeat(100000,"[")@@repeat(100000,"]"); return 1;
