//// a tool that sounds right
//~ throws get_issue_comments
async function summarize(number: number) {
  const issue = await tracker.get_issue({ number });
  const { comments } = await tracker.get_issue_comments({ issue: number }); //~ error get_issue_comments
  const authors = [...new Set(comments.map((c: any) => c.author.login))];
  return { title: issue.title, authors };
}

const summaries: any[] = [];
for (const n of [1, 4]) {
  try {
    console.log("summarizing", n);
  } catch {
    continue;
  }
  summaries.push(await summarize(n));
}
return summaries;

//// the list is wrapped in data
//~ throws map
const response = await tracker.list_issues({ state: "open", limit: 100 });
console.log(`found ${response.total}`);

const rows = response.data.map((issue: any) => ({ //~ warning data
  number: issue.number,
  title: issue.title,
  owner: issue.assignee?.login ?? "nobody",
}));

rows.sort((a: any, b: any) => a.owner.localeCompare(b.owner));
return rows;

//// the list is wrapped in items
//~ throws iterable
const byCurrency: Record<string, number> = {};
const page = await crm.list_orders({ status: "paid" });

for (const order of page.items) { //~ warning items
  byCurrency[order.currency] = (byCurrency[order.currency] ?? 0) + order.total;
}

const lines = Object.entries(byCurrency).map(([currency, sum]) => `${currency}: ${sum}`);
return lines.join("\n");

//// sizes without await
//~ gives {"total":null,"count":3,"rows":["todo.txt","config.json","data.csv"]} instead of {"total":133,"count":3,"rows":["todo.txt","config.json","data.csv"]}
const names = await files.list_directory({ path: "/notes" });
let total = 0;
const rows: string[] = [];

for (const name of names) {
  const info = files.get_file_info({ path: `/notes/${name}` });
  total += info.size; //~ error size
  rows.push(name);
}

console.log(`${rows.length} files`);
return { total, count: rows.length, rows };

//// a loop over a call
//~ throws iterable
const closedTitles: string[] = [];
const started = Date.now();

for (const project of tracker.list_projects({})) { //~ error list_projects
  if (project.archived) continue;
  const { issues } = await tracker.list_issues({ project: project.name, state: "closed" });
  for (const issue of issues) {
    closedTitles.push(`${project.name}: ${issue.title}`);
  }
}

console.log(`took ${Date.now() - started} ms`);
return closedTitles;

//// write-backs in forEach
//~ gives {"found":3,"done":0} instead of {"found":3,"done":3}
const { issues } = await tracker.list_issues({ label: "bug" });
let done = 0;

issues.forEach(async (issue) => { //~ warning forEach
  const updated = await tracker.update_issue({
    number: issue.number,
    labels: [...issue.labels, "reviewed"],
  });
  if (updated.labels.includes("reviewed")) {
    done++;
    console.log(`reviewed #${updated.number}`);
  }
});

return { found: issues.length, done };

//// an enum value that is none
//~ throws state
async function fetchAll(project?: "web" | "api") {
  const { issues, total } = await tracker.list_issues({ //~ error list_issues
    state: "all",
    limit: 100,
  });
  return { issues, total };
}

const everything = await fetchAll();
const touched = everything.issues.filter((issue) => issue.comments > 0);
return touched.length;

//// pages by number
//~ throws per_page
const perPage = 50;
const everyIssue: any[] = [];
let page = 1;

while (true) {
  const batch = await tracker.list_issues({ state: "open", page, per_page: perPage }); //~ error list_issues per_page
  everyIssue.push(...batch.issues);
  if (batch.issues.length < perPage) break;
  page += 1;
}

return everyIssue.map((issue) => issue.number);

//// the range laid flat
//~ throws range
const result: Record<string, number> = {};

for (const metric of ["cpu", "memory"] as const) {
  const { series } = await metrics.query({ //~ error query range
    metric,
    from: "2026-03-01T00:00:00Z",
    to: "2026-03-02T00:00:00Z",
  });
  const values = series.map((p) => p.value).filter((v) => v != null);
  result[metric] = Math.max(...values);
}

return result;

//// a property of the assignee
//~ gives {"undefined":[1,3,4,5],"unassigned":[2]} instead of {"ada":[1,3],"unassigned":[2],"lin":[4,5]}
const { issues } = await tracker.list_issues({ limit: 100 });

const workload = issues.reduce((acc: Record<string, number[]>, issue) => {
  const owner = issue.assignee ? issue.assignee.username : "unassigned"; //~ warning username
  if (!acc[owner]) acc[owner] = [];
  acc[owner].push(issue.number);
  return acc;
}, {});

