//// local names that hide servers
//~ returns {"files":["web","api"],"sum":220.5,"titles":["Dark mode"]}
const files = (await tracker.list_projects()).map((project) => project.name);
const totals = (crm) => crm.orders.reduce((sum, order) => sum + order.total, 0);
const orders = await callTool("crm", "list_orders", { customer_id: "c1" });
const withFee = totals(orders) + [{ metrics: { extra: 20 } }].reduce((n, { metrics }) => n + metrics.extra, 0);
const { issues } = await tracker.list_issues({ label: "feature" });
return { files, sum: withFee, titles: issues.map((tracker) => tracker.title) };

//// a dispatch table by computed names
//~ returns [3,"Acme",["todo.txt","config.json","data.csv"]]
const actions = {
  countOpen: async () => (await tracker.list_issues({ state: "open" })).total,
  nameOf: ({ id }) => crm.get_customer({ id }).then(({ name }) => name),
  ls: (args) => files.list_directory(args),
};
const steps = [["countOpen"], ["nameOf", { id: "c1" }], ["ls", { path: "/notes" }]];
const out = [];
for (const [action, args] of steps) out.push(await actions[action](args));
return out;

//// servers and tools in a list
//~ returns {"tracker":2,"metrics":3,"my-mail":3}
const plan = [
  { server: "tracker", tool: "list_projects" },
  { server: "metrics", tool: "list_metrics" },
  { server: "my-mail", tool: "list-messages" },
];
const sizes = {};
for (const { server, tool } of plan) {
  const result = await tools[server][tool]({});
  const list = Array.isArray(result) ? result : Object.values(result).find(Array.isArray);
  sizes[server] = list.length;
}
return sizes;

//// a helper for pages of two shapes
//~ returns [5,4,3]
const count = (page) => {
  if ("issues" in page) return page.issues.length;
  if (page.orders) return page.orders.length;
  return page.customers.length;
};
return [
  count(await tracker.list_issues({})),
  count(await crm.list_orders({})),
  count(await crm.find_customers({})),
];

//// a helper that awaits what it is given
//~ returns [2,5,7]
const totalOf = async (page) => (await page).total;
const closed = tracker.list_issues({ state: "closed" });
const everything = await tracker.list_issues({});
return [await totalOf(closed), await totalOf(everything), (await totalOf(closed)) + everything.total];

//// an API made by a Proxy
//~ returns [3,"Timeout on export"]
const api = new Proxy({}, {
  get: (_, name) => (args = {}) => callTool("tracker", name.replace(/[A-Z]/g, (c) => "_" + c.toLowerCase()), args),
});
const { total } = await api.listIssues({ state: "open" });
const { title } = await api.getIssue({ number: 4 });
return [total, title];

//// a namespace extended by own methods
//~ returns {"open":3,"first":"Login fails on Safari","gone":true}
const api = {
  ...tracker,
  open: () => tracker.list_issues({ state: "open" }),
  exists: (number) => tracker.get_issue({ number }).then(() => true, () => false),
};
return {
  open: (await api.open()).total,
  first: (await api.get_issue({ number: 1 })).title,
  gone: !(await api.exists(12)),
};

//// promises replaced by their values in place
//~ returns 7
const load = { issues: tracker.list_issues({}), projects: tracker.list_projects() };
for (const key in load) load[key] = await load[key];
return load.issues.total + load.projects.length;

//// for await over promises
//~ returns ["Login fails on Safari","Rate limit too low"]
const waiting = [1, 3].map((number) => tracker.get_issue({ number }));
const titles = [];
for await (const { title } of waiting) titles.push(title);
return titles;

//// a tool found by search
//~ returns {"name":"crm.list_orders","paid":2}
const hits = await searchTools("list orders", { server: "crm" });
const hit = hits.find(({ name }) => name.endsWith("orders"));
const [server, tool] = hit.name.split(".");
const { total } = await callTool(server, tool, { status: "paid" });
return { name: hit.name, paid: total };

//// fire now, drain later
//~ returns {"comments":6,"failed":1}
const pending = [];
let failed = 0;
let comments = 0;
const fire = (promise) => {
  pending.push(promise.then(({ total }) => { comments += total; }).catch(() => { failed++; }));
};
const { issues } = await tracker.list_issues({});
issues.forEach(({ number }) => fire(tracker.list_comments({ issue: number })));
fire(tracker.get_issue({ number: 404 }));
await Promise.all(pending);
return { comments, failed };

//// an object that can be awaited
//~ returns {"open":3,"again":3}
class Lazy {
  constructor(load) {
    this.load = load;
  }
  then(resolve, reject) {
    this.promise ??= this.load();
    return this.promise.then(resolve, reject);
  }
}
const page = new Lazy(() => tracker.list_issues({ state: "open" }));
const { total } = await page;
return { open: total, again: (await page).issues.length };

//// a getter that gives a promise
//~ returns ["web: 3","api: 2"]
class Project {
  constructor(name) { this.name = name; }
  get page() { return tracker.list_issues({ project: this.name }); }
  async line() {
    const { total } = await this.page;
    return `${this.name}: ${total}`;
  }
}
const lines = [];
for (const { name } of await tracker.list_projects()) lines.push(await new Project(name).line());
return lines;

//// callbacks into a promise
//~ returns "Bolt is in Austin"
const customer = await new Promise((resolve, reject) => {
  crm.get_customer({ id: "c2" }).then(resolve, reject);
});
return `${customer.name} is in ${customer.address.city}`;

//// reshaped and read under new names
//~ returns ["1 by ada","4 by lin"]
const { issues } = await tracker.list_issues({ state: "open" });
const rename = ({ number: id, assignee, ...rest }) => ({ ...rest, id, owner: assignee ? assignee.login : undefined });
const tasks = issues.map(rename).filter((task) => task.owner);
return tasks.map((task) => `${task.id} by ${task.owner}`);
