// A syntax error has its position in the source as given, and the line.
// @fails
// @expect 5
// @expect const y = = 2;
const y = = 2;
return y;
