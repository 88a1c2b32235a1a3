// A `toJSON` that gives a new object with a `toJSON` each time.
// @limits {"cpuMs":2000}
// @fails
// @within 5
const nest = () => ({ get next() { return nest(); } });
return nest();
