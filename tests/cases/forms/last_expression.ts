// Without `return`, the last expression is the value.
// @expect [2,4,6]
const numbers = [1, 2, 3];
numbers.map((n) => n * 2)
