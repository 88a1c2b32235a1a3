// So are keys.
// @fails
// @within 10
// @number 256.1 4096 memory limit reached: 256 MiB allowed, _ MiB needed
const kept = new Map();
for (let i = 0; ; i++) kept.set(`a rather long key with the number ${i}`, { i });
