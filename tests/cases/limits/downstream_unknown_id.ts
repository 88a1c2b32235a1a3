// An answer nobody asked for is passed over.
// @limits {"callMs":1500}
// @within 6
// @expect ["value","fine"]
try {
  const value = await rude.unknown_id({});
  return ["value", value];
} catch (error) {
  return [error.code, error.server, error.tool, error.message];
}
