// Recursion without end in an async generator, at which the engine panics, is the script's.
// @fails
// @expect RangeError: calls are nested too deep, in an async generator
// @expect check that the recursion ends
async function* again(n: number): AsyncGenerator<number> {
  for await (const x of again(n + 1)) yield x;
}
for await (const x of again(0)) console.log(x);
