//// completed through a box taken apart
//~ returns "ratio"
const query: any = { metric: "cpu" };
const box = { query };
const { query: inner } = box;
inner.range = { from: "10:00" };
return (await metrics.query(query)).unit;

//// completed through a copy of a box
//~ returns "ratio"
const query: any = { metric: "cpu" };
const box = { query };
const copy = { ...box };
copy.query.range = { from: "10:00" };
return (await metrics.query(query)).unit;

//// completed through the values of a box
//~ returns ["ratio","MiB"]
const cpu: any = { metric: "cpu" }, memory: any = { metric: "memory" };
for (const query of Object.values({ cpu, memory })) query.range = { from: "10:00" };
return [(await metrics.query(cpu)).unit, (await metrics.query(memory)).unit];

//// asked for with hasOwnProperty before
//~ returns 1
const counts = Object.prototype.hasOwnProperty.call(tracker, "count_issues");
if (counts) return await (tracker as any).count_issues({});
return (await tracker.list_issues({ label: "auth" })).total;

//// asked for in the text of a search
//~ returns 1
const text = JSON.stringify(await searchTools("count issues"));
if (/tracker\.count_issues/.test(text)) return await (tracker as any).count_issues({});
return (await tracker.list_issues({ label: "auth" })).total;

//// version of a server decides
//~ returns 1
const { parts } = await metrics.health({});
const isNew = "billing" in parts;
if (isNew) return await (metrics as any).billing({});
return Object.keys(parts).length - 1;

//// comments of issues by flatMap of one
//~ returns [11]
const lists = await Promise.all([1].flatMap((issue) => tracker.list_comments({ issue })));
return lists.flatMap((list) => list.comments[0].id);

//// one or many promises
//~ returns 1
const many = (x: any) => [].concat(x);
return (await Promise.all(many(tracker.get_issue({ number: 1 })))).length;

//// one or many promises spread
//~ returns 1
const many = (x: any) => (Array.isArray(x) ? [...x] : [x]);
return (await Promise.all(many(tracker.get_issue({ number: 1 })))).length;

//// one or many promises gone through
//~ returns ["Login fails on Safari"]
async function titles(x: any) {
  const out: string[] = [];
  if (Array.isArray(x)) { for (const job of x) out.push((await job).title); }
  else out.push((await x).title);
  return out;
}
return await titles(tracker.get_issue({ number: 1 }));

//// jobs added with concat
//~ returns ["Login fails on Safari","Dark mode"]
let jobs: any[] = [];
for (const number of [1, 2]) jobs = jobs.concat(tracker.get_issue({ number }));
return (await Promise.all(jobs)).map((issue) => issue.title);

//// jobs of flatMap
//~ returns ["Login fails on Safari","Dark mode"]
const jobs = [1, 2].flatMap((number) => tracker.get_issue({ number }));
return (await Promise.all(jobs)).map((issue) => issue.title);

//// jobs of flatMap with a condition
//~ returns ["Dark mode"]
const jobs = [1, 2].flatMap((number) => (number > 1 ? tracker.get_issue({ number }) : []));
const out: string[] = [];
for (const job of jobs) out.push((await job).title);
return out;

//// what becomes of it is said later
//~ returns "Dark mode"
const args: any = { number: "x" };
args.toJSON = () => ({ number: 2 });
return (await tracker.get_issue(args)).title;

//// read before it is set
//~ returns "T"
const state: any = {};
const { title = "T" } = state;
state.title = 5;
const made = await tracker.create_issue({ project: "web", title });
await tracker.reset({});
return made.title;

//// read and put back
//~ returns 1
const view: any = { label: "auth" };
const saved = view.state;
view.state = "merged";
const total = (await tracker.list_issues({ label: view.label, state: saved })).total;
return total;

//// snapshot by a rest
//~ returns 1
const view: any = { label: "auth", color: "red" };
const { color, ...sent } = view;
view.size = 5;
return color === "red" ? (await tracker.list_issues(sent)).total : 0;

//// order of a literal
//~ returns 1
const base: any = {};
const query = { label: "auth", ...base };
base.label = 5;
return (await tracker.list_issues(query)).total;

//// same name for a promise and its result in two objects by Reflect
//~ returns "Dark mode"
const jobs: any = {};
jobs.issue = tracker.get_issue({ number: 2 });
const rows: any = {};
for (const name of Object.keys(jobs)) Reflect.set(rows, name, await jobs[name]);
return rows.issue.title;

//// same name for a promise and its result by a method
//~ returns "Dark mode"
class Rows { [key: string]: any; put(key: string, value: any) { this[key] = value; } }
const jobs: any = {};
jobs.issue = tracker.get_issue({ number: 2 });
const rows = new Rows();
rows.put("issue", await jobs.issue);
return rows.issue.title;

//// same name for a promise and its result in a class with fields
//~ returns "Dark mode"
class Card { issue: any; static from(o: any) { return Object.assign(new Card(), o); } get title() { return this.issue.title; } }
const job: any = {};
job.issue = tracker.get_issue({ number: 2 });
return Card.from({ issue: await job.issue }).title;

