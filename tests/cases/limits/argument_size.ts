// An argument that is too large rejects that call with its size and the limit.
// @expect argument_too_large
// @expect 1048576 are allowed
try {
  await fake.echo({ value: "x".repeat(2 ** 20) });
} catch (error) {
  return `${error.code}: ${error.message}`;
}
