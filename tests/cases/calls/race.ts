// `Promise.race` gives the first; the loser is neither lost nor waited for in vain.
// @expect fast
// @expect `fake.sleep_ms` (line 5) was still under way
// @within 2.5
return await Promise.race([fake.sleep_ms({ ms: 1500, value: "slow" }), fake.sleep_ms({ ms: 50, value: "fast" })]);
