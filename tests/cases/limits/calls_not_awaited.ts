// Calls never awaited are still made, and reported.
// @expect not waiting
// @expect 3 calls of `fake.echo` (line 4) were still under way when the script returned: the run waited for them
for (let i = 0; i < 3; i++) fake.echo({ value: i });
return "not waiting";
