// Calls still queued when the time is over were not started.
// @limits {"wallMs":1500}
// @fails
// @within 2.5
// @expect calls: 64 in flight (may have happened), 36 not started
// @number 1.5 1.8 time limit reached: 1.5 s allowed for a run, _ s used
await Promise.all(Array.from({ length: 100 }, () => rude.silent({})));
