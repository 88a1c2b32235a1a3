// Recursion without end is the outcome *stack*.
// @fails
// @expect RangeError: calls are nested deeper than 20000
// @expect at 7:10
// @expect check that the recursion ends
function again(n: number): number {
  return again(n + 1) + 1;
}
return again(0);
