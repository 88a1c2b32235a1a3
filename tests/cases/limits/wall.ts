// A run that waits too long ends, and names the call that may have happened.
// @limits {"wallMs":1500}
// @fails
// @within 2.5
// @expect time limit reached: 1.5 s allowed for a run
// @expect calls: 1 done, 1 in flight (may have happened)
// @expect 2 fake.sleep_ms {"ms":20000} in flight for
// @number 1.5 1.8 allowed for a run, _ s used
await fake.echo({ value: 1 });
await fake.sleep_ms({ ms: 20000 });
