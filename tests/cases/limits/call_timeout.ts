// A call that takes too long fails by name; the script goes on.
// @limits {"callMs":500}
// @within 3
// @expect timeout: 
// @expect 500 ms
try {
  await rude.silent({});
} catch (error) {
  return `${error.code}: ${error.message}`;
}
