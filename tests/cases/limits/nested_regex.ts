// A regular expression with groups nested 50,000 deep.
// @fails
// @within 1
// @expect SyntaxError: Invalid regular expression
// @expect too deeply nested
// @expect at 7:8
return /@@repeat(50000,"(")@@repeat(50000,")")/.test("x");
