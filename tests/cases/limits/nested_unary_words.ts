// A chain of 40,000 `void`.
// @fails
// @within 5
return @@repeat(40000,"void ")1;
