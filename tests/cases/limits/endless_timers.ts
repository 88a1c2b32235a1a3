// Timers that start themselves again end with the time limit of the run.
// @limits {"wallMs":1500}
// @fails
// @within 3
// @expect time limit reached: 1.5 s allowed for a run
const again = () => setTimeout(again, 5);
again();
await new Promise(() => {});
