// `JSON` agrees with V8 where parsers differ.
// @expect [null,"{\"__proto__\":1}",["b","a","1"],"\\ud83d","{\"a\":[1,null]}"]
return [
  JSON.parse("1e400") === Infinity ? null : "finite",
  JSON.stringify(JSON.parse('{"__proto__":1}')),
  Object.keys(JSON.parse('{"b":1,"a":2,"1":3}')).sort((a, b) => (a < b ? 1 : -1)),
  JSON.stringify("\ud83d").slice(1, -1),
  JSON.stringify({ a: [1, undefined], b: undefined }),
];
