// Waiting takes no engine time.
// @limits {"cpuMs":1000}
// @within 5
// @expect slept
return await fake.sleep_ms({ ms: 2000 });
