// Templates nested 60,000 deep.
// @fails
// @within 5
return @@repeat(60000,"`${")1@@repeat(60000,"}`").length;
