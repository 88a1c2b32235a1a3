// The clock stands still between two waits and moves over them.
// @expect [true,true,true,true]
const a = Date.now();
for (let i = 0; i < 50_000; i++);
const b = Date.now();
const before = performance.now();
await new Promise((resolve) => setTimeout(resolve, 30));
return [a === b, Date.now() - a >= 29, performance.now() - before >= 29, a > Date.UTC(2024, 0, 1)];
