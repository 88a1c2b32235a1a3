// A script may call its own function and leave the promise as the last expression.
// @expect 9
(async () => {
  const { sum } = await fake.add({ a: 4, b: 5 });
  return sum;
})()
