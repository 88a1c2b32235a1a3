// A chain of 100,000 binary operators either works or is an error.
// @within 5
// @fails
return @@repeat(100000,"1+")1;
