// Types nested 100,000 deep.
// @fails
// @within 5
type Deep = @@repeat(100000,"[")@@repeat(100000,"]"); return 1;
