// Console lines come beside the value, in order and with their level.
// @expect done
// @expect console:
// @expect hello 1 { a: [ 1, 2 ] }
// @expect warn: careful
// @expect error: bad
// @expect │ 0       │ 1 │
console.log("hello", 1, { a: [1, 2] });
console.warn("careful");
console.error(new TypeError("bad").message);
console.table([{ a: 1 }]);
return "done";
