// So is one inside an object.
// @fails
// @expect `.total` in the value is a BigInt, which JSON cannot express
return { total: 9007199254740993n };
