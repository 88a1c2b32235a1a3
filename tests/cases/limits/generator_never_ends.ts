// Spreading a generator without end runs out of memory or time.
// @limits {"cpuMs":3000}
// @fails
// @within 6
// @expect limit reached
function* naturals() {
  for (let n = 0; ; n++) yield { n };
}
return [...naturals()].length;
