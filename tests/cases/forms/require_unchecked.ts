// `require` is an error that says so. This is while it runs.
// @fails
// @unchecked
// @expect ReferenceError: require is not defined
// @expect at 7:12
// @expect a script loads no modules
const fs = require("fs");
return fs.readFileSync("/etc/passwd", "utf8");
