// The same, made while the script runs.
// @fails
// @within 1
// @expect SyntaxError: 
// @expect too deeply nested
// @expect at 7:8
return new RegExp("(".repeat(100000) + ")".repeat(100000)).test("x");
