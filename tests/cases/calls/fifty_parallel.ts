// Fifty at once are fifty in flight.
// @expect 50
// @within 1
await fake.peak({});
await Promise.all(Array.from({ length: 50 }, () => fake.sleep_ms({ ms: 300 })));
return Number(await fake.peak({}));
