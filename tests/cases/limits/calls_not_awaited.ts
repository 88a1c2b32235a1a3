// Calls never awaited are still made, and reported.
// @expect not waiting
// @expect `fake.echo` (line 4) was still under way when the script returned: the run waited for it
for (let i = 0; i < 3; i++) fake.echo({ value: i });
return "not waiting";
