//// renamed by delete
//~ returns "ratio"
const query: any = { metric: "cpu", window: { from: "10:00" } };
query.range = query.window;
delete query.window;
return (await metrics.query(query)).unit;

//// wrong later only
//~ returns "ratio"
const query: any = { metric: "cpu", range: { from: "10:00" } };
const first = metrics.query({ ...query });
query.note = "sent";
return (await first).unit;

//// switch with fallthrough
//~ returns "ratio"
let args: any;
switch ("cpu" as string) {
  case "cpu":
    args = { metric: "cpu" };
  // falls through
  default:
    args.range = { from: "10:00" };
}
return (await metrics.query(args)).unit;

//// promise with a state
//~ returns ["pending","Dark mode"]
function track(promise: any) {
  promise.state = "pending";
  promise.then(() => { promise.state = "done"; });
  return promise;
}
const job = track(tracker.get_issue({ number: 2 }));
return [job.state, (await job).title];

//// settled results keep the place
//~ returns ["Dark mode","failed"]
const slots: any = { a: tracker.get_issue({ number: 2 }), b: tracker.get_issue({ number: 99 }) };
await Promise.all(Object.keys(slots).map(async (key) => { slots[key] = await slots[key].catch(() => null); }));
return [slots.a.title, slots.b ? slots.b.title : "failed"];

//// errors taken by a decorator
//~ returns null
const safely = (f: any) => async (...given: any[]) => { try { return await f(...given); } catch { return null; } };
const get = safely(async (number: any) => await tracker.get_issue({ number: "x" as any }));
return await get(1);

//// left from a finally by continue
//~ returns [1]
const out: number[] = [];
for (const number of [1, "x"] as any[]) {
  try {
    out.push((await tracker.get_issue(number === 1 ? { number } : { number: "x" } as any)).number);
  } finally {
    continue;
  }
}
return out;

//// property put there by a helper with names
//~ returns [6]
const put = (o: any, key: string, value: any) => { o[key] = value; return o; };
const issue: any = await tracker.get_issue({ number: 1 });
put(issue, "score", 6);
return [issue.score];

//// walks up with one variable
//~ returns ["ada"]
let node: any = await tracker.get_issue({ number: 3 });
const seen: string[] = [];
while (node) {
  if (node.login) seen.push(node.login);
  node = node.assignee;
}
return seen;

//// results by kind in one list
//~ returns ["Login fails on Safari","Acme"]
const rows: any[] = [];
rows.push({ type: "issue", row: await tracker.get_issue({ number: 1 }) });
rows.push({ type: "customer", row: await crm.get_customer({ id: "c1" }) });
return rows.map(({ type, row }) => (type === "issue" ? row.title : row.name));

//// dates through a helper with the name of the field
//~ returns [2026]
const mapField = (rows: any[], key: string, f: (v: any) => any) => rows.map((row) => ({ ...row, [key]: f(row[key]) }));
const { issues } = await tracker.list_issues({ label: "auth" });
return mapField(issues, "created_at", (v) => new Date(v)).map((issue) => issue.created_at.getUTCFullYear());

//// tags of a template
//~ returns "Login fails on Safari!"
const tag = (parts: TemplateStringsArray, ...values: any[]) => values[0].then((i: any) => i.title + parts[1]);
return await tag`${tracker.get_issue({ number: 1 })}!`;

//// coroutine runner
//~ returns "Login fails on Safari"
const co = (g: any) => { const it = g(); const run = async (v?: any): Promise<any> => { const { done, value } = it.next(v); return done ? value : run(await value); }; return run(); };
return await co(function* (): any { const issue = yield tracker.get_issue({ number: 1 }); return issue.title; });

//// implicit globals of a pattern
//~ returns ["web",1]
({ project, number: nr } = await tracker.get_issue({ number: 1 }));
return [project, nr];

//// wrapped server of the same name in a function
//~ returns 1
async function withCache(server: any) {
  const tracker = { ...server, cached: async (n: number) => (await server.get_issue({ number: n })).number };
  return await tracker.cached(1);
}
return await withCache(tracker);

//// server with a fallback of its own
//~ returns 1
const api: any = { one: async () => 1, ...tracker };
return await api.one();

//// retry helper
//~ returns 1
async function retry<T>(make: (n: number) => Promise<T>, times = 3): Promise<T> {
  let last: unknown;
  for (let n = 0; n < times; n++) { try { return await make(n); } catch (error) { last = error; } }
  throw last;
}
return (await retry((n) => tracker.get_issue(n === 0 ? ({} as any) : { number: 1 }))).number;

//// a pool with indexes
//~ returns ["Login fails on Safari","Dark mode"]
async function pool(items: number[], act: (n: number) => Promise<any>) {
  const results: any[] = items.map(act);
  for (const i of items.keys()) results[i] = await results[i];
  return results;
}
return (await pool([1, 2], (number) => tracker.get_issue({ number }))).map((i) => i.title);

//// deep resolve in place
//~ returns "Dark mode"
async function deep(o: any) { for (const k of Object.keys(o)) { o[k] = await o[k]; if (o[k] && typeof o[k] === "object") await deep(o[k]); } }
const tree: any = { a: { b: tracker.get_issue({ number: 2 }) } };
await deep(tree);
return tree.a.b.title;

//// field by then
//~ returns "Dark mode"
class Holder { issue: any; ready: Promise<void>; constructor(number: number) { this.issue = tracker.get_issue({ number }); this.ready = this.issue.then((i: any) => { this.issue = i; }); } }
const holder = new Holder(2);
await holder.ready;
return holder.issue.title;

//// list by shift and push
//~ returns ["Dark mode"]
const list: any[] = [tracker.get_issue({ number: 2 })];
for (let n = list.length; n > 0; n--) list.push(await list.shift());
return list.map((i) => i.title);

//// set through a setter
//~ returns "ratio"
const query: any = { metric: "cpu", range: { from: "" }, set since(from: string) { this.range = { from }; } };
query.since = "10:00";
const { since, ...rest } = query;
return (await metrics.query(rest)).unit;

//// state mapped before by an object
//~ returns 1
const MAP: any = { merged: "closed" };
async function list(state: any) {
  if (state in MAP) state = MAP[state];
  return (await tracker.list_issues({ state, label: "auth" })).total === 0 ? 1 : 0;
}
return await list("merged");

//// asked for in an object of abilities
//~ returns 1
const can = { count: "count_issues" in tracker, list: "list_issues" in tracker };
return can.count ? await (tracker as any).count_issues({}) : (await tracker.list_issues({ label: "auth" })).total;

//// nested lists of any depth by a generator
//~ returns [1,2]
function* flatten(list: any[]): any { for (const x of list) if (Array.isArray(x)) yield* flatten(x); else yield x; }
const tree: any[] = [tracker.get_issue({ number: 1 }), [tracker.get_issue({ number: 2 })]];
return (await Promise.all(flatten(tree))).map((i: any) => i.number);
