// A misspelt tool is reported with the nearest names and its position, before
// anything is called.
// @fails
// @expect nothing was run
// @expect there is no tool `fake.create_ordr`
// @expect nearest: `fake.create_order`
// @absent calls:
await fake.echo({ value: "done before" });
await fake.create_ordr({ customer: "c", lines: [] });
