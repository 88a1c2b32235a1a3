// More than may be emitted is said and left out.
// @within 10
// @expect done
for (let i = 0; i < 20; i++) emit({ type: "text", text: "x".repeat(1_000_000) });
return "done";
