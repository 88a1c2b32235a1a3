//// grouped with Map.groupBy
//~ returns [["ada",[1,3]],[null,[2]],["lin",[4,5]]]
const { issues } = await tracker.list_issues({});
const byOwner = Map.groupBy(issues, (issue: any) => issue.assignee?.login ?? null);
return [...byOwner].map(([owner, list]) => [owner, list.map((issue) => issue.number)]);

//// what is known about a row, in a WeakMap
//~ returns [[4,8],[1,6],[2,1]]
const weight = new WeakMap<object, number>();
const { issues } = await tracker.list_issues({ state: "open" });
for (const issue of issues) weight.set(issue, issue.comments * 2 + issue.labels.length);
issues.sort((a, b) => weight.get(b)! - weight.get(a)!);
return issues.map((issue) => [issue.number, weight.get(issue)]);

//// sets of numbers compared
//~ returns {"both":[1,5],"onlyWeb":[2],"all":[1,2,4,5]}
const numbers = async (filter: object) => new Set<number>((await tracker.list_issues(filter)).issues.map((i) => i.number));
const [web, bugs] = await Promise.all([numbers({ project: "web" }), numbers({ label: "bug" })]);
const sorted = (set: Set<number>) => [...set].sort((a, b) => a - b);
return { both: sorted(web.intersection(bugs)), onlyWeb: sorted(web.difference(bugs)), all: sorted(web.union(bugs)) };

//// a tree built by reduce
//~ returns {"web":{"open":2,"closed":1},"api":{"closed":1,"open":1}}
type Tree = Record<string, Record<string, number>>;
const { issues } = await tracker.list_issues({});
return issues.reduce<Tree>((tree, { project, state }) => {
  const branch = (tree[project] ??= {});
  branch[state] = (branch[state] ?? 0) + 1;
  return tree;
}, {});

//// orders joined with customers by an index
//~ returns {"DE":200.5,"US":15,"NO":900}
const [{ orders }, { customers }] = await Promise.all([crm.list_orders({}), crm.find_customers({})]);
const byId = new Map(customers.map((customer) => [customer.id, customer]));
const totals: Record<string, number> = {};
for (const order of orders) {
  const { country } = byId.get(order.customer_id)!.address;
  totals[country] = (totals[country] ?? 0) + order.total;
}
return totals;

//// results of different shapes in one list
//~ returns ["issues: 5","mails: 3","config: 8080","projects: web/api"]
type Loaded = { kind: string; data: any };
const loaded: Loaded[] = [
  { kind: "issues", data: await tracker.list_issues({}) },
  { kind: "mails", data: await my_mail.list_messages({}) },
  { kind: "config", data: await files.read_text_file({ path: "/notes/config.json" }) },
  { kind: "projects", data: await tracker.list_projects() },
];
const show: Record<string, (data: any) => string | number> = {
  issues: (data) => data.total,
  mails: (data) => data.length,
  config: (data) => data.port,
  projects: (data) => data.map((project) => project.name).join("/"),
};
return loaded.map(({ kind, data }) => `${kind}: ${show[kind](data)}`);

//// rows that are completed before they are read
//~ returns [{"n":4,"thread":["Reproduced.","Streaming would help.","Agreed."]},{"n":1,"thread":["Seen on Safari 19 too.","Looking into it."]}]
const { issues } = await tracker.list_issues({ state: "open", label: "bug" });
for (const issue of issues) {
  const { comments } = await tracker.list_comments({ issue: issue.number });
  issue.thread = comments.map((comment) => comment.body);
  issue.isLong = issue.thread.length > 2;
}
const shown = issues.toSorted((a, b) => Number(b.isLong) - Number(a.isLong));
return shown.map((issue) => ({ n: issue.number, thread: issue.thread }));

//// lists of two servers read alike
//~ returns {"total":12,"largest":5}
const lists = [await tracker.list_issues({}), await crm.list_orders({}), await crm.find_customers({})];
let total = 0;
let largest = -Infinity;
for (const list of lists) {
  total += list.total;
  largest = Math.max(largest, list.total);
}
return { total, largest };

//// a dictionary without a prototype
//~ returns {"bug":["ada","lin"],"auth":["ada"],"export":["lin"]}
const owners: Record<string, Set<string>> = Object.create(null);
const { issues } = await tracker.list_issues({ label: "bug" });
for (const { labels, assignee } of issues) {
  for (const label of labels) {
    if (!(label in owners)) owners[label] = new Set();
    owners[label].add(assignee.login);
  }
}
const out: Record<string, string[]> = {};
for (const label in owners) out[label] = [...owners[label]];
return out;

//// a cache with room for two
//~ returns {"titles":["Dark mode","Rate limit too low","Dark mode","Timeout on export","Rate limit too low"],"loads":[2,3,4,3]}
const room = 2;
const recent = new Map<number, { title: string }>();
const loads: number[] = [];

async function load(number: number) {
  let issue = recent.get(number);
  if (issue) {
    recent.delete(number);
  } else {
    loads.push(number);
    issue = await tracker.get_issue({ number });
  }
  recent.set(number, issue!);
  if (recent.size > room) recent.delete(recent.keys().next().value!);
  return issue!;
}

const titles: string[] = [];
for (const number of [2, 3, 2, 4, 3]) titles.push((await load(number)).title);
return { titles, loads };

//// a record that makes its own defaults
//~ returns {"ada":{"issues":2,"comments":3},"lin":{"issues":2,"comments":3}}
const people: Record<string, { issues: number; comments: number }> = new Proxy({} as any, {
  get: (target, key: string) => (target[key] ??= { issues: 0, comments: 0 }),
});
const { issues } = await tracker.list_issues({});
for (const { assignee } of issues) if (assignee) people[assignee.login].issues++;
const threads = await Promise.all(issues.map(({ number }) => tracker.list_comments({ issue: number })));
for (const { author } of threads.flatMap((thread) => thread.comments)) people[author.login].comments++;
return { ada: people.ada, lin: people.lin };

//// totals by article with entries and sort
//~ returns [["B-7",10,920.5],["A-1",3,180],["C-3",3,15]]
const { orders } = await crm.list_orders({});
const articles = new Map<string, { count: number; worth: number }>();
for (const line of orders.flatMap((order) => order.lines)) {
  const { count, worth } = articles.get(line.sku) ?? { count: 0, worth: 0 };
  articles.set(line.sku, { count: count + line.quantity, worth: worth + line.quantity * line.price });
}
return Array.from(articles, ([sku, { count, worth }]) => [sku, count, worth] as const).sort(
  ([, , a], [, , b]) => b - a,
);

//// results kept by number and copied before they are changed
//~ returns {"kept":"Dark mode","copy":"DARK MODE","votes":3}
const store: Record<number, any> = {};
for (const number of [1, 2]) store[number] = await tracker.get_issue({ number });
const copy = structuredClone(store[2]);
copy.title = copy.title.toUpperCase();
copy.votes = 3;
store["copy"] = copy;
return { kept: store[2].title, copy: store["copy"].title, votes: store["copy"].votes };
