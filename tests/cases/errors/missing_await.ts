// A property read from a call that was not awaited.
// @fails
// @expect `r` is a promise: put `await` before the call
const r = fake.add({ a: 1, b: 2 });
return r.sum.toFixed(2);
