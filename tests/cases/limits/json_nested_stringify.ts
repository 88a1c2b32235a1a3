// So is writing what is nested that deep.
// @within 1
// @expect caught RangeError
let deep: unknown[] = [];
for (let i = 0; i < 100_000; i++) deep = [deep];
try {
  return JSON.stringify(deep).length;
} catch (error) {
  return `caught ${error.name}`;
}
