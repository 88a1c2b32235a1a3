// A chain of 50,000 `new`.
// @fails
// @within 5
return @@repeat(50000,"new ")Object;
