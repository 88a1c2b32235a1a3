// Recursion 5,000 deep.
// @expect 12502500
const sum = (n: number): number => (n === 0 ? 0 : n + sum(n - 1));
return sum(5000);
