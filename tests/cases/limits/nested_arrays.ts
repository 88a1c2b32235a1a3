// Arrays nested 100,000 deep.
// @fails
// @within 5
return @@repeat(100000,"[")@@repeat(100000,"]").length;
