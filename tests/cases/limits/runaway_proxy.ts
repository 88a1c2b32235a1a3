// A proxy whose prototype is itself.
// @fails
// @expect stack limit reached: 16 MiB allowed, all used
const proxy = new Proxy({}, {});
Object.setPrototypeOf(proxy, proxy);
return proxy.anything;
