// A getter that gives a new object with such a getter each time.
// @fails
// @within 2
// @expect nested more than 10000 levels deep
const nest = () => ({ get next() { return nest(); } });
return nest();
