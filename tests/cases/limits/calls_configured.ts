// The limit of calls can be configured and is named in the error.
// @limits {"calls":2}
// @fails
// @expect `fake.echo` would be call 3 of this script; 2 are allowed
// @expect failed call: fake.echo (too_many_calls)
// @expect calls: 2 done
for (let i = 0; i < 3; i++) await fake.echo({ value: i });
