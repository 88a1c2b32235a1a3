// An answer nobody asked for is passed over.
// @limits {"callMs":1500}
// @expect ["value","fine"]
// @within 1
try {
  const value = await rude.unknown_id({});
  return ["value", value];
} catch (error) {
  return [error.code, error.server, error.tool, error.message];
}
