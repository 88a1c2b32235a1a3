// The same for a function made from text.
// @fails
// @within 5
// @expect stack limit reached: 16 MiB allowed, all used
return new Function("return " + "[".repeat(100000) + "]".repeat(100000))();
