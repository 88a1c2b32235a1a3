// Parentheses nested 100,000 deep: found before parsing, with a position.
// @fails
// @within 5
return @@repeat(100000,"(")1@@repeat(100000,")");
