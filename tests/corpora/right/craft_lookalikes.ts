//// what promises do have is read from them
//~ returns [true,5,"kept",true]
const call = tracker.list_issues({});
const isThenable = typeof call.then === "function" && typeof call.catch === "function";
const { then } = call;
const total = await new Promise((resolve, reject) => then.call(call, (result) => resolve(result.total), reject));
let kept = "lost";
await call.finally(() => (kept = "kept"));
return [isThenable, total, kept, call instanceof Promise];

//// a write on purpose not awaited
//~ returns {"size":20,"log":"ok"}
void files.write_file({ path: "/log/now.txt", content: "begin" });
let log = "none";
const saved = files.write_file({ path: "/log/end.txt", content: "end" }).then(
  () => (log = "ok"),
  (error) => (log = error.message),
);
const { size } = await files.get_file_info({ path: "/notes/todo.txt" });
await saved;
await new Promise((resolve) => setTimeout(resolve, 300)); // the first write has had its time
return { size, log };

//// calls noted in one function and awaited in another
//~ returns ["written","written",5]
const pending: Promise<unknown>[] = [];
function note(name: string, content: string) {
  pending.push(files.write_file({ path: `/out/${name}`, content }));
}
async function settle() {
  return Promise.all(pending.splice(0));
}

const { issues } = await tracker.list_issues({ project: "api" });
issues.forEach((issue) => note(`${issue.number}.md`, issue.body));
issues.forEach((issue) => pending.push(tracker.list_comments({ issue: issue.number }).then(({ total }) => total)));
const [first, second, ...totals] = await settle();
return [first, second, (totals as number[]).reduce((sum, total) => sum + total, 1)];

//// a forEach of our own that awaits
//~ returns ["web 2","api 1"]
class Sequence<T> {
  constructor(private readonly items: T[]) {}
  async forEach(act: (item: T) => Promise<void>) {
    for (const item of this.items) await act(item);
  }
}

const out: string[] = [];
await new Sequence(await tracker.list_projects()).forEach(async ({ name }) => {
  const { total } = await tracker.list_issues({ project: name, state: "open" });
  out.push(`${name} ${total}`);
});
return out;

//// rows with names that look misspelt
//~ returns ["Dark mode!",2,"Dark mode"]
const { title: titel, number: nummer } = await tracker.get_issue({ number: 2 });
const issue = { titel, nummer, get tittle() { return `${this.titel}!`; } };
const again = JSON.parse(JSON.stringify(issue));
return [issue.tittle, issue.nummer, again.titel];

//// an array that carries a total
//~ returns [[1,4],3,"3 bugs"]
const { issues, total } = await tracker.list_issues({ label: "bug", limit: 2 });
const list = Object.assign(issues, { total });
list.summary = `${list.total} bugs`;
return [list.map((issue) => issue.number), list.total, list.summary];

//// a value or a promise of it
//~ returns ["Login fails on Safari","(cached)","Login fails on Safari"]
const cache: Record<number, any> = { 7: { title: "(cached)" } };
const maybe = (number: number) => cache[number] ?? (cache[number] = tracker.get_issue({ number }));
const first = maybe(1);
const title = first instanceof Promise ? (await first).title : first.title;
const now = maybe(7).title;
return [title, now, (await maybe(1)).title];

//// arguments that are of the wrong type until they are not
//~ returns ["Timeout on export",3,1]
let number: any = "4";
number = parseInt(number, 10);
const args: any = { issue: "4", state: "open" };
args.issue = +args.issue;
delete args.state;
const filter: any = { limit: "1", project: undefined };
filter.limit &&= Number(filter.limit);
filter.project ||= "web";
const [issue, thread, page] = await Promise.all([
  tracker.get_issue({ number }),
  tracker.list_comments(args),
  tracker.list_issues(filter),
]);
return [issue.title, thread.total, page.issues.length];

