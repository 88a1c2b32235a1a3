// On failure the ledger tells done, failed and in flight, and what was had stays retrievable.
// @fails
// @expect fake.echo
// @expect fake.sleep_ms
await fake.echo({ value: "kept" });
fake.sleep_ms({ ms: 2000 });
await fake.echo({ value: "kept too" });
throw new Error("gave up");
