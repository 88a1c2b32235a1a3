// A proxy that throws while the value is taken.
// @fails
// @expect keep out
return new Proxy({}, { ownKeys() { throw new Error("keep out"); } });
