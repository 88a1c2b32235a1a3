// A call that is not waited for is not made in secret.
// @expect fake.echo
Promise.resolve().then(() => fake.echo({ value: "late" }));
return "returned";
