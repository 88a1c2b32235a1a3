// A promise nothing will ever settle is said at once.
// @fails
// @within 1
// @expect never
await new Promise(() => {});
