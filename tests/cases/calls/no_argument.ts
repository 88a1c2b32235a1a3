// A tool without parameters needs no argument.
// @expect number
return typeof Number(await fake.counter());
