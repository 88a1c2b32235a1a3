// A lone surrogate does not make the call hang.
// @limits {"callMs":1500}
// @within 1
// @expect ["value","cut \ud83d here"]
try {
  const value = await rude.lone_surrogate({});
  return ["value", value];
} catch (error) {
  return [error.code, error.server, error.tool, error.message];
}
