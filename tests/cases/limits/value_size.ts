// A value that is larger than what may be kept is an error with size and limit.
// @fails
// @within 2
// @expect the value has 20971520 bytes; 16777216 are allowed
return "x".repeat(20 * 2 ** 20);
