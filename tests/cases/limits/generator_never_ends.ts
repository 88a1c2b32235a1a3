// Spreading a generator without end runs out of memory or time.
// @fails
// @number 256.1 4096 memory limit reached: 256 MiB allowed, _ MiB needed
// @within 8
function* naturals() {
  for (let n = 0; ; n++) yield { n };
}
return [...naturals()].length;
