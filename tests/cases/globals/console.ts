// Console lines come beside the value, in order and with their level.
// @expect done
// @expect hello 1
console.log("hello", 1, { a: [1, 2] });
console.warn("careful");
console.error(new TypeError("bad").message);
console.table([{ a: 1 }]);
return "done";
