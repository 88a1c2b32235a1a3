// A misspelt tool is reported with the nearest names and its position.
// @fails
// @expect TypeError: fake.create_ordr is not a function
// @expect at 7:7
// @expect the nearest tools are `fake.create_order`
await fake.echo({ value: "done before" });
await fake.create_ordr({ customer: "c", lines: [] });
