// A getter that reads itself.
// @fails
const object = { get self() { return this.self; } };
return object.self;
