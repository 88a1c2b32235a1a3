// A call that takes too long fails by name; the script goes on.
// @limits {"callMs":500}
// @within 1
// @expect timeout: `rude.silent` did not answer within 0.5 s
try {
  await rude.silent({});
} catch (error) {
  return `${error.code}: ${error.message}`;
}
