// Waiting for a turn does not count into the time of a call.
// @limits {"callMs":700}
// @within 2
// @expect 192
const answers = await Promise.all(Array.from({ length: 192 }, () => fake.sleep_ms({ ms: 300 })));
return answers.length;
