// No module can be loaded at run time.
// @fails
// @expect import
const fs = await import("node:fs");
return fs.readFileSync("/etc/passwd", "utf8");
