// More timers than allowed is an error.
// @limits {"timers":100}
// @fails
// @expect RangeError: more than 100 timers are waiting
// @expect at 6:32
for (let i = 0; i < 1000; i++) setTimeout(() => {}, 60_000);
await null;
return "never";
