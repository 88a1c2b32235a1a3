// A misspelt tool is reported with the nearest names and its position.
// @fails
// @expect create_order
await fake.echo({ value: "done before" });
await fake.create_ordr({ customer: "c", lines: [] });
