// A name that is known only when the script runs is reported then.
// @fails
// @expect is not a function
// @expect 1 done
await fake.echo({ value: "done before" });
const name = ["create", "ordr"].join("_");
await fake[name]({ customer: "c", lines: [] });
