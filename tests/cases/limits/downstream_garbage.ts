// A line that is no JSON: the call ends with its time limit.
// @limits {"callMs":1500}
// @within 2
// @expect ["timeout","rude","garbage","`rude.garbage` did not answer within 1.5 s
try {
  const value = await rude.garbage({});
  return ["value", value];
} catch (error) {
  return [error.code, error.server, error.tool, error.message];
}
