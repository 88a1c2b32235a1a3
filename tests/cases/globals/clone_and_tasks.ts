// `structuredClone` copies deeply; microtasks run before timers.
// @expect {"cloned":[true,true,"2026-01-02T00:00:00.000Z"],"order":["sync","micro","promise","timer"]}
const original = { map: new Map([[1, { deep: true }]]), date: new Date("2026-01-02") };
const copy = structuredClone(original);
const order: string[] = [];
setTimeout(() => order.push("timer"), 0);
queueMicrotask(() => order.push("micro"));
Promise.resolve().then(() => order.push("promise"));
order.push("sync");
await new Promise((resolve) => setTimeout(resolve, 5));
return {
  cloned: [copy.map.get(1).deep, copy.map.get(1) !== original.map.get(1), copy.date.toISOString()],
  order,
};
