// A number no double can hold does not make the call hang.
// @limits {"callMs":1500}
// @within 6
try {
  const value = await rude.huge_number({});
  return ["value", value];
} catch (error) {
  return [error.code, error.server, error.tool, error.message];
}
