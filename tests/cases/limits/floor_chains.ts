// 1,000 `else if` and 1,000 chained calls.
// @expect [999,1000]
const n = 999;
let found = -1;
@@repeat(999,"if (n === -1) found = 0; else ")if (n === 999) found = 999;
const chain = { n: 0, next() { this.n++; return this; } };
chain@@repeat(1000,".next()");
return [found, chain.n];
