// A getter that reads itself.
// @fails
// @expect stack limit reached: 16 MiB allowed, all used
const object = { get self() { return this.self; } };
return object.self;
