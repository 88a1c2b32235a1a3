//// forgotten await in a template of a long report
//~ gives "# Report\n3 open issues\n[object Promise] in the inbox\n2 paid orders" instead of "# Report\n3 open issues\n2 in the inbox\n2 paid orders"
async function countIssues(state: "open" | "closed"): Promise<number> {
  const { total } = await tracker.list_issues({ state, limit: 1 });
  return total;
}

async function countOrders(status: "open" | "paid" | "refunded"): Promise<number> {
  const { total } = await crm.list_orders({ status });
  return total;
}

async function countMail(folder: string): Promise<number> {
  const messages = await my_mail.list_messages({ folder });
  return messages.length;
}

const lines: string[] = ["# Report"];
lines.push(`${await countIssues("open")} open issues`);
lines.push(`${countMail("inbox")} in the inbox`); //~ warning await
lines.push(`${await countOrders("paid")} paid orders`);
return lines.join("\n");

//// forgotten await in a condition
//~ gives {"kept":["#1 ada","#2 -","#3 ada","#4 lin","#5 lin"],"quiet":[],"leads":{"web":"ada","api":"lin"}} instead of {"kept":["#1 ada","#3 ada","#4 lin"],"quiet":["#2 -","#5 lin"],"leads":{"web":"ada","api":"lin"}}
const { issues } = await tracker.list_issues({});
const kept: string[] = [];
const quiet: string[] = [];

const leads: Record<string, string> = {};
for (const { name, lead, archived } of await tracker.list_projects({})) {
  if (!archived) leads[name] = lead;
}

const show = (issue: { number: number; assignee: { login: string } | null }) =>
  `#${issue.number} ${issue.assignee ? issue.assignee.login : "-"}`;

for (const issue of issues) {
  const comments = tracker.list_comments({ issue: issue.number });
  if (comments.total === 0) { //~ error await
    quiet.push(show(issue));
  } else {
    kept.push(show(issue));
  }
}

return { kept, quiet, leads };

//// spreads the entries of a folder without await
//~ throws is not iterable
const FOLDERS = ["/notes", "/empty"];

interface Entry {
  path: string;
  size: number;
}

async function describe(path: string): Promise<Entry> {
  const { size } = await files.get_file_info({ path });
  return { path, size };
}

const paths: string[] = [];
for (const folder of FOLDERS) {
  const names = [...files.list_directory({ path: folder })]; //~ error await
  paths.push(...names.map((name) => `${folder}/${name}`));
}

const entries = await Promise.all(paths.map(describe));
entries.sort((a, b) => b.size - a.size);
return entries.slice(0, 2);

//// promise in a returned object that is read later
//~ throws reading 'map'
async function loadAll() {
  const customers = await crm.find_customers({});
  const orders = crm.list_orders({});
  return { customers, orders, loadedAt: Date.now() };
}

function joinOrders(data: Awaited<ReturnType<typeof loadAll>>) {
  const names = new Map(data.customers.customers.map((c) => [c.id, c.name]));
  return data.orders.orders.map((o) => `${o.id} ${names.get(o.customer_id)}`); //~ error await
}

function openPerCustomer(customers: { id: string; name: string }[], open: { customer_id: string }[]) {
  return customers.map(({ id, name }) => {
    const own = open.filter((order) => order.customer_id === id);
    return `${name}: ${own.length} open`;
  });
}

const data = await loadAll();
const lines = joinOrders(data);
const { orders: open } = await crm.list_orders({ status: "open" });
lines.push("", ...openPerCustomer(data.customers.customers, open));
return lines.join("\n");

//// map without Promise.all and a reduce over it
//~ gives {"open":3,"comments":null} instead of {"open":3,"comments":6}
const { issues } = await tracker.list_issues({ limit: 50 });

// open ones first, then the newest
const sorted = [...issues].sort((a, b) => {
  if (a.state !== b.state) return a.state === "open" ? -1 : 1;
  return b.created_at.localeCompare(a.created_at);
});
const open = sorted.filter((issue) => issue.state === "open").length;

// fetch comments of every issue
const commentResults = sorted.map((issue) => tracker.list_comments({ issue: issue.number }));

let total = 0;
for (const result of commentResults) {
  total += result.total; //~ error await
}

return { open, comments: total };

//// rows made by an async arrow and filtered as if they were there
//~ gives [] instead of ["Acme","Corvus"]
const format = (amount, currency = 'EUR') => `${amount.toFixed(2)} ${currency}`;
const sumOf = (list, pick) => list.reduce((sum, item) => sum + pick(item), 0);

const { customers } = await crm.find_customers({});

const rows = customers.map(async (customer) => {
  const { orders } = await crm.list_orders({ customer_id: customer.id });
  const paid = orders.filter((order) => order.status === 'paid');
  return {
    name: customer.name,
    paid: sumOf(paid, (order) => order.total),
    units: sumOf(paid.flatMap((order) => order.lines), (line) => line.quantity),
  };
});

const { orders: open } = await crm.list_orders({ status: 'open' });
console.log('outstanding: ' + open.map((order) => format(order.total, order.currency)).join(', '));

const paying = rows.filter((row) => row.paid > 0); //~ error await
return paying.map((row) => row.name); //~ error await

//// sorts by a helper that is async
//~ gives ["1. Login fails on Safari","2. Dark mode","3. Timeout on export"] instead of ["1. Timeout on export","2. Login fails on Safari","3. Dark mode"]
async function activity(number: number): Promise<number> {
  const { comments } = await tracker.list_comments({ issue: number });
  return comments.length;
}

