// What is thrown need not be an error.
// @fails
// @expect {"reason":"quota","left":0}
throw { reason: "quota", left: 0 };
