// Calls made together are in flight together.
// @expect {"together":true,"sum":45}
// @within 1
await fake.peak({});
const values = await Promise.all(Array.from({ length: 10 }, (_, n) => fake.sleep_ms({ ms: 200, value: { n } })));
return { together: Number(await fake.peak({})) > 5, sum: values.reduce((sum, { n }) => sum + n, 0) };
