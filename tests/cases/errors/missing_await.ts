// A property read from a call that was not awaited.
// @fails
// @expect nothing was run
// @expect reads `sum` from a promise
// @absent calls:
const r = fake.add({ a: 1, b: 2 });
return r.sum.toFixed(2);
