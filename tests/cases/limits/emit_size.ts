// More than may be emitted is an error, and what was left out is said.
// @fails
// @within 2
// @expect TypeError: `emit` was given more bytes than a run may emit
// @expect `emit`: a block of 976.6 KiB was dropped, 8 MiB are allowed for a run
for (let i = 0; i < 20; i++) emit({ type: "text", text: "x".repeat(1_000_000) });
return "done";
