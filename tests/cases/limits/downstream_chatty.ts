// Log lines on stdout are passed over.
// @limits {"callMs":1500}
// @within 6
// @expect ["value","fine"]
try {
  const value = await rude.chatty({});
  return ["value", value];
} catch (error) {
  return [error.code, error.server, error.tool, error.message];
}
