// A syntax error has its position in the source as given, and the line.
// @fails
// @expect SyntaxError: 
// @expect at 6:11
// @quotes const y = = 2;
const y = = 2;
return y;
