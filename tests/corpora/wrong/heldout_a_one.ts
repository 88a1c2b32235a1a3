//// weekly report that reads a camel case date
//~ throws reading 'slice'
interface ReportSection {
  heading: string;
  lines: string[];
}

const [{ issues, total }, { orders }, health] = await Promise.all([
  tracker.list_issues({ state: "open" }),
  crm.list_orders({ status: "paid" }),
  metrics.health({ verbose: true }),
]);

const sections: ReportSection[] = [];

sections.push({
  heading: `Open issues (${total})`,
  lines: issues.map((issue) => {
    const owner = issue.assignee?.name ?? "unassigned";
    const day = issue.createdAt.slice(0, 10); //~ warning createdAt created_at
    return `- #${issue.number} ${issue.title} (${owner}, since ${day})`;
  }),
});

sections.push({
  heading: "Paid orders",
  lines: orders.map((order) => `- ${order.id}: ${order.total.toFixed(2)} ${order.currency}`),
});

sections.push({
  heading: `Health: ${health.ok ? "ok" : "degraded"}`,
  lines: Object.entries(health.parts)
    .filter(([, part]) => !part.ok)
    .map(([name, part]) => `- ${name}: ${part.message ?? "no message"}`),
});

return sections.map(({ heading, lines }) => [`## ${heading}`, ...lines].join("\n")).join("\n\n");

//// customer table that forgets the nesting of the address
//~ gives {"counts":{"DE":0,"US":0,"NO":0},"spent":{"Acme":200.5,"Bolt":15,"Corvus":900}} instead of {"counts":{"DE":1,"US":1,"NO":1},"spent":{"Acme":200.5,"Bolt":15,"Corvus":900}}
type Tier = "free" | "pro" | "enterprise";

const COUNTRIES = ["DE", "US", "NO"] as const;

async function customersOf(tier: Tier) {
  const { customers } = await crm.find_customers({ tier, limit: 50 });
  return customers;
}

const tiers: Tier[] = ["free", "pro", "enterprise"];
const lists = await Promise.all(tiers.map(customersOf));
const customers = lists.flat();

const counts: Record<string, number> = {};
for (const country of COUNTRIES) {
  counts[country] = customers.filter((customer) => {
    return customer.country === country; //~ warning country
  }).length;
}

const spent: Record<string, number> = {};
for (const customer of customers) {
  const { orders } = await crm.list_orders({ customer_id: customer.id });
  spent[customer.name] = orders.reduce((sum, order) => sum + order.total, 0);
}

return { counts, spent };

//// order join that reads a customer object
//~ throws reading 'name'
const customerCache = new Map();

async function getCustomer(id) {
  if (!customerCache.has(id)) {
    customerCache.set(id, await crm.get_customer({ id }));
  }
  return customerCache.get(id);
}

async function main() {
  const { orders } = await crm.list_orders({});
  const rows = [];
  for (const order of orders) {
    const customer = await getCustomer(order.customer_id);
    const units = order.lines.reduce((sum, line) => sum + line.quantity, 0);
    rows.push({
      order: order.id,
      status: order.status,
      city: customer.address.city,
      customer: order.customer.name, //~ warning customer
      units,
    });
  }
  rows.sort((a, b) => b.units - a.units);
  return rows;
}

return main();

//// wrapper data around the list of issues
//~ throws reading 'map'
async function fetchIssues(project: "web" | "api") {
  const response = await tracker.list_issues({ project, state: "open", limit: 100 });
  return response.data; //~ warning data
}

// Pipes would break the table.
function cell(value: string | number): string {
  return String(value).replaceAll("|", "\\|").trim();
}

function row(...cells: (string | number)[]): string {
  return `| ${cells.map(cell).join(" | ")} |`;
}

async function buildTable(): Promise<string> {
  const [web, api] = await Promise.all([fetchIssues("web"), fetchIssues("api")]);
  const lines: string[] = [row("#", "title"), row("---", "---")];
  lines.push(...web.map((issue) => row(issue.number, issue.title)));
  lines.push(...api.map((issue) => row(issue.number, issue.title)));
  return lines.join("\n");
}

