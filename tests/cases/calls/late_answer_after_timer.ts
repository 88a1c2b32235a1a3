// Timers and calls go on together.
// @expect ["tick","slow"]
const order: string[] = [];
const slow = fake.sleep_ms({ ms: 120, value: "slow" }).then((value) => order.push(value));
setTimeout(() => order.push("tick"), 10);
await slow;
return order;
