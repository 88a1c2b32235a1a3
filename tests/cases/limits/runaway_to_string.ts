// A `toString` that calls itself through a template.
// @fails
const object = { toString() { return `${this}`; } };
return `${object}`;
