//// switched off
//~ returns 5
const FLAGS = { counts: false };
if (FLAGS.counts) return await (tracker as any).count_issues({});
return (await tracker.list_issues({})).total;

//// dry run
//~ returns {"would":"create"}
const DRY_RUN = true;
const plan = { would: "create" };
if (DRY_RUN) return plan;
return await crm.create_order({ customer_id: "c1", lines: [] });

//// unreachable after a try
//~ returns "a"
try { return "a"; } catch { return "b"; }
await (tracker as any).frob({});

//// while that is decided by an object
//~ returns 1
const config = { verbose: false };
while (config.verbose) { await (tracker as any).frob({}); }
return 1;

//// decided by a comparison of constants
//~ returns 1
const MODE: string = "read";
if (MODE === "write") { await (tracker as any).frob({}); }
return 1;

