// Writes json_v8.jsonl: what V8's JSON says to each text and each value.
// Run with `node json_v8.mjs` beside this file after adding a case.
import { writeFileSync } from "node:fs";

const texts = [
  // Values.
  "null", "true", "false", " [ 1 , 2 ] ", "\t\n\r {}", '""', '"a"', "[]", "{}", "[[]]", "[{}]",
  '{"a":{"b":[1,2,{"c":null}]}}', '[true,false,null,"x",1.5]',
  // Numbers.
  "0", "-0", "1", "-1", "1.0", "1e3", "1E3", "1e+3", "1e-3", "0.1", "123456789", "2147483647", "2147483648",
  "-2147483648", "-2147483649", "9007199254740993", "12345678901234567890", "1e400", "-1e400", "1e-400",
  "5e-324", "1.7976931348623157e308", "0.30000000000000004", "1e21", "1e20", "123e-7", "[0,-0,0.0,-0.0]",
  "3.141592653589793238462643383279502884197169399375105820974944592307816406286",
  // Strings.
  '"\\"\\\\\\/\\b\\f\\n\\r\\t"', '"\\u0041\\u00e9\\u20ac"', '"\\ud83d\\ude00"', '"\\ud83d"', '"\\ude00\\ud83d"',
  '"a\\ud800b"', '"\ud800"', '"é"', '"ÿĀ"', '"\u2028\u2029"', '"\u007f"', '"\\u0000"', '"\\u001f"', '"😀"',
  // Keys.
  '{"a":1,"a":2}', '{"a":1,"b":2,"a":3}', '{"__proto__":1}', '{"__proto__":{"x":1},"y":2}', '{"":0}',
  '{"b":1,"a":2,"1":3,"0":4}', '{"4294967294":1,"4294967295":2,"x":3,"10":4}', '{"01":1,"1":2,"-1":3}',
  '{"constructor":1,"toString":2,"hasOwnProperty":3}', '{"a\\u0062":1,"ab":2}', '{"é":1,"😀":2,"\\ud800":3}',
  '{"toJSON":1}', '[{"a":1,"b":2},{"b":1,"a":2},{"a":1}]',
  // Faults.
  '{"a":1,}', "[1,]", "", "  ", "{", '{"a"', '{"a":', "[", "[1", "[1 2]", '{"a":1 "b"}', "{a:1}", "{'a':1}", '"abc',
  '"a\nb"', '"\\x"', '"\\u12g4"', "-", "01", "1.", "1e", "1e+", ".5", "tru", "trux", "undefined", "[object Object]",
  "1 2", '{"a":1}x', "nul", "-a", "NaN", "Infinity", "-Infinity", '{"a":1,,}', "[,1]", '"a" "b"', '{"a" 1}', "{1:2}",
  ' {"a":1}  }', '{"a":"x\ty"}', "[1,\n2,\nfoo]", "\ufeff{}", '{"a":tr}', "[truf]", '{"a":1', '{"a":1,', '{"a":1]',
  "[1}", '"\\u12', '"\\', '{"a":-}', '{"a":1.}', "[1.x]", "[1ex]", "--1", "+1", '[1,"b" "c"]', '[1 "c"]', "[1 true]",
  "[tru", '{"a":1,"b"', '{"a":1,"b" 2}', '{"a":1,"b" "c"}', '{"a":1 ,2}', '{"a":1 ,', "1a", "1.5.5", "00", "-01", "[00]", '"é', "xé",
  "]", "}", ":", ",", '{"a":}', '{"a":,}', '{:1}', '{,}', "[1,,2]", "\u00a0 1", "/* c */ 1", "// c\n1", "0x10", "'a'", "`a`",
  "[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,x,21,22,23,24,25,26,27,28,29]",
  "[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,x]",
  "x123456789012345678901234567890123456789012345678901234567890", "0123456789x123456789", "[0,0,0,0,0,x,0,0,0,0]",
  "[0,0,0,0,0,x,0,0,0,0,0]", '["é","é","é",é,"é","é","é","é","é"]',
  "<!DOCTYPE html>\n<html><head><title>Error</title></head><body></body></html>",
  "Internal server error: the upstream did not answer", '{"ok":true}\n{"ok":false}\n', "data: {}",
];

