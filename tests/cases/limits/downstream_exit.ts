// A server that exits fails the call by name.
// @limits {"callMs":1500}
// @within 6
// @expect "server_exited","rude","exit"
try {
  const value = await rude.exit({});
  return ["value", value];
} catch (error) {
  return [error.code, error.server, error.tool, error.message];
}
