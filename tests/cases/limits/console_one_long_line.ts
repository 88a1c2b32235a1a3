// So is one long line.
// @within 5
// @expect done
console.log("x".repeat(5_000_000));
return "done";
