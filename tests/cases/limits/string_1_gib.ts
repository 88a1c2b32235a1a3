// A string of 1 GiB does not fit.
// @fails
// @within 1
// @expect RangeError: Invalid string length
// @expect at 6:12
return "x".repeat(2 ** 30).length;
