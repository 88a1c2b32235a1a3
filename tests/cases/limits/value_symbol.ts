// A symbol is no value for a result.
// @fails
// @expect the value is a symbol, which JSON cannot express
return Symbol("mine");
