// The same for a function made from text.
// @fails
// @within 5
return new Function("return " + "[".repeat(100000) + "]".repeat(100000))();
