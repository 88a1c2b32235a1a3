// A proxy with endless keys while the value is taken.
// @limits {"cpuMs":2000}
// @fails
// @within 2.5
// @number 2 2.4 engine time limit reached: 2 s allowed, _ s used
return new Proxy([], { get: (_, key) => (key === "length" ? 2 ** 32 : "x") });
