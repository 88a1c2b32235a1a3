// 500 levels of nesting arrive, or fail the call at once.
// @limits {"callMs":1500}
// @within 6
try {
  const value = await rude.nested({ levels: 500 });
  return ["value", value];
} catch (error) {
  return [error.code, error.server, error.tool, error.message];
}
