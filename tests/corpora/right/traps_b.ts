//// fallback of a setting that is there
//~ returns 3
const settings: any = JSON.parse('{"state":"open"}');
const args: any = { ...settings };
args.state ??= "all";
return (await tracker.list_issues(args)).total;

//// inherits
//~ returns "Base"
const base = { title: "Base", project: "web" };
const draft: any = { __proto__: base, body: "b" };
const made = await tracker.create_issue({ project: draft.project, title: draft.title, body: draft.body });
await tracker.reset({});
return made.title;

//// promise or not, told by instanceof
//~ returns ["Login fails on Safari","x"]
const title = (v: any) => (v instanceof Promise ? v.then((i: any) => i.title) : v.title);
return [await title(tracker.get_issue({ number: 1 })), "x"];

//// promise or not, told by then
//~ returns "Login fails on Safari"
async function title(v: any) {
  if (typeof v.then === "function") return (await v).title;
  return v.title;
}
return await title(tracker.get_issue({ number: 1 }));

//// data or itself
//~ returns "Login fails on Safari"
const unwrap = (v: any) => v.data ?? v;
return (await unwrap(tracker.get_issue({ number: 1 }))).title;

//// label assigned to a promise
//~ returns ["first: Login fails on Safari"]
const jobs = [1].map((number) => {
  const job: any = tracker.get_issue({ number });
  Object.assign(job, { label: "first" });
  return job;
});
const out: string[] = [];
for (const job of jobs) out.push(`${job.label}: ${(await job).title}`);
return out;

//// method of a promise asked for
//~ returns 1
const job: any = tracker.get_issue({ number: 1 });
job.cancel?.();
return (await job).number;

//// filled by Object.assign
//~ returns "Login fails on Safari"
const pending: any = {};
const done: any = {};
pending.issue = tracker.get_issue({ number: 1 });
Object.assign(done, { issue: await pending.issue });
return done.issue.title;

//// replaced by Object.assign
//~ returns ["Login fails on Safari","Dark mode"]
const box: any = { a: tracker.get_issue({ number: 1 }), b: tracker.get_issue({ number: 2 }) };
Object.assign(box, { a: await box.a, b: await box.b });
return [box.a.title, box.b.title];

//// class filled by Object.assign
//~ returns "Login fails on Safari"
class Lazy { issue: any; constructor() { this.issue = tracker.get_issue({ number: 1 }); } }
class Report {
  [key: string]: any;
  constructor(fields: any) { Object.assign(this, fields); }
  title() { return this.issue.title; }
}
return new Report({ issue: await new Lazy().issue }).title();

//// class filled by names
//~ returns "Login fails on Safari"
class Lazy { issue: any; constructor() { this.issue = tracker.get_issue({ number: 1 }); } }
class Report {
  [key: string]: any;
  constructor(fields: any) { for (const key in fields) this[key] = fields[key]; }
  get title() { return this.issue.title; }
}
return new Report({ issue: await new Lazy().issue }).title;

//// list in a property settled in place
//~ returns ["Login fails on Safari","Dark mode"]
const state: any = { items: [1, 2].map((number) => tracker.get_issue({ number })) };
for (let i = 0; i < state.items.length; i++) state.items[i] = await state.items[i];
return state.items.map((item: any) => item.title);

//// list of a class settled in place
//~ returns ["Login fails on Safari","Dark mode"]
class Batch {
  items: any[] = [];
  start(number: number) { this.items.push(tracker.get_issue({ number })); }
  async settle() { for (let i = 0; i < this.items.length; i++) this.items[i] = await this.items[i]; }
  titles() { return this.items.map((item) => item.title); }
}
const batch = new Batch();
batch.start(1);
batch.start(2);
await batch.settle();
return batch.titles();

//// list settled by Object.assign
//~ returns ["Login fails on Safari","Dark mode"]
const items: any[] = [1, 2].map((number) => tracker.get_issue({ number }));
Object.assign(items, await Promise.all(items));
return items.map((item) => item.title);

//// list settled through an alias
//~ returns "Dark mode"
const items: any[] = [1, 2].map((number) => tracker.get_issue({ number }));
const settled = items;
for (let i = 0; i < items.length; i++) settled[i] = await items[i];
return items[1].title;

//// invalid call awaited in a try
//~ returns "refused"
const probe = tracker.get_issue({} as any);
try {
  return (await probe).title;
} catch {
  return "refused";
}

//// jobs awaited in a try
//~ returns ["Login fails on Safari","failed"]
const jobs = [tracker.get_issue({ number: 1 }), tracker.get_issue({} as any)];
const out: string[] = [];
for (const job of jobs) {
  try {
    out.push((await job).title);
  } catch {
    out.push("failed");
  }
}
return out;

//// helper that takes a promise
//~ returns [null,true]
async function safe(promise: Promise<any>) {
  try {
    return [await promise, false];
  } catch (error) {
    return [null, true];
  }
}
return await safe(tracker.get_issue({} as any));

//// thrown in a then
//~ returns "fallback"
return await tracker
  .get_issue({ number: 1 })
  .then((issue) => (tracker as any).star_issue({ number: issue.number }))
  .catch(() => "fallback");

