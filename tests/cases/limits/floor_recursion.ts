// Floor: recursion 10,000 deep.
// @expect 50005000
function sum(n: number): number {
  return n === 0 ? 0 : n + sum(n - 1);
}
return sum(10_000);
