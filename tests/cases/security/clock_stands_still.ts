// No clock tells a script how long its own work takes.
// @expect [0,0]
const [wall, fine] = [Date.now(), performance.now()];
let x = 0;
for (let i = 0; i < 200_000; i++) x += i;
return [Date.now() - wall, performance.now() - fine];