//// same name for a promise and its result in a row read back
//~ returns "Dark mode"
const job: any = {};
job.issue = tracker.get_issue({ number: 2 });
const text = JSON.stringify({ issue: await job.issue });
const row: any = {};
Object.assign(row, JSON.parse(text));
return row.issue.title;

//// settle in a list kept in a map in place
//~ returns "Dark mode"
const groups = new Map<string, any[]>();
groups.set("a", [tracker.get_issue({ number: 2 })]);
for (const jobs of groups.values()) for (let i = 0; i < jobs.length; i++) jobs[i] = await jobs[i];
return groups.get("a")![0].title;

//// settle in a list by a class
//~ returns "Dark mode"
class Jobs { list: any[]; constructor(list: any[]) { this.list = list; } async settle() { for (const i of this.list.keys()) this.list[i] = await this.list[i]; } }
const list: any[] = [tracker.get_issue({ number: 2 })];
await new Jobs(list).settle();
return list[0].title;

//// race of two where the unknown one only rejects
//~ returns "Login fails on Safari"
async function viaOld() { return await (tracker as any).fetch_issue({ number: 1 }); }
async function viaNew() { return await tracker.get_issue({ number: 1 }); }
const attempts = [viaOld(), viaNew()];
return (await Promise.any(attempts)).title;

//// finally overrides
//~ returns "nothing"
async function probe() {
  try {
    await tracker.get_issue({});
  } finally {
    return "nothing";
  }
}
return await probe();

//// generator advanced in a try
//~ returns "fallback"
function* steps() {
  yield tracker.get_issue({ number: "x" });
}
const all = steps();
try {
  for (const step of all) await step;
} catch {
  return "fallback";
}

//// lines completed in a loop
//~ returns 9
const lines: any[] = [{ sku: "A-1", price: 2 }, { sku: "B-7", price: 2.5 }];
for (const line of lines) line.quantity = 2;
const order = await crm.create_order({ customer_id: "c2", lines });
await crm.reset({});
return order.lines.reduce((n, l) => n + l.quantity * l.price, 0);

//// lines completed with forEach
//~ returns 3
const lines: any[] = [{ sku: "A-1" }, { sku: "B-7" }];
lines.forEach((line, i) => { line.quantity = i + 1; line.price = 1; });
const order = await crm.create_order({ customer_id: "c2", lines });
await crm.reset({});
return order.lines.map((l) => l.quantity).reduce((a, b) => a + b);

//// range completed through an alias
//~ returns "ratio"
const args: any = { metric: "cpu", range: {} };
const range = args.range;
range.from = "10:00";
return (await metrics.query(args)).unit;

//// range completed through a pattern
//~ returns "ratio"
const args: any = { metric: "cpu", range: {} };
const { range } = args;
range.from = "10:00";
return (await metrics.query(args)).unit;

//// range completed by a function
//~ returns "ratio"
const args: any = { metric: "cpu", range: {} };
const since = (range: any, from: string) => { range.from = from; };
since(args.range, "10:00");
return (await metrics.query(args)).unit;

//// range completed by Object.assign
//~ returns "ratio"
const args: any = { metric: "cpu", range: {} };
Object.assign(args.range, { from: "10:00" });
return (await metrics.query(args)).unit;

//// recipients pushed through a pattern
//~ returns true
const mail = { to: [] as string[], subject: "Hi", body: "There" };
const { to } = mail;
to.push("ada@example.com");
const sent = await my_mail.send_message(mail);
return sent !== undefined;

//// recipients pushed through Object.values
//~ returns true
const lists = { to: [] as string[], cc: [] as string[] };
for (const list of Object.values(lists)) list.push("ada@example.com");
const sent = await my_mail.send_message({ ...lists, subject: "Hi", body: "There" });
return sent !== undefined;

//// helper with names for numbers
//~ returns "Timeout on export"
const aliases = new Map([["latest", 4]]);
async function issue(ref: any) {
  const known = aliases.get(ref);
  if (known) return await tracker.get_issue({ number: known });
  return await tracker.get_issue({ number: ref });
}
return (await issue("latest")).title;

//// constant asked for in a list
//~ returns 0
const project = "mobile";
const known = ["web", "api"];
if (!known.includes(project)) return 0;
return (await tracker.list_issues({ project } as any)).total;

//// constant asked for in a list of what is there
//~ returns "no project mobile"
const wanted: any = { project: "mobile", state: "open" };
const names = new Set((await tracker.list_projects()).map((p) => p.name));
if (names.has(wanted.project)) {
  return (await tracker.list_issues(wanted)).total;
} else {
  return `no project ${wanted.project}`;
}

//// snapshot before bookkeeping
//~ returns "T"
const draft: any = { project: "web", title: "T" };
const payload = { ...draft };
draft.queued_at = "now";
const made = await tracker.create_issue(payload);
await tracker.reset({});
return made.title;

//// taken twice
//~ returns "ratio"
const settings = { metric: "cpu" as const, range: { from: "10:00" } };
const { range: { from }, range } = settings;
const answer = await metrics.query({ metric: settings.metric, range });
return from === "10:00" ? answer.unit : null;
