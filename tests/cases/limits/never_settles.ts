// A promise nothing will ever settle is said at once.
// @fails
// @within 1
// @expect nothing will ever settle
await new Promise(() => {});
