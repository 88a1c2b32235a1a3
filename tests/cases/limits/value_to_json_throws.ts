// A `toJSON` that throws while the value is taken.
// @fails
// @expect no JSON here
return { toJSON() { throw new Error("no JSON here"); } };
