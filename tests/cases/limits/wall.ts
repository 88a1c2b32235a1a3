// A run that waits too long ends, and names the call that may have happened.
// @limits {"wallMs":1500}
// @fails
// @within 3
// @expect time limit reached: 1.5 s allowed for a run
// @expect fake.sleep_ms
await fake.echo({ value: 1 });
await fake.sleep_ms({ ms: 20000 });
