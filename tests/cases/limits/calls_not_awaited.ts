// Calls never awaited are still made, and reported.
// @expect not waiting
// @expect fake.echo
for (let i = 0; i < 3; i++) fake.echo({ value: i });
return "not waiting";
