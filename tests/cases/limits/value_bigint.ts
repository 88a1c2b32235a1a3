// A BigInt is an error or its digits, never a wrong number.
// @expect 9007199254740993
return 9007199254740993n;
