// A script that returns nothing is told to.
// @expect the script's value is `undefined`: end it with `return`
const { sum } = await fake.add({ a: 1, b: 1 });
const twice = sum * 2;
