// A regular expression with groups nested 50,000 deep.
// @fails
// @within 5
return /@@repeat(50000,"(")@@repeat(50000,")")/.test("x");
