// `require` is an error that says so.
// @fails
// @expect require
const fs = require("fs");
return fs.readFileSync("/etc/passwd", "utf8");