interface Ranked {
  place: number;
  title: string;
}

// The more comments, the earlier in the list.
function rank(number: number) {
  const score = activity(number);
  return 0 - score; //~ warning await
}

const { issues } = await tracker.list_issues({ state: "open" });
const numbers = issues.map((issue) => issue.number);
numbers.sort((a, b) => rank(a) - rank(b));

const titles = new Map(issues.map((issue) => [issue.number, issue.title]));
const ranked: Ranked[] = numbers.map((number, index) => ({
  place: index + 1,
  title: titles.get(number) ?? "?",
}));
return ranked.map(({ place, title }) => `${place}. ${title}`);

//// adds up in a reduce with an async callback
//~ gives {"kinds":{"txt":1,"json":1,"csv":1},"sum":12,"bytes":"[object Promise]30"} instead of {"kinds":{"txt":1,"json":1,"csv":1},"sum":12,"bytes":133}
const names = await files.list_directory({ path: "/notes" });

const kinds = {};
for (const name of names) {
  const extension = name.slice(name.lastIndexOf(".") + 1);
  kinds[extension] = (kinds[extension] ?? 0) + 1;
}

const csv = await files.read_text_file({ path: "/notes/data.csv" });
const [header, ...rows] = csv.trim().split("\n").map((line) => line.split(","));
const column = header.indexOf("amount");
const sum = rows.reduce((acc, row) => acc + Number(row[column]), 0);

const bytes = await names.reduce(async (sum, name) => {
  const info = await files.get_file_info({ path: `/notes/${name}` });
  return sum + info.size; //~ warning await
}, 0);

return { kinds, sum, bytes };

//// spreads an issue into an object
//~ gives [{"note":"1 of 2"},{"note":"2 of 2"}] instead of [{"number":1,"note":"1 of 2"},{"number":4,"note":"2 of 2"}]
// The bugs that are still open, whatever project they belong to.
const bugs = await tracker.list_issues({ label: "bug", state: "open" });
const wanted = bugs.issues.map(({ number }) => number);
if (wanted.length === 0) {
  return [];
}

const enriched = [];
for (const [index, number] of wanted.entries()) {
  enriched.push({
    ...tracker.get_issue({ number }), //~ error await
    note: `${index + 1} of ${wanted.length}`,
  });
}

const pick = (issue: any) => ({ number: issue.number, note: issue.note });
return enriched.map(pick);

//// destructures a promise in a paging helper
//~ throws reading 'map'
const PAGE = 2;

async function collectIssues() {
  const collected = [];
  let limit = PAGE;
  for (;;) {
    const { issues, total } = await tracker.list_issues({ limit });
    collected.splice(0, collected.length, ...issues);
    if (collected.length >= total) break;
    limit += PAGE;
  }
  return collected;
}

async function collectCustomers() {
  const { customers } = crm.find_customers({ limit: 100 }); //~ error await
  return customers.map((customer) => customer.name);
}

const [issues, customers] = await Promise.all([collectIssues(), collectCustomers()]);
return { issues: issues.length, customers };

//// reads from the cached promise of a class
//~ throws reading 'toUpperCase'
class Repository {
  private cache = new Map<string, Promise<any>>();

  customer(id: string) {
    const known = this.cache.get(id);
    if (known) return known;
    const promise = crm.get_customer({ id });
    this.cache.set(id, promise);
    return promise;
  }

  order(id: string) {
    return crm.get_order({ id });
  }
}

const repository = new Repository();
const order = await repository.order("o4");
const customer = await repository.customer(order.customer_id);
const other = repository.order("o1");

const units = order.lines.map((line) => line.quantity).reduce((a, b) => a + b, 0);
console.log(`${customer.name} ordered ${units} units in ${customer.address.city}`);

return [
  customer.name,
  order.currency,
  other.currency.toUpperCase(), //~ error await
].join("/");

//// passes the promise of one tool to another
//~ throws is a promise
async function notify(to: string, subject: string, body: string) {
  return my_mail.send_message({ to: [to], subject, body, priority: 2 });
}

function wrap(text: string, width = 40): string {
  const lines: string[] = [""];
  for (const word of text.split(" ")) {
    const last = lines[lines.length - 1];
    if ((last + " " + word).length > width) lines.push(word);
    else lines[lines.length - 1] = last ? `${last} ${word}` : word;
  }
  return lines.join("\n");
}

const { total } = await tracker.list_issues({ state: "open" });
const todo = files.read_text_file({ path: "/notes/todo.txt" });

await notify("ada@example.com", "Open issues", wrap(`There are ${total} of them, and they wait for somebody who has time.`));

const saved = await files.write_file({ path: "/notes/copy.txt", content: todo, mode: "overwrite" }); //~ error await

const info = await files.get_file_info({ path: "/notes/todo.txt" });
return { saved, size: info.size };

//// sort with an async comparator for a top list
//~ gives ["Acme","Bolt"] instead of ["Corvus","Acme"]
const TOP = 2;

async function spentBy(customerId) {
  const { orders } = await crm.list_orders({ customer_id: customerId, status: 'paid' });
  return orders.reduce((sum, order) => sum + order.total, 0);
}

async function topCustomers(n) {
  const { customers } = await crm.find_customers({ limit: 50 });
  const ranked = [...customers];
  ranked.sort(async (a, b) => { //~ warning sort
    const [left, right] = await Promise.all([spentBy(a.id), spentBy(b.id)]);
    return right - left;
  });
  return ranked.slice(0, n);
}

const top = await topCustomers(TOP);
return top.map((customer) => customer.name);
