// 100,000 levels as text stay text.
// @absent SyntaxError
// @limits {"callMs":1500}
// @within 6
try {
  const value = await rude.nested_text({ levels: 100000 });
  return ["value", value];
} catch (error) {
  return [error.code, error.server, error.tool, error.message];
}
