// A proxy whose prototype is itself.
// @fails
const proxy = new Proxy({}, {});
Object.setPrototypeOf(proxy, proxy);
return proxy.anything;
