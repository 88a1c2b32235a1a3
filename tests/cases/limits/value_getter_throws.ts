// A getter that throws while the value is taken.
// @fails
// @expect not today
return { get a() { throw new Error("not today"); } };
