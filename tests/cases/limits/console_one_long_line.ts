// So is one long line.
// @within 1
// @expect done
// @expect more of 
console.log("x".repeat(5_000_000));
return "done";
