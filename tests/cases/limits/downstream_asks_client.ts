// A request of the server is answered or refused, and does not stop the call.
// @limits {"callMs":1500}
// @expect ["value","fine"]
// @within 1
try {
  const value = await rude.asks_client({});
  return ["value", value];
} catch (error) {
  return [error.code, error.server, error.tool, error.message];
}
