// Code made from text sees the same sandbox and no more.
// @expect ["undefined","undefined",true]
const globals = new Function("return this")();
const fromPrototype = [].constructor.constructor("return typeof process")();
return [typeof globals.process, fromPrototype, globals === globalThis];
