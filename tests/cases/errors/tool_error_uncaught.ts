// Uncaught, it ends the script, and the ledger says what was done before.
// @fails
// @expect out of stock
// @expect fake.echo
// @expect fake.fail
await fake.echo({ value: 1 });
await fake.fail({ message: "out of stock" });
await fake.echo({ value: 2 });
