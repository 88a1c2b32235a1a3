// Buffers that are kept are memory too.
// @fails
// @number 256.1 4096 memory limit reached: 256 MiB allowed, _ MiB needed
const kept: ArrayBuffer[] = [];
for (;;) kept.push(new ArrayBuffer(2 ** 24));
