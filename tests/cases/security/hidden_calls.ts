// A call made after the value was returned is not made in secret.
// @expect fake.echo
setTimeout(() => fake.echo({ value: "late" }), 1);
await fake.echo({ value: 1 });
return "returned";
