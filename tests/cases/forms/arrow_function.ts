// A script may be an async arrow function.
// @expect {"sum":3}
async () => {
  return await fake.add({ a: 1, b: 2 });
}
