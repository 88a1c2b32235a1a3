// An array of four thousand million elements does not fit.
// @fails
// @number 256.1 4096 memory limit reached: 256 MiB allowed, _ MiB needed
// @within 8
return new Array(2 ** 32 - 1).fill(0).length;
