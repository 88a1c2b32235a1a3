// A misspelt tool is reported before anything runs, with the nearest names.
// @fails
// @expect create_order
// @absent done
await fake.echo({ value: "must not happen" });
await fake.create_ordr({ customer: "c", lines: [] });
