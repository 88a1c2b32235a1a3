// A result that is none fails the call.
// @limits {"callMs":1500}
// @within 1
// @expect ["protocol","rude","wrong_shape",
try {
  const value = await rude.wrong_shape({});
  return ["value", value];
} catch (error) {
  return [error.code, error.server, error.tool, error.message];
}
