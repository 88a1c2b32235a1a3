// A `toJSON` that throws while the value is taken.
// @fails
// @expect Error: no JSON here
// @expect at 5:27
return { toJSON() { throw new Error("no JSON here"); } };
