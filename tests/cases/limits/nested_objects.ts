// Objects nested 40,000 deep.
// @fails
// @within 5
return @@repeat(40000,"{a:")1@@repeat(40000,"}");
