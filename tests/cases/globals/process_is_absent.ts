// Nothing of Node is there; feature tests behave.
// @expect ["undefined","undefined","undefined","function"]
return [typeof process, typeof require, typeof Deno, typeof structuredClone];
