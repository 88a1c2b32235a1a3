// An import of values is an error that names what there is instead.
// @fails
// @expect SyntaxError: `node:fs` cannot be imported
// @expect at 6:1
// @expect a script loads no modules
import fs from "node:fs";
return fs.readFileSync("/etc/passwd", "utf8");
