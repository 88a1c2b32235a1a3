//// rows by Reflect.set
//~ returns "Dark mode"
const row: any = { issue: tracker.get_issue({ number: 2 }) };
Reflect.set(row, "issue", await row.issue);
return row.issue.title;

//// parameter with a promise in a record with a guard of its own
//~ returns "Dark mode"
const isReady = (v: any) => !(v instanceof Promise);
const show = async (v: any) => (isReady(v) ? v.title : (await v).title);
return await show(tracker.get_issue({ number: 2 }));

//// promise or row in a switch
//~ returns "Dark mode"
async function title(v: any) {
  switch (Object.prototype.toString.call(v)) {
    case "[object Promise]": return (await v).title;
    default: return v.title;
  }
}
return await title(tracker.get_issue({ number: 2 }));

//// number of a list or of a promise
//~ returns 2
const size = async (v: any) => (Array.isArray(v) ? v.length : v.size ?? (await v).length);
return await size(tracker.list_projects());

//// iterable or promise of one
//~ returns ["web","api"]
async function names(v: any) {
  const out: string[] = [];
  if (v[Symbol.iterator]) for (const p of v) out.push(p.name);
  else for (const p of await v) out.push(p.name);
  return out;
}
return await names(tracker.list_projects());

//// lines made complete by map with mutation
//~ returns 2
const lines: any[] = [{ sku: "A-1" }, { sku: "B-7" }];
lines.map((line) => Object.assign(line, { quantity: 1, price: 1 }));
const n = (await crm.create_order({ customer_id: "c2", lines })).lines.length;
await crm.reset({});
return n;

//// lines made complete by find
//~ returns 3
const lines: any[] = [{ sku: "A-1", price: 1 }];
lines.find((line) => line.sku === "A-1").quantity = 3;
const order = await crm.create_order({ customer_id: "c2", lines });
await crm.reset({});
return order.lines[0].quantity;

//// lines made complete by at
//~ returns 3
const lines: any[] = [{ sku: "A-1", price: 1 }];
lines.at(-1).quantity = 3;
const order = await crm.create_order({ customer_id: "c2", lines });
await crm.reset({});
return order.lines[0].quantity;

//// lines made complete through a slice
//~ returns 3
const lines: any[] = [{ sku: "A-1", price: 1 }];
for (const line of lines.slice()) line.quantity = 3;
const order = await crm.create_order({ customer_id: "c2", lines });
await crm.reset({});
return order.lines[0].quantity;

//// lines repaired by names
//~ returns [2]
const lines: any[] = [{ sku: "A-1", quantity: "2", price: "1" }];
for (const line of lines) for (const key of ["quantity", "price"]) line[key] = Number(line[key]);
const order = await crm.create_order({ customer_id: "c2", lines });
await crm.reset({});
return order.lines.map((l) => l.quantity);

//// lines without what is not meant by Reflect
//~ returns ["A-1"]
const lines: any[] = [{ sku: "A-1", quantity: 2, price: 1, note: "x" }];
lines.forEach((line) => Reflect.deleteProperty(line, "note"));
const order = await crm.create_order({ customer_id: "c2", lines });
await crm.reset({});
return order.lines.map((l) => l.sku);

//// nested args repaired by names
//~ returns "ratio"
const query: any = { metric: "cpu", range: { from: 10 } };
const range = query.range;
for (const key in range) range[key] = String(range[key]);
return (await metrics.query(query)).unit;

//// nested args made complete in a container
//~ returns "ratio"
const query: any = { metric: "cpu", range: {} };
const [range] = [query.range];
range.from = "10:00";
return (await metrics.query(query)).unit;

//// nested args made complete by a method
//~ returns "ratio"
class Range { static since(range: any, from: string) { range.from = from; } }
const query: any = { metric: "cpu", range: {} };
Range.since(query.range, "10:00");
return (await metrics.query(query)).unit;

//// state asked for before by a set
//~ returns "bad state"
const STATES = new Set(["open", "closed"]);
async function list(state: string) {
  if (!STATES.has(state)) return "bad state";
  return (await tracker.list_issues({ state } as any)).total;
}
return await list("merged");

//// limit checked by a function
//~ returns "too many"
const MAX = 100;
const limit = 500;
const fits = (n: number) => n <= MAX;
if (!fits(limit)) return "too many";
return (await tracker.list_issues({ limit })).total;

//// text checked by its length
//~ returns "empty"
const title = "";
if (title.length === 0) return "empty";
return (await tracker.create_issue({ project: "web", title })).number;

//// text checked by trim
//~ returns "empty"
const body = "";
async function comment(text: string) {
  const trimmed = text.trim();
  if (!trimmed) return "empty";
  return (await tracker.add_comment({ issue: 1, body: text })).id;
}
return await comment(body);

//// list checked by its length
//~ returns "nobody"
const to: string[] = [];
if (to.length === 0) return "nobody";
return await my_mail.send_message({ to, subject: "s", body: "b" });

//// list checked by some
//~ returns "nobody"
const to: string[] = [];
if (to.some((t) => t.includes("@"))) await my_mail.send_message({ to, subject: "s", body: "b" });
return "nobody";

