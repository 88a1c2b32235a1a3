// An array of four thousand million elements does not fit.
// @fails
// @within 14
return new Array(2 ** 32 - 1).fill(0).length;
