// A notification of 20 MiB is passed over.
// @limits {"callMs":1500}
// @expect ["value","fine"]
// @within 1
try {
  const value = await rude.long_notification({ bytes: 20971520 });
  return ["value", value];
} catch (error) {
  return [error.code, error.server, error.tool, error.message];
}
