// What is thrown need not be an error.
// @fails
// @expect {"reason":"quota","left":0}
// @expect a value that is no error
// @expect at 6:1
throw { reason: "quota", left: 0 };
