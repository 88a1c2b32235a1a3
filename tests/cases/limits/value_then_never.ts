// A thenable that never settles as the value.
// @fails
// @within 0.3
// @expect the script awaits a promise that nothing will ever settle
return { then() {} };
