// More than may be emitted is an error, and what was left out is said.
// @within 10
// @fails
// @expect 8 MiB are allowed
for (let i = 0; i < 20; i++) emit({ type: "text", text: "x".repeat(1_000_000) });
return "done";
