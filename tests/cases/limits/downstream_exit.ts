// A server that exits fails the call by name.
// @limits {"callMs":1500}
// @expect "server_exited","rude","exit"
// @within 1
try {
  const value = await rude.exit({});
  return ["value", value];
} catch (error) {
  return [error.code, error.server, error.tool, error.message];
}
