// A call that takes too long fails by name; the script goes on.
// @limits {"callMs":500}
// @within 3
// @expect timeout: 
// @expect within 0.5 s
try {
  await rude.silent({});
} catch (error) {
  return `${error.code}: ${error.message}`;
}
