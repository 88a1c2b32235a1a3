// A chain of 50,000 property reads either works or is an error.
// @within 5
// @fails
const a = {}; return a@@repeat(50000,"?.b");
