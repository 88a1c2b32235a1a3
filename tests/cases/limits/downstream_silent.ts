// A tool that never answers fails by its time limit.
// @limits {"callMs":1500}
// @within 2
// @expect ["timeout","rude","silent","`rude.silent` did not answer within 1.5 s
try {
  const value = await rude.silent({});
  return ["value", value];
} catch (error) {
  return [error.code, error.server, error.tool, error.message];
}
