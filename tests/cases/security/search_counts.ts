// Searching inside a script counts as a call.
// @limits {"calls":3}
// @fails
// @expect `searchTools` would be call 4 of this script; 3 are allowed
// @expect failed call: searchTools (too_many_calls)
// @expect calls: 3 done
for (let i = 0; i < 10; i++) await searchTools("echo");
