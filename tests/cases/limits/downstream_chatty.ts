// Log lines on stdout are passed over.
// @limits {"callMs":1500}
// @expect ["value","fine"]
// @within 1
try {
  const value = await rude.chatty({});
  return ["value", value];
} catch (error) {
  return [error.code, error.server, error.tool, error.message];
}
