// A thenable that never settles as the value.
// @fails
// @within 1
return { then() {} };
