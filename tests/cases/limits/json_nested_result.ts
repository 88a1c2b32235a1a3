// So is returning it.
// @fails
// @within 1
// @expect the value is nested deeper than 500
let deep: unknown[] = [];
for (let i = 0; i < 100_000; i++) deep = [deep];
return deep;
