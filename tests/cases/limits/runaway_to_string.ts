// A `toString` that calls itself through a template.
// @fails
// @expect stack limit reached: 16 MiB allowed, all used
const object = { toString() { return `${this}`; } };
return `${object}`;