const expressions = [
  "undefined", "() => 1", "Symbol()", "null", "NaN", "-Infinity", "-0", "1e21", "1e-7", "0.1 + 0.2", "2 ** 53", "'\\ud83d'",
  "'\\u2028\\u2029\\u007f\\u0080'", "'\\0\\b\\t\\n\\v\\f\\r\\x1f\"\\\\/'", "'\\ude00\\ud83d'", "'😀é'",
  "[undefined, () => 1, Symbol(), NaN, -0]", "({ a: undefined, b() {}, c: Symbol(), d: 1 })", "[, 1, , 2]",
  "new Array(3)", "Object.assign([1], { x: 2 })", "new Date(0)", "[new Date(NaN)]", "new Map([[1, 2]])", "new Set([1])",
  "new Error('x')", "/x/g", "new Uint8Array(3)", "new Float64Array([0.5, NaN])", "new ArrayBuffer(2)", "new String('a')",
  "[new Number(1), new Boolean(false), Object('é')]", "Object.assign(new Number(3), { toString: () => 4, valueOf: () => 5 })",
  "({ toJSON() { return { a: 1 }; } })", "({ toJSON: 1, a: 2 })", "({ x: { toJSON(key) { return key + typeof this; } } })",
  "[{ toJSON(key) { return [key, typeof key]; } }]", "({ toJSON() { return undefined; } })", "({ get a() { return 1; } })",
  "Object.create({ a: 1 }, { b: { value: 2, enumerable: true }, c: { value: 3 } })", "Object.create(null)",
  "new (class A { x = 1; #y = 2; get z() { return 3; } static s = 4; })()", "new (class B { toJSON() { return 'B'; } })()",
  "new (class C extends Array {})(1, 2, 3)", "new (class D extends Map { x = 1; })()",
  "new Proxy({ a: 1 }, {})", "new Proxy([1, 2], {})", "new Proxy({}, { ownKeys: () => ['x', 'y'], getOwnPropertyDescriptor: () => ({ value: 1, enumerable: true, configurable: true }), get: (_, key) => key === 'toJSON' ? undefined : key })",
  "new Proxy(() => 1, {})", "({ b: 1, a: 2, 1: 3, 0: 4, '-1': 5, [Symbol()]: 6 })", "(function () { return arguments; })(1, 'a')",
  "Object.freeze({ a: [1] })", "globalThis.JSON", "Math", "1n", "({ a: [1n] })", "Object(1n)", "(() => { const a = []; a.push(a); return a; })()",
  "(() => { const a = {}; a.b = { c: [a] }; return a; })()", "(() => { const s = {}; return [s, s, { s }]; })()",
  "({ get a() { throw new RangeError('no'); } })", "({ toJSON() { throw new TypeError('no'); } })", "({ __proto__: { toJSON: () => 'inherited' } })",
  "({ ['__proto__']: 1 })", "[[[[[]]]], {}, [{}]]", "'x'.repeat(100)", "Array.from({ length: 300 }, (_, i) => i / 4)",
  // Indentation and replacers, as the arguments of a second call.
  "JSON.stringify({ a: [1, { b: 2 }], c: {}, d: [] }, null, 2)", "JSON.stringify([1, [2]], null, '\\t')",
  "JSON.stringify([1, [2]], null, 'abcdefghijklmnop')", "JSON.stringify({ a: 1 }, null, 99)",
  "JSON.stringify({ a: 1 }, null, -1)", "JSON.stringify({ a: 1 }, null, new Number(3))", "JSON.stringify({ a: 1 }, null, new String('--'))",
  "JSON.stringify({ a: 1 }, null, true)", "JSON.stringify({ a: undefined, b: () => 1 }, null, 2)", "JSON.stringify([undefined], null, 1)",
  "JSON.stringify('x', null, 2)", "JSON.stringify({ a: 1, b: { a: 2, c: 3 }, c: 4 }, ['a', 'b'])", "JSON.stringify({ 1: 1, 2: 2, x: 3 }, [2, '1', 2, new String('x')])",
  "JSON.stringify({ a: 1, b: [2] }, (key, value) => typeof value === 'number' ? value + 1 : value)",
  "JSON.stringify({ a: 1, b: 2 }, (key, value) => key === 'a' ? undefined : value)", "JSON.stringify([1, 2], (key, value) => key === '0' ? undefined : value)",
  "JSON.stringify({ a: 1 }, function (key, value) { return key === '' ? { k: typeof this[''] } : value; })",
  "JSON.stringify({ a: new Date(0) }, (key, value) => typeof value)", "JSON.stringify({ a: 1 }, null, '\\ud800')", "JSON.stringify([1, 2], [0])",
  "JSON.stringify({ a: 1 }, new Proxy(['a'], {}))", "JSON.stringify()", "JSON.stringify(new Map([['a', 1]]), (k, v) => v instanceof Map ? [...v] : v)",
];

const lines = [];
for (const text of texts) {
  try {
    lines.push({ text, json: JSON.stringify(JSON.parse(text)) });
  } catch (thrown) {
    lines.push({ text, error: `${thrown.name}: ${thrown.message}` });
  }
}
for (const expression of expressions) {
  try {
    lines.push({ expression, json: String(JSON.stringify((0, eval)(`(${expression})`))) });
  } catch (thrown) {
    lines.push({ expression, error: `${thrown.name}: ${thrown.message}` });
  }
}
for (const line of lines) {
  if (line.expression) line.expression = `(${line.expression})`;
}
writeFileSync(new URL("json_v8.jsonl", import.meta.url), lines.map((line) => JSON.stringify(line) + "\n").join(""));
