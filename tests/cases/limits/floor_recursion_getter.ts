// Floor: recursion 2,000 deep through getters.
// @expect 2000
const make = (n: number) => ({ get depth(): number { return n === 0 ? 0 : 1 + make(n - 1).depth; } });
return make(2000).depth;
