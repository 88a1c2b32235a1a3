// Floor: recursion 2,000 deep through `map`.
// @expect 2000
const depth = (n: number): number => [n].map((m) => (m === 0 ? 0 : 1 + depth(m - 1)))[0];
return depth(2000);
