// A rejected promise nobody handles is reported beside the value.
// @expect fine
// @expect nobody handled it: Error: forgotten (line 4)
Promise.reject(new Error("forgotten"));
await fake.echo({ value: 1 });
return "fine";