//// thrown in an executor
//~ returns "fallback"
const starred = new Promise((resolve) => resolve((tracker as any).star_issue({ number: 1 })));
return await starred.catch(() => "fallback");

//// asked with a helper before
//~ returns 5
const has = (server: any, name: string) => typeof server[name] === "function";
const canCount = has(tracker, "count_issues");
if (canCount) return await (tracker as any).count_issues({});
return (await tracker.list_issues({})).total;

//// method added to a namespace
//~ returns 3
(tracker as any).count_open = async () => (await tracker.list_issues({ state: "open" })).total;
return await (tracker as any).count_open();

//// plain this
//~ returns 5
function setup() { (this as any).limit = 5; }
setup();
return limit;

//// number tested with isNaN
//~ returns "none"
async function find(ref: any) {
  if (isNaN(ref)) return "none";
  return (await tracker.get_issue({ number: ref })).title;
}
return await find("latest");

//// text tested with startsWith
//~ returns "Dark mode"
async function find(ref: any) {
  if (`${ref}`.startsWith("#")) return (await tracker.get_issue({ number: Number(ref.slice(1)) })).title;
  return (await tracker.get_issue({ number: ref })).title;
}
return await find("#2");

//// text tested with a pattern
//~ returns "Dark mode"
const ref: any = "issue-2";
const match = /^issue-(\d+)$/.exec(ref);
const issue = match ? await tracker.get_issue({ number: +match[1] }) : await tracker.get_issue({ number: ref });
return issue.title;

//// guard of its own
//~ returns "no such metric"
const isMetric = (name: string): name is "cpu" | "memory" | "requests" => ["cpu", "memory", "requests"].includes(name);
async function latest(name: string) {
  if (!isMetric(name)) return "no such metric";
  return (await metrics.latest({ metric: name })).value;
}
return await latest("disk");

//// cached by its key
//~ returns "known"
const cache: any = { first: "known" };
async function load(id: any) {
  return cache[id] ?? (await tracker.get_issue({ number: id })).title;
}
return await load("first");

//// object with a method that completes it
//~ returns "ratio"
const query: any = { metric: "cpu", since(from: string) { this.range = { from }; return this; } };
query.since("10:00");
return (await metrics.query(query)).unit;

//// promise with a defined property
//~ returns ["x","Dark mode"]
const job: any = tracker.get_issue({ number: 2 });
Object.defineProperty(job, "id", { value: "x" });
return [job.id, (await job).title];

//// promise with a property by name
//~ returns ["x","Dark mode"]
const job: any = tracker.get_issue({ number: 2 });
for (const key of ["id"]) job[key] = "x";
return [job.id, (await job).title];

//// object assign onto itself
//~ returns "Dark mode"
async function props(o: any) { return Object.fromEntries(await Promise.all(Object.entries(o).map(async ([k, v]) => [k, await v]))); }
const state: any = { issue: tracker.get_issue({ number: 2 }) };
Object.assign(state, await props(state));
return state.issue.title;

//// loaded in a method
//~ returns "Dark mode"
class Page {
  issue: any = tracker.get_issue({ number: 2 });
  async load() { Object.assign(this, { issue: await this.issue }); return this; }
}
return (await new Page().load()).issue.title;

//// promise in a list awaited in a helper with try
//~ returns ["Dark mode","?"]
async function each(jobs: Promise<any>[]) {
  const out = [];
  for (const job of jobs) {
    try { out.push((await job).title); } catch { out.push("?"); }
  }
  return out;
}
return await each([tracker.get_issue({ number: 2 }), tracker.get_issue({ number: "x" as any })]);

//// unknown tool in a finally that continues
//~ returns "done"
for (let i = 0; i < 1; i++) {
  try {
    await (tracker as any).frob({});
  } finally {
    continue;
  }
}
return "done";

//// name defined by a key
//~ returns 5
for (const [k, v] of Object.entries({ five7: 5 })) (globalThis as any)[k] = v;
await metrics.ping({});
return five7;

//// name defined in a helper
//~ returns 5
const define = (where: any, name: string, value: any) => { where[name] = value; };
define(globalThis, "five9", 5);
await metrics.ping({});
return five9;

//// try helper in the style of Go
//~ returns ["none",1]
async function attempt<T>(job: Promise<T>): Promise<[Error | null, T | null]> {
  try { return [null, await job]; } catch (error) { return [error as Error, null]; }
}
const [failed] = await attempt(tracker.get_issue({ number: "one" } as any));
const [, issue] = await attempt(tracker.get_issue({ number: 1 }));
return [failed ? "none" : "some", issue!.number];

//// rows with a promise replaced by Object.assign
//~ returns ["Dark mode"]
const rows: any[] = [2].map((number) => ({ number, issue: tracker.get_issue({ number }) }));
await Promise.all(rows.map(async (row) => Object.assign(row, { issue: await row.issue })));
return rows.map((row) => row.issue.title);

//// rows by defineProperty
//~ returns "Dark mode"
const row: any = { issue: tracker.get_issue({ number: 2 }) };
Object.defineProperty(row, "issue", { value: await row.issue });
return row.issue.title;
