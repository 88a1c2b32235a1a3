// A server that exited is started again by the next call; calls in flight fail by name.
// @expect ["server_exited","server_exited","back"]
// @within 5
const inFlight = rude.sleep_ms({ ms: 5000 }).catch((error) => error.code);
await rude.echo({ value: "warm" });
const exited = await rude.exit({}).catch((error) => error.code);
return [exited, await inFlight, await rude.echo({ value: "back" })];