return await buildTable();

//// items in a paging loop
//~ throws is not iterable
const pageSize = 2;
const all: { number: number; title: string }[] = [];
let limit = pageSize;
let done = false;

while (!done) {
  const page = await tracker.list_issues({ limit });
  const items = page.items; //~ warning items
  all.length = 0;
  all.push(...items);
  done = all.length >= page.total;
  limit += pageSize;
}

const byProject = new Map<string, number>();
for (const { project } of all as any[]) {
  byProject.set(project, (byProject.get(project) ?? 0) + 1);
}

return {
  total: all.length,
  perProject: Object.fromEntries(byProject),
  titles: all.map((issue) => issue.title),
};

//// list_projects taken for an object
//~ throws is not iterable
const { projects } = await tracker.list_projects({}); //~ warning projects

const percent = (part, whole) => (whole === 0 ? 0 : Math.round((part / whole) * 100));

const summary = [];
for (const project of projects) {
  if (project.archived) continue;
  const open = await tracker.list_issues({ project: project.name, state: 'open' });
  const closed = await tracker.list_issues({ project: project.name, state: 'closed' });
  summary.push({
    name: project.name,
    lead: project.lead,
    open: open.total,
    closed: closed.total,
    ratio: closed.total / (open.total + closed.total),
  });
}
summary.sort((a, b) => b.ratio - a.ratio);

const header = ['project', 'lead', 'open', 'closed', 'done'].join(',');
const csv = summary.map((s) => [s.name, s.lead, s.open, s.closed, percent(s.closed, s.open + s.closed) + '%'].join(','));
return [header, ...csv].join('\n');

//// created issue read through a wrapper
//~ throws reading 'number'
const LABELS = ["ops", "health"];

async function openIssueFor(part: string, message: string) {
  const response = await tracker.create_issue({
    project: "api",
    title: `Health check failed: ${part}`,
    body: message,
    labels: LABELS,
  });
  return response.issue.number; //~ warning issue
}

const { parts } = await metrics.health({ verbose: true });
const created: Record<string, number> = {};

for (const [name, part] of Object.entries(parts)) {
  if (part.ok) continue;
  created[name] = await openIssueFor(name, part.message ?? "unknown reason");
}

const numbers = Object.values(created);
return { created, count: numbers.length, max: Math.max(...numbers) };

//// comment statistics with author names of another api
//~ gives {"undefined":6} instead of {"lin":3,"ada":3}
const { issues } = await tracker.list_issues({});

interface FlatComment {
  issue: number;
  who: string;
  at: string;
}

const nested = await Promise.all(
  issues
    .filter((issue) => issue.comments > 0)
    .map(async (issue): Promise<FlatComment[]> => {
      const { comments } = await tracker.list_comments({ issue: issue.number });
      return comments.map((comment) => ({
        issue: issue.number,
        who: comment.author.username, //~ warning username
        at: comment.created_at,
      }));
    }),
);

const flat = nested.flat().sort((a, b) => a.at.localeCompare(b.at));
console.log(`${flat.length} comments between ${flat[0].at} and ${flat[flat.length - 1].at}`);

return flat.reduce<Record<string, number>>((acc, comment) => {
  acc[comment.who] = (acc[comment.who] ?? 0) + 1;
  return acc;
}, {});

//// number of comments taken for a list
//~ gives {"active":[],"byAssignee":{"ada":2,"nobody":1,"lin":2}} instead of {"active":[4,1,3],"byAssignee":{"ada":2,"nobody":1,"lin":2}}
const { issues } = await tracker.list_issues({ limit: 100 });

