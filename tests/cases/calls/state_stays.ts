// A downstream session stays open: its state is there at the next call.
// @expect true
const first = Number(await fake.counter({}));
const second = Number(await fake.counter({}));
return second === first + 1;
