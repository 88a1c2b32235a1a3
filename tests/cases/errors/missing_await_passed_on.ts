// The same through a function of the script.
// @fails
// @expect nothing was run
// @expect write `await start(…)` where it is called
const start = (tool) => tool({ a: 1, b: 2 });
const r = start(fake.add);
return r.sum.toFixed(2);
