// A getter that gives a new object with such a getter each time.
// @fails
// @within 2
// @expect the value is nested deeper than 500
const nest = () => ({ get next() { return nest(); } });
return nest();