//// a tool that takes any arguments, and undefined for what is optional
//~ returns [1,2,5]
const all = true;
const search = await tracker.search_issues({ query: "welcom", sort: "newest", page: { size: 10 } });
const closed = await tracker.list_issues({ state: "closed", label: undefined, limit: all ? undefined : 1 });
const both = await tracker.list_issues({ ...(all ? {} : { state: "open" }) });
return [search.total, closed.total, both.total];

//// a message sent with a list of copies and deleted again
//~ returns {"to":["lin@example.com","ada@example.com"],"subject":"Open: 3","gone":true}
const { total } = await tracker.list_issues({ state: "open" });
const priorities = { high: 1, normal: 2, low: 3 } as const;
const draft = { subject: `Open: ${total}`, body: "", cc: ["me@example.com"], priority: priorities.normal };
const lines = (await tracker.list_issues({ state: "open" })).issues.map(({ title }) => `- ${title}`);
draft.body += lines.join("\n");
const recipients = ["lin", "ada"].map((name) => `${name}@example.com`);
const { id, to, subject } = await my_mail.send_message({ to: recipients, ...draft });
const gone = await my_mail["delete"]({ id });
const rest = await my_mail.list_messages({ folder: "sent" });
return { to, subject, gone: rest.every((message) => message.id !== id) && gone.deleted };

//// an issue opened, changed and deleted
//~ returns {"number":6,"state":"closed","labels":["bug","new"],"deleted":true}
const template: { project: "web" | "api"; labels: string[]; title?: string } = { project: "api", labels: ["bug"] };
const titled = (title: string) => ({ ...template, title });
let issue = await tracker.create_issue(titled("Export is empty"));
const { number } = issue;
try {
  issue = await tracker.update_issue({ number, state: "closed", labels: [...issue.labels, "new"] });
} finally {
  const { deleted } = await tracker.delete_issue({ number });
  issue.wasDeleted = deleted;
}
return { number, state: issue.state, labels: issue.labels, deleted: issue.wasDeleted };

//// a status set and set back in finally
//~ returns ["o2 open->paid","open"]
async function withStatus<T>(id: string, status: "paid" | "refunded", act: (order: any, before: string) => Promise<T>) {
  const { status: before } = await crm.get_order({ id });
  const order = await crm.set_order_status({ id, status });
  try {
    return await act(order, before);
  } finally {
    await crm.set_order_status({ id, status: before });
  }
}

const line = await withStatus("o2", "paid", async (order, before) => `${order.id} ${before}->${order.status}`);
return [line, (await crm.get_order({ id: "o2" })).status];

//// an order put together from another
//~ returns {"id":"o5","lines":[{"sku":"A-1","quantity":3,"price":50}],"notes":["created"]}
const notes: string[] = [];
try {
  const { customer_id, currency, lines } = await crm.get_order({ id: "o1" });
  const more = lines.filter((line) => line.quantity > 1).map((line) => ({ ...line, quantity: line.quantity + 1 }));
  const order = await crm.create_order({ customer_id, lines: more, currency, notes: null });
  notes.push(order.status === "open" ? "created" : "odd");
  return { id: order.id, lines: order.lines, notes };
} finally {
  await crm.reset();
}

//// destructured results that come through a callback
//~ returns ["3 of Corvus","1 of Acme"]
type Done<T> = (error: Error | null, result?: T) => void;
function callbackified<A, R>(tool: (args: A) => Promise<R>) {
  return (args: A, done: Done<R>) => {
    tool(args).then(
      (result) => done(null, result),
      (error) => done(error),
    );
  };
}
const findCustomers = callbackified(crm.find_customers);
const lookUp = (query: string) =>
  new Promise<string>((resolve, reject) =>
    findCustomers({ query }, (error, result: any) => {
      if (error) return reject(error);
      const [{ id, name }] = result.customers;
      resolve(`${id.slice(1)} of ${name}`);
    }),
  );
return [await lookUp("corvus"), await lookUp("acme")];
