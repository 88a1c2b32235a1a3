// More than 64 wait for their turn.
// @expect {"answers":100,"peak":64}
// @within 1.5
await fake.peak({});
const answers = await Promise.all(Array.from({ length: 100 }, () => fake.sleep_ms({ ms: 200 })));
return { answers: answers.length, peak: Number(await fake.peak({})) };
