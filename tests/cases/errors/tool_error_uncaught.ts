// Uncaught, it ends the script, and the ledger says what was done before.
// @fails
// @expect ToolError: out of stock
// @expect at 8:12
// @expect failed call: fake.fail (tool_error)
// @expect calls: 1 done, 1 failed
await fake.echo({ value: 1 });
await fake.fail({ message: "out of stock" });
await fake.echo({ value: 2 });
