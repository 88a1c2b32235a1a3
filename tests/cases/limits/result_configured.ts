// The limit of results can be configured.
// @limits {"resultBytes":1000}
// @expect result_too_large: the result of `fake.big_text` has 2002 bytes, 1000 are allowed
try {
  await fake.big_text({ bytes: 2000 });
} catch (error) {
  return `${error.code}: ${error.message}`;
}
