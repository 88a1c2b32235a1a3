// Of two answers the first counts.
// @limits {"callMs":1500}
// @expect ["value","first"]
// @within 1
try {
  const value = await rude.duplicate({});
  return ["value", value];
} catch (error) {
  return [error.code, error.server, error.tool, error.message];
}
