// So is returning it.
// @fails
// @within 5
let deep: unknown[] = [];
for (let i = 0; i < 100_000; i++) deep = [deep];
return deep;
