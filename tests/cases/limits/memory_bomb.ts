// Keeping everything ends with the memory limit, named with its number.
// @fails
// @within 5
// @number 256.1 4096 memory limit reached: 256 MiB allowed, _ MiB needed
const kept: unknown[] = [];
for (;;) kept.push(new Array(100_000).fill(1));
