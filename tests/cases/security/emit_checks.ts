// Only content blocks that a client understands can be emitted.
// @expect rejected
let rejected = 0;
for (const block of [null, 1, "text", {}, { type: "image" }, { type: "image", data: 1, mimeType: "image/png" }, { type: "hologram" }]) {
  try {
    emit(block);
  } catch {
    rejected++;
  }
}
return `rejected ${rejected}`;
