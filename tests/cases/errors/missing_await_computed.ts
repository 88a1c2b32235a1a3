// The same where only the run shows that it is a promise.
// @fails
// @unchecked
// @expect put `await` before the call
const start = (tool) => tool({ a: 1, b: 2 });
const r = start(fake.add);
return r.sum.toFixed(2);
