// So is one inside an object.
// @fails
// @expect BigInt
return { total: 9007199254740993n };
