// On failure the ledger tells done, failed and in flight, and what was had stays retrievable.
// @fails
// @expect Error: gave up
// @expect calls: 2 done, 1 in flight (may have happened)
// @expect 1 fake.echo done
// @expect 2 fake.sleep_ms {"ms":2000} in flight
// @expect 3 fake.echo done
// @expect the results received are kept as r
await fake.echo({ value: "kept" });
fake.sleep_ms({ ms: 2000 });
await fake.echo({ value: "kept too" });
throw new Error("gave up");
