// Waiting takes no engine time.
// @limits {"cpuMs":1000}
// @expect slept
// @within 2.5
return await fake.sleep_ms({ ms: 2000 });
