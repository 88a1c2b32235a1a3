// A proxy that throws while the value is taken.
// @fails
// @expect Error: keep out
// @expect at 5:42
return new Proxy({}, { ownKeys() { throw new Error("keep out"); } });
