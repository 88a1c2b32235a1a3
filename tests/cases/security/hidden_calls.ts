// A call that is not waited for is not made in secret.
// @expect returned
// @expect `fake.echo` (line 4) was still under way
Promise.resolve().then(() => fake.echo({ value: "late" }));
return "returned";
