// `Array.fromAsync` and other recent built-ins.
// @expect [[1,2],{"a":[1,3],"b":[2]},[3,2,1],"c"]
async function* two() {
  yield 1;
  yield 2;
}
const grouped = Object.groupBy([1, 2, 3], (n) => (n === 2 ? "b" : "a"));
return [await Array.fromAsync(two()), grouped, [1, 2, 3].toReversed(), ["a", "b", "c"].at(-1)];
