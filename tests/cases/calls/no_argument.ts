// A tool without parameters needs no argument.
// @expect true
return Number.isInteger(Number(await fake.counter()));
