// `Promise.race` gives the first; the loser is neither lost nor waited for in vain.
// @within 5
// @expect fast
return await Promise.race([fake.sleep_ms({ ms: 1500, value: "slow" }), fake.sleep_ms({ ms: 50, value: "fast" })]);
