// An argument that is too large rejects that call with its size and the limit.
// @expect argument_too_large: the arguments of `fake.echo` have 1048588 bytes; 1048576 are allowed
try {
  await fake.echo({ value: "x".repeat(2 ** 20) });
} catch (error) {
  return `${error.code}: ${error.message}`;
}
