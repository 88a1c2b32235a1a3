// `require` is an error that says so.
// @fails
// @expect `require` is not defined
// @expect at 6:12
// @expect a script loads no modules
const fs = require("fs");
return fs.readFileSync("/etc/passwd", "utf8");
