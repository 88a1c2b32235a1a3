// A missing `await` is said as such.
// @fails
// @expect await
const result = fake.add({ a: 1, b: 2 });
return result.sum.toFixed(2);
