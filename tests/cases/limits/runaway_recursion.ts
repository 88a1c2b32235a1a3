// Recursion without end is the outcome *stack*.
// @fails
// @expect recursion
function again(n: number): number {
  return again(n + 1) + 1;
}
return again(0);
