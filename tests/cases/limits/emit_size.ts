// More than may be emitted is an error, and what was left out is said.
// @fails
// @within 2
// @expect RangeError: `emit` was given 9000233 bytes in all; 8388608 are allowed for a run
// @absent was dropped
for (let i = 0; i < 20; i++) emit({ type: "text", text: "x".repeat(1_000_000) });
return "done";
