// Half a response fails the call.
// @limits {"callMs":1500}
// @within 1
// @expect ["protocol","rude","cut_off",
try {
  const value = await rude.cut_off({});
  return ["value", value];
} catch (error) {
  return [error.code, error.server, error.tool, error.message];
}
