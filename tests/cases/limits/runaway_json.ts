// A `toJSON` that calls itself through `JSON.stringify`.
// @fails
// @expect limit reached
const object = { toJSON() { return JSON.stringify(this); } };
return JSON.stringify(object);
