// A BigInt is no value for a result: never a wrong number.
// @fails
// @expect the value is a BigInt, which JSON cannot express
return 9007199254740993n;
