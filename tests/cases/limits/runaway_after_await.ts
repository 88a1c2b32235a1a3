// Recursion without end is the same after an `await`, where the engine drops its own error.
// @fails
// @expect calls are nested deeper than 20000
// @expect check that the recursion ends
await null;
function again(n: number): number {
  return again(n + 1) + 1;
}
return again(0);