//// id checked by typeof in a helper
//~ returns "not a number"
const isNumber = (v: unknown): v is number => typeof v === "number";
const id: unknown = "7";
if (!isNumber(id)) return "not a number";
return (await tracker.get_issue({ number: id })).title;

//// id checked by assert
//~ returns "expected a number"
function assert(ok: boolean, text: string): asserts ok { if (!ok) throw new Error(text); }
const id: any = "7";
try {
  assert(Number.isInteger(id), "expected a number");
} catch (error) {
  return (error as Error).message;
}
return (await tracker.get_issue({ number: id })).title;

//// own add beside a set
//~ returns 2
class Counter { n = 0; add() { this.n += 1; } }
const counter = new Counter();
const jobs = new Set<any>();
for (const number of [1, 2]) {
  jobs.add(tracker.get_issue({ number }));
  counter.add();
}
await Promise.all(jobs);
return counter.n;

//// awaits its arguments
//~ returns "Login fails on Safari"
async function titleOf() { return (await arguments[0]).title; }
return await (titleOf as any)(tracker.get_issue({ number: 1 }));

//// keys asked for
//~ returns [null]
const { issues } = await tracker.list_issues({ label: "auth" });
return issues.map((issue: any) => (Object.keys(issue).includes("milestone") ? issue.milestone : null));

//// points or nothing
//~ returns 0
const { issues } = await tracker.list_issues({});
return issues.reduce((sum, issue: any) => sum + (Number(issue.points) || 0), 0);

//// counted by hand
//~ returns ["Dark mode","Login fails on Safari"]
return await new Promise((resolve) => {
  const out: string[] = [];
  const numbers = [1, 2];
  numbers.forEach(async (number) => {
    out.push((await tracker.get_issue({ number })).title);
    if (out.length === numbers.length) resolve(out.sort());
  });
});

//// jobs collected with forEach
//~ returns 3
const jobs: Promise<any>[] = [];
[1, 2].forEach(async (number) => { jobs.push(tracker.get_issue({ number })); });
return (await Promise.all(jobs)).reduce((n, i) => n + i.number, 0);

//// forEach of its own put on a list
//~ returns [1,2]
const list: any = [1, 2];
list.forEach = async function (f: any) { for (const x of this) await f(x); };
const out: number[] = [];
await list.forEach(async (number: number) => { out.push((await tracker.get_issue({ number })).number); });
return out;

//// set of its own beside a map
//~ returns "Dark mode"
class Flags { flags: any = {}; set(name: string) { this.flags[name] = true; } }
const flags = new Flags();
flags.set("x");
const jobs = new Map<string, any>();
jobs.set("a", tracker.get_issue({ number: 2 }));
const results = await Promise.all(jobs.values());
return results[0].title;

//// property of a prototype
//~ returns 6
const issue: any = await tracker.get_issue({ number: 1 });
Object.setPrototypeOf(issue, { score: 6 });
return issue.score;

//// resolvers
//~ returns "ratio"
const { promise, resolve } = Promise.withResolvers<any>();
metrics.latest({ metric: "cpu" }).then(resolve);
return (await promise).unit;

//// lines without what is not meant
//~ returns ["A-1"]
const lines: any[] = [{ sku: "A-1", quantity: 2, price: 1, note: "x" }];
for (const line of lines) delete line.note;
const order = await crm.create_order({ customer_id: "c2", lines });
await crm.reset({});
return order.lines.map((l) => l.sku);

//// value that is undefined by a parameter
//~ returns 1
async function list(label: string, assignee?: string) { return (await (tracker as any).list_issues({ label, assignee })).total; }
return await list("auth");

//// overridden by a spread of a result
//~ returns 1
const fix = JSON.parse('{"label":"auth"}');
return (await (tracker as any).list_issues({ label: 5, tag: undefined, ...fix })).total;

//// rows of flatMap
//~ returns ["ada","lin"]
const { issues } = await tracker.list_issues({ label: "bug" });
const logins = new Set<string>();
for (const user of issues.flatMap((issue) => issue.assignee ?? [])) logins.add(user.login);
return [...logins].sort();

//// rows added with concat
//~ returns [1,2]
let rows: any[] = [];
for (const number of [1, 2]) rows = rows.concat(await tracker.get_issue({ number }));
const out: number[] = [];
for (const row of rows) out.push(row.number);
return out;

//// rows added with concat and read
//~ returns [1,2]
let rows: any[] = [];
for (const number of [1, 2]) rows = rows.concat(await tracker.get_issue({ number }));
return [...rows].map((row) => row.number);

//// rows made flat that are none
//~ returns [2]
const rows: any[] = [await tracker.get_issue({ number: 2 })].flat();
const out: number[] = [];
for (const row of rows) out.push(row.number);
return out;

//// first of each by flatMap
//~ returns ["Seen on Safari 19 too."]
const { comments } = await tracker.list_comments({ issue: 1 });
const first = [comments].flatMap((list) => list[0]);
const out = [];
for (const comment of first) out.push(comment.body);
return out;