const by = (list, keyOf) => {
  const counts = {};
  for (const item of list) {
    const key = keyOf(item);
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
};

const byAssignee = by(issues, (issue) => issue.assignee?.login ?? 'nobody');

const active = issues
  .filter(({ state, comments }) => state === "open" || state === "closed")
  .filter((issue) => issue.comments.length > 0) //~ warning length
  .sort((a, b) => b.comments - a.comments)
  .map((issue) => issue.number);

return { active, byAssignee };

//// labels taken for objects with a name
//~ gives {"labels":{"undefined":6},"months":{"2026-03":5},"unlabelled":[3]} instead of {"labels":{"bug":3,"auth":1,"feature":1,"export":1},"months":{"2026-03":5},"unlabelled":[3]}
const tally = (keys) => {
  const counts = {};
  for (const key of keys) counts[key] = (counts[key] || 0) + 1;
  return counts;
};

const openIssues = (await tracker.list_issues({ state: 'open' })).issues;
const closedIssues = (await tracker.list_issues({ state: 'closed' })).issues;

const all = [...openIssues, ...closedIssues];
const months = tally(all.map((issue) => issue.created_at.slice(0, 7)));
const unlabelled = all.filter(({ labels }) => labels.length === 0).map(({ number }) => number);

const labels = all.flatMap((issue) => issue.labels);
const names = labels.map((label) => label.name); //~ warning name

return { labels: tally(names), months, unlabelled };

//// metric history with points of another product
//~ throws reading 'filter'
type Metric = "cpu" | "memory";

const RANGE = { from: "2026-03-01T00:00:00Z", to: "2026-03-01T23:59:59Z" };

async function average(metric: Metric): Promise<number> {
  const history = await metrics.query({ metric, range: RANGE, step: 3600 });
  const known = history.points.filter((p) => p.value !== null); //~ warning points
  const sum = known.reduce((acc, p) => acc + p.value, 0);
  return known.length === 0 ? 0 : sum / known.length;
}

const report: Record<string, string> = {};
for (const metric of ["cpu", "memory"] as Metric[]) {
  const [avg, latest] = await Promise.all([average(metric), metrics.latest({ metric })]);
  report[metric] = `${avg.toFixed(2)} (now ${latest.value} ${latest.unit})`;
}

const { ok, parts } = await metrics.health({});
if (!ok) {
  const broken = Object.keys(parts).filter((name) => !parts[name].ok);
  report.health = `broken: ${broken.join(", ")}`;
}
return report;

//// file inventory with stat names of node
//~ gives {"bytes":133,"files":[]} instead of {"bytes":133,"files":["config.json","data.csv","todo.txt"]}
const dir = "/notes";

class Inventory {
  constructor(root) {
    this.root = root;
    this.entries = [];
  }

  async load() {
    const names = await files.list_directory({ path: this.root });
    for (const name of names) {
      const info = await files.get_file_info({ path: `${this.root}/${name}` });
      const type = info.type; //~ warning type
      this.entries.push({ name, size: info.size, type, modified: info.modified ?? null });
    }
    return this;
  }

  get bytes() {
    return this.entries.reduce((sum, entry) => sum + entry.size, 0);
  }

  filesOnly() {
    return this.entries.filter((entry) => entry.type === "file").map((entry) => entry.name).sort();
  }
}

const inventory = await new Inventory(dir).load();
return { bytes: inventory.bytes, files: inventory.filesOnly() };

//// two wrong names in a long reconciliation
//~ gives {"revenue":[["A-1",null],["B-7",null],["C-3",null]],"contacts":[null,null,null]} instead of {"revenue":[["A-1",180],["B-7",920.5],["C-3",15]],"contacts":["office@acme.example.com","hi@bolt.example.com","team@corvus.example.com"]}
interface Bucket {
  sku: string;
  revenue: number;
}

const { orders } = await crm.list_orders({});
const { customers } = await crm.find_customers({});

const buckets = new Map<string, Bucket>();
for (const order of orders) {
  for (const line of order.lines) {
    const bucket = buckets.get(line.sku) ?? { sku: line.sku, revenue: 0 };
    bucket.revenue += line.quantity * line.unitPrice; //~ warning unitPrice
    buckets.set(line.sku, bucket);
  }
}

const contacts: string[] = [];
for (const customer of customers) {
  const address = customer.emailAddress; //~ warning emailAddress
  contacts.push(address);
}

const revenue = [...buckets.values()]
  .sort((a, b) => a.sku.localeCompare(b.sku))
  .map((bucket) => [bucket.sku, bucket.revenue]);

return { revenue, contacts };
