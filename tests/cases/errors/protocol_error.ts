// A downstream's protocol error is an error of the call.
// @expect tool_error: refused by the fake
try {
  await fake.refuse({});
} catch (error) {
  return `${error.code}: ${error.message}`;
}
