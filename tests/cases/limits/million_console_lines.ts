// A million console lines are cut, and how many were dropped is said.
// @within 5
// @expect done
// @expect more lines were dropped, the console was full
// @expect line 300
for (let i = 0; i < 1_000_000; i++) console.log("line", i);
return "done";
