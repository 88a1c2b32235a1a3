// No module can be loaded at run time.
// @fails
// @expect TypeError: `node:fs` cannot be imported
const fs = await import("node:fs");
return fs.readFileSync("/etc/passwd", "utf8");
