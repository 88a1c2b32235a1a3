// Timers that start themselves again end with the time limit of the run.
// @limits {"wallMs":1500}
// @fails
// @within 2
// @number 1.5 1.8 time limit reached: 1.5 s allowed for a run, _ s used
const again = () => setTimeout(again, 5);
again();
await new Promise(() => {});
