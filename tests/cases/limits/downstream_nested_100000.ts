// 100,000 levels of nesting fail the call, by name and with the limit.
// @limits {"callMs":1500}
// @within 1
// @expect ["result_too_large","rude","nested","the result of `rude.nested` is nested 100001 levels deep, 500 are allowed"]
try {
  const value = await rude.nested({ levels: 100000 });
  return ["value", value];
} catch (error) {
  return [error.code, error.server, error.tool, error.message];
}
