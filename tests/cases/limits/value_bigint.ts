// A BigInt is no value for a result: never a wrong number.
// @fails
// @expect BigInt
return 9007199254740993n;
