// Templates nested 50,000 deep.
// @fails
// @within 5
return @@repeat(50000,"`${")1@@repeat(50000,"}`").length;
