// A proxy with endless keys while the value is taken.
// @limits {"cpuMs":2000}
// @fails
// @within 5
return new Proxy([], { get: (_, key) => (key === "length" ? 2 ** 32 : "x") });
