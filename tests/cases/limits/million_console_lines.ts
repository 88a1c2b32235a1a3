// A million console lines are cut, and how many were dropped is said.
// @within 10
// @expect done
for (let i = 0; i < 1_000_000; i++) console.log("line", i);
return "done";