return workload;

//// the customer's mail address and the order's amount
//~ gives [{"id":"o1"},{"id":"o4"}] instead of [{"id":"o1","mail":"office@acme.example.com","amount":120.5},{"id":"o4","mail":"team@corvus.example.com","amount":900}]
const customersById: Record<string, any> = {};

async function lookup(id: string) {
  if (!(id in customersById)) {
    customersById[id] = await crm.get_customer({ id });
  }
  return customersById[id];
}

const { orders } = await crm.list_orders({ status: "paid" });
const invoices: any[] = [];
for (const order of orders) {
  const customer = await crm.get_customer({ id: order.customer_id });
  invoices.push({
    id: order.id,
    mail: customer.emial, //~ warning emial email
    amount: order.amount, //~ warning amount
  });
}
return invoices;

//// a promise in a line of the report
//~ gives "Health\n- issues: [object Promise]\n- cpu: 0.75 ratio" instead of "Health\n- issues: 3\n- cpu: 0.75 ratio"
const openCount = tracker.list_issues({ state: "open" }).then((page) => page.total);
const cpu = await metrics.latest({ metric: "cpu" });

const report: string[] = ["Health"];
report.push(`- issues: ${openCount}`); //~ warning
report.push(`- cpu: ${cpu.value} ${cpu.unit}`);

return report.join("\n");

//// an id that is still a promise
//~ throws customer_id
async function findCustomerId(name: string) {
  const { customers } = await crm.find_customers({ query: name, limit: 1 });
  if (customers.length === 0) throw new Error(`no customer ${name}`);
  return customers[0].id;
}

const id = findCustomerId("acme");
const { orders } = await crm.list_orders({ customer_id: id }); //~ error list_orders
return orders.length;

//// comments left without waiting
//~ gives {"noted":[null,null],"skipped":[2]} instead of {"noted":[17,18],"skipped":[2]}
const notify = async (issue: number, text: string) => {
  console.log(`commenting on #${issue}`);
  tracker.add_comment({ issue, body: text }); //~ warning add_comment
};

const { issues } = await tracker.list_issues({ state: "open" });
const noted: (number | null)[] = [];
const skipped: number[] = [];

for (const issue of issues) {
  if (issue.comments === 0) {
    skipped.push(issue.number);
    continue;
  }
  const comment: any = await notify(issue.number, "Any news?");
  noted.push(comment?.id ?? null);
}

return { noted, skipped };

//// the priority in words
//~ throws priority
const overdue = await tracker.list_issues({ label: "bug", state: "open" });

if (overdue.total > 0) {
  const body = overdue.issues.map((issue) => `#${issue.number} ${issue.title}`).join("\n");
  const message = await my_mail.send_message({ //~ error priority
    to: ["team@example.com"],
    subject: `${overdue.total} open bugs`,
    body,
    priority: "high",
  });
  return message.id;
}
return null;

//// the whole answer taken for the list
//~ throws filter
const cache = new Map<string, any>();

async function ordersOf(customerId: string) {
  const orders = await crm.list_orders({ customer_id: customerId });
  const open = orders.filter((order: any) => order.status === "open"); //~ warning filter
  cache.set(customerId, open);
  return open;
}

const acme = await ordersOf("c1");
const bolt = cache.has("c2") ? cache.get("c2") : await ordersOf("c2");
return { acme: acme.length, bolt: bolt.length };

//// a wrapper that was taken off
//~ throws map
const answer = await tracker.list_projects({});
const leads = answer.projects.map((project: any) => project.lead); //~ warning projects

const open: Record<string, number> = {};
for (const lead of leads) {
  const { issues } = await tracker.list_issues({ state: "open" });
  open[lead] = issues.filter((issue) => issue.assignee?.login === lead).length;
}
return open;

//// arguments nested in one more object
//~ throws issue
async function withRetry<T>(fn: () => Promise<T>, retries = 2): Promise<T> {
  let last: unknown;
  for (let attempt = 0; attempt <= retries; attempt++) {
    try {
      return await fn();
    } catch (error) {
      last = error;
    }
  }
  throw last;
}

const title = await withRetry(async () => (await tracker.get_issue({ number: 4 })).title);
const created = await tracker.create_issue({ //~ error create_issue
  issue: {
    project: "api",
    title: `Follow-up: ${title}`,
    labels: ["bug"],
  },
});
return created.number;
