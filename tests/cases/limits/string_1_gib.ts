// A string of 1 GiB does not fit.
// @fails
// @within 5
return "x".repeat(2 ** 30).length;
