// A promise nothing will ever settle is said at once.
// @fails
// @within 0.3
// @expect the script awaits a promise that nothing will ever settle
// @expect no call and no timer is left
await new Promise(() => {});
