// An import of values is an error that names what there is instead.
// @fails
// @expect import
import fs from "node:fs";
return fs.readFileSync("/etc/passwd", "utf8");
