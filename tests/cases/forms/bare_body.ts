// A bare body with `return`.
// @expect 5
const { sum } = await fake.add({ a: 2, b: 3 });
return sum;
