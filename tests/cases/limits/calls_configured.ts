// The limit of calls can be configured and is named in the error.
// @limits {"calls":2}
// @fails
// @expect 2 are allowed
for (let i = 0; i < 3; i++) await fake.echo({ value: i });
