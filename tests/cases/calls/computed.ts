// A server and a tool may be named at run time.
// @expect ["x","x"]
const server = ["fa", "ke"].join("");
return [await tools[server]["echo"]({ value: "x" }), await globalThis[server].echo({ value: "x" })];
