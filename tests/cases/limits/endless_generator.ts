// An async generator that never ends.
// @limits {"cpuMs":1000}
// @fails
// @within 1.5
// @number 1 1.3 engine time limit reached: 1 s allowed, _ s used
async function* naturals() {
  for (let n = 0; ; n++) yield n;
}
for await (const n of naturals());
