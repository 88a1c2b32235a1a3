// A symbol is no value for a result.
// @fails
// @expect symbol
return Symbol("mine");
