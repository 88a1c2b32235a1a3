// The same, made while the script runs.
// @fails
// @within 5
return new RegExp("(".repeat(100000) + ")".repeat(100000)).test("x");
