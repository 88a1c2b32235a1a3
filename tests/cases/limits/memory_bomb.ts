// Keeping everything ends with the memory limit, named with its number.
// @fails
// @within 15
// @expect memory limit reached: 256 MiB allowed
const kept: unknown[] = [];
for (;;) kept.push(new Array(100_000).fill(1));
