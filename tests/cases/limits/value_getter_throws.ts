// A getter that throws while the value is taken.
// @fails
// @expect Error: not today
// @expect at 5:26
return { get a() { throw new Error("not today"); } };
