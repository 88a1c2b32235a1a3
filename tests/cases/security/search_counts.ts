// Searching inside a script counts as a call.
// @limits {"calls":3}
// @fails
// @expect 3
for (let i = 0; i < 10; i++) await searchTools("echo");
