// Only content blocks that a client understands can be emitted.
// @expect rejected 4
// @expect block 1 is no MCP content block
// @expect block 2 is no MCP content block
// @expect block 3 is no MCP content block
let rejected = 0;
for (const block of [null, 1, "text", {}, { type: "image" }, { type: "image", data: 1, mimeType: "image/png" }, { type: "hologram" }]) {
  try {
    emit(block);
  } catch {
    rejected++;
  }
}
return `rejected ${rejected}`;
