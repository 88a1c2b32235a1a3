// A rejected promise nobody handles is reported beside the value.
// @expect fine
// @expect forgotten
Promise.reject(new Error("forgotten"));
await fake.echo({ value: 1 });
return "fine";
