// 100,000 levels of nesting fail the call and nothing else.
// @limits {"callMs":1500}
// @within 6
// @expect nested more than 500 levels
try {
  const value = await rude.nested({ levels: 100000 });
  return ["value", value];
} catch (error) {
  return [error.code, error.server, error.tool, error.message];
}
