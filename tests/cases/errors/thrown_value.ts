// What is thrown need not be an error.
// @fails
// @expect quota
throw { reason: "quota", left: 0 };
