// The console is full at 64 KiB, and how many lines were dropped is said.
// @expect done
// @expect console (36 more lines were dropped, the console was full):
for (let i = 0; i < 100; i++) console.log("x".repeat(1023));
return "done";
