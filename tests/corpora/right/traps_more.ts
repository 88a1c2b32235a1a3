//// asserts before
//~ returns "limit must be positive"
function assertPositive(n: number) { if (n < 1) throw new Error("limit must be positive"); }
async function page(limit: number) {
  assertPositive(limit);
  return await tracker.list_issues({ limit });
}
try {
  return (await page(0)).total;
} catch (error) {
  return (error as Error).message;
}

//// arguments changed through a method
//~ returns 2
const query: any = {
  label: "bug",
  project: "mobile",
  in(project: string) { this.project = project; return this; },
};
return (await tracker.list_issues(query.in("web"))).total;

//// argument object reused and trimmed
//~ returns ["ratio","MiB"]
const query: any = { metric: "cpu", range: { from: "10:00" } };
const units = [(await metrics.query(query)).unit];
query.metric = "memory";
units.push((await metrics.query(query)).unit);
query.extra = "after all calls";
return units;

//// var set before its use in a loop
//~ returns ["Login fails on Safari","Dark mode"]
var out: string[] = [];
for (var number: any = "0"; out.length < 2;) {
  number = out.length + 1;
  out.push((await tracker.get_issue({ number })).title);
}
return out;

//// text made a number by minus
//~ returns "Dark mode"
let number: any = "4";
number -= 2;
return (await tracker.get_issue({ number })).title;

//// taken by the caller of the caller
//~ returns "caught"
async function inner() { return await tracker.get_issue({ number: "x" as any }); }
async function outer() { const { title } = await inner(); return title; }
const job = outer();
return await job.then((t) => t).catch(() => "caught");

//// reduced without a start into another shape
//~ returns ["Login fails on Safari, Typo on the home page"]
const { issues } = await tracker.list_issues({ project: "web", label: "bug" });
const all: any = (issues as any[]).reduce((a, b) => ({ joined: `${a.joined ?? a.title}, ${b.title}` }));
return [all.joined];

//// generic pager that knows several shapes
//~ returns 1
async function all(load: (page: number) => Promise<any>) {
  const out: any[] = [];
  for (let page = 0; page < 1; page++) {
    const got = await load(page);
    const rows = got.items ?? got.results ?? got.data ?? got.issues ?? [];
    out.push(...rows);
    if (!got.next_cursor && !got.has_more) break;
  }
  return out;
}
return (await all(() => tracker.list_issues({ label: "auth" }))).length;

//// generator with a value that comes back
//~ returns "Login fails on Safari"
function* flow(): any { const issue = yield tracker.get_issue({ number: 1 }); return issue.title; }
const it = flow();
let step = it.next();
while (!step.done) step = it.next(await step.value);
return step.value;

//// tools extended by a server of its own
//~ returns 1
const all: any = { ...tools, local: { one: async () => 1 } };
await metrics.ping({});
return await all.local.one();

//// try helper over a sync thunk
//~ returns "none"
function attempt(make: () => any) { try { return make(); } catch { return "none"; } }
return attempt(() => (tracker as any).frob({ a: 1 }));

//// state machine
//~ returns "Dark mode"
const state: any = { step: "load", data: null };
while (state.step !== "done") {
  switch (state.step) {
    case "load": state.job = tracker.get_issue({ number: 2 }); state.step = "wait"; break;
    case "wait": state.data = await state.job; state.step = "done"; break;
  }
}
return state.data.title;

//// object by all
//~ returns ["Dark mode","Acme"]
let o: any = { a: tracker.get_issue({ number: 2 }), b: crm.get_customer({ id: "c1" }) };
[o.a, o.b] = await Promise.all([o.a, o.b]);
return [o.a.title, o.b.name];

//// lines repaired in a loop
//~ returns [2]
const lines: any[] = [{ sku: "A-1", quantity: "2", price: 1 }];
for (const line of lines) line.quantity = Number(line.quantity);
const order = await crm.create_order({ customer_id: "c2", lines });
await crm.reset({});
return order.lines.map((l) => l.quantity);

//// emptied list filled through entries
//~ returns 2
const mail: any = { to: [], cc: [], subject: "s", body: "b" };
for (const [key, value] of Object.entries<any>(mail)) if (Array.isArray(value)) value.push(`${key}@example.com`);
await my_mail.send_message(mail);
return mail.to.length + mail.cc.length;

//// overridden by a spread
//~ returns 1
const fix = { label: "auth" };
return (await (tracker as any).list_issues({ label: 5, ...fix })).total;

//// helper that is curried
//~ returns 1
const list = (label: string) => (limit: number) => tracker.list_issues({ label, limit });
return (await list("auth")(10)).total;

//// called with call through an alias
//~ returns "Dark mode"
const get = tracker.get_issue;
return (await get.call(tracker, { number: 2 })).title;

//// snapshot given to a helper
//~ returns 1
const view: any = { label: "auth" };
const list = async (query: any) => (await tracker.list_issues(query)).total;
const first = list({ ...view });
view.color = "red";
return await first;

//// settle all by a method of an object
//~ returns "Dark mode"
const store: any = {
  jobs: {} as any,
  start(name: string, job: any) { this.jobs[name] = job; },
  async settle() { for (const name of Object.keys(this.jobs)) this.jobs[name] = await this.jobs[name]; },
};
store.start("a", tracker.get_issue({ number: 2 }));
await store.settle();
return store.jobs.a.title;

//// settle all into a map of its own
//~ returns "Dark mode"
class Registry extends Map<string, any> { async settle() { for (const [k, v] of this) this.set(k, await v); } }
const registry = new Registry();
registry.set("a", tracker.get_issue({ number: 2 }));
await registry.settle();
return registry.get("a").title;

//// settle in a list of a row
//~ returns "Dark mode"
const box: any = { jobs: [tracker.get_issue({ number: 2 })] };
const { jobs } = box;
for (let i = 0; i < jobs.length; i++) jobs[i] = await jobs[i];
return box.jobs[0].title;

//// asked for in a list of names
//~ returns 1
const wanted = ["count_issues", "list_issues"] as const;
const [name] = wanted.filter((one) => one in tracker);
if (name === "list_issues") return (await tracker.list_issues({ label: "auth" })).total;
return await (tracker as any).count_issues({});

//// nested lists of any depth by a function
//~ returns [1,2]
const flatten = (list: any[]): any[] => list.flatMap((x) => (Array.isArray(x) ? flatten(x) : x));
const tree: any[] = [tracker.get_issue({ number: 1 }), [tracker.get_issue({ number: 2 })]];
return (await Promise.all(flatten(tree))).map((i: any) => i.number);
