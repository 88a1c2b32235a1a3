// JSON nested 100,000 deep is an error that can be caught.
// @within 1
// @expect caught RangeError
try {
  return JSON.parse("[".repeat(100000) + "]".repeat(100000)).length;
} catch (error) {
  return `caught ${error.name}`;
}
