//// weekly status report in markdown over three servers
//~ returns "# Weekly status\n\n## Open issues (3)\n\n| # | title | owner |\n|---|---|---|\n| 1 | Login fails on Safari | Ada Byron |\n| 2 | Dark mode | unassigned |\n| 4 | Timeout on export | Lin Chen |\n\n## Revenue (paid)\n\n- EUR: 120.50\n- NOK: 900.00\n\n## Health\n\n- db: ok\n- cache: cold"
interface ReportSection {
  heading: string;
  lines: string[];
}

const [{ issues, total }, { orders }, health] = await Promise.all([
  tracker.list_issues({ state: "open" }),
  crm.list_orders({ status: "paid" }),
  metrics.health({ verbose: true }),
]);

// --- issues -----------------------------------------------------------
const issueSection: ReportSection = {
  heading: `Open issues (${total})`,
  lines: [
    "| # | title | owner |",
    "|---|---|---|",
    ...issues.map((issue) => `| ${issue.number} | ${issue.title} | ${issue.assignee?.name ?? "unassigned"} |`),
  ],
};

// --- revenue ----------------------------------------------------------
const revenueByCurrency = new Map<string, number>();
for (const order of orders) {
  const previous = revenueByCurrency.get(order.currency) ?? 0;
  revenueByCurrency.set(order.currency, previous + order.total);
}
const revenueSection: ReportSection = {
  heading: "Revenue (paid)",
  lines: [...revenueByCurrency.entries()]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([currency, amount]) => `- ${currency}: ${amount.toFixed(2)}`),
};

// --- health -----------------------------------------------------------
const healthSection: ReportSection = {
  heading: "Health",
  lines: Object.entries(health.parts).map(([part, status]) => `- ${part}: ${status.ok ? "ok" : status.message ?? "down"}`),
};

const render = (section: ReportSection): string => [`## ${section.heading}`, "", ...section.lines].join("\n");
return ["# Weekly status", ...[issueSection, revenueSection, healthSection].map(render)].join("\n\n");

//// customer overview joined with orders and messages
//~ returns [{"name":"Corvus","tier":"pro","spent":900,"open":0,"skus":["B-7"]},{"name":"Acme","tier":"enterprise","spent":120.5,"open":80,"skus":["A-1","B-7"]},{"name":"Bolt","tier":"free","spent":0,"open":0,"skus":["C-3"]}]
type Customer = { id: string; name: string; tier: "free" | "pro" | "enterprise" };
type OrderLine = { sku: string; quantity: number; price: number };
type Order = { id: string; customer_id: string; status: string; total: number; lines: OrderLine[] };
type Row = { name: string; tier: string; spent: number; open: number; skus: string[] };

function sumTotals(orders: Order[], status: string): number {
  return orders.filter((o) => o.status === status).reduce((sum, o) => sum + o.total, 0);
}

async function fetchAll(): Promise<{ customers: Customer[]; ordersByCustomer: Map<string, Order[]> }> {
  const [customerResult, orderResult] = await Promise.all([crm.find_customers({}), crm.list_orders({})]);
  const ordersByCustomer = new Map<string, Order[]>();
  for (const order of orderResult.orders) {
    const bucket = ordersByCustomer.get(order.customer_id);
    if (bucket) {
      bucket.push(order);
    } else {
      ordersByCustomer.set(order.customer_id, [order]);
    }
  }
  return { customers: customerResult.customers, ordersByCustomer };
}

async function main(): Promise<Row[]> {
  const { customers, ordersByCustomer } = await fetchAll();
  const rows: Row[] = customers.map((customer) => {
    const own = ordersByCustomer.get(customer.id) ?? [];
    return {
      name: customer.name,
      tier: customer.tier,
      spent: sumTotals(own, "paid"),
      open: sumTotals(own, "open"),
      skus: [...new Set(own.flatMap((o) => o.lines.map((l) => l.sku)))].sort(),
    };
  });
  rows.sort((a, b) => b.spent - a.spent || a.name.localeCompare(b.name));
  return rows;
}

return await main();

//// csv export with a small csv library in the script
//~ returns "number,title,labels,assignee\n1,Login fails on Safari,\"bug,auth\",ada\n2,Dark mode,feature,\n3,Rate limit too low,,ada\n4,Timeout on export,\"bug,export\",lin\n5,Typo on the home page,bug,lin\n"
type Cell = string | number | null | undefined;

const csv = {
  escape(value: Cell): string {
    const text = value === null || value === undefined ? "" : String(value);
    return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  },
  row(cells: Cell[]): string {
    return cells.map((cell) => this.escape(cell)).join(",");
  },
  table<T>(columns: Record<string, (item: T) => Cell>, items: T[]): string {
    const header = this.row(Object.keys(columns));
    const body = items.map((item) => this.row(Object.values(columns).map((pick) => pick(item))));
    return [header, ...body].join("\n") + "\n";
  },
};

const { issues } = await tracker.list_issues({ limit: 100 });
return csv.table(
  {
    number: (i: any) => i.number,
    title: (i: any) => i.title,
    labels: (i: any) => i.labels.join(","),
    assignee: (i: any) => i.assignee?.login,
  },
  issues,
);

//// top commenters across all issues that have comments
//~ returns {"scanned":3,"top":[{"login":"ada","comments":3,"issues":[1,3,4]},{"login":"lin","comments":3,"issues":[1,4]}],"busiest":"Timeout on export"}
const { issues } = await tracker.list_issues({});

// No need to ask for the comments of issues that have none.
const withComments = issues.filter((issue) => issue.comments > 0);

const commentLists = await Promise.all(
  withComments.map(async (issue) => {
    const { comments } = await tracker.list_comments({ issue: issue.number });
    return { issue, comments };
  }),
);

interface Stat {
  login: string;
  comments: number;
  issues: Set<number>;
}

const stats: Record<string, Stat> = {};
for (const { issue, comments } of commentLists) {
  for (const comment of comments) {
    const { login } = comment.author;
    stats[login] ??= { login, comments: 0, issues: new Set() };
    stats[login].comments += 1;
    stats[login].issues.add(issue.number);
  }
}

const top = Object.values(stats)
  .sort((a, b) => b.comments - a.comments || a.login.localeCompare(b.login))
  .slice(0, 3)
  .map((stat) => ({ ...stat, issues: [...stat.issues].sort((a, b) => a - b) }));

const busiest = [...commentLists].sort((a, b) => b.comments.length - a.comments.length)[0];

return {
  scanned: commentLists.length,
  top,
  busiest: busiest?.issue.title ?? null,
};

//// metrics dashboard with gaps filled
//~ returns [{"metric":"cpu","latest":"0.75 ratio","avg":0.7,"max":0.9,"gaps":1},{"metric":"memory","latest":"512 MiB","avg":384,"max":512,"gaps":0},{"metric":"requests","latest":"42 1/s","avg":384,"max":512,"gaps":0}]
type MetricName = "cpu" | "memory" | "requests";

interface Summary {
  metric: string;
  latest: string;
  avg: number;
  max: number;
  gaps: number;
}

const round = (n: number, digits = 3) => Number(n.toFixed(digits));

async function summarize(metric: MetricName): Promise<Summary> {
  const range = { from: "2026-03-01T00:00:00Z", to: "2026-03-02T00:00:00Z" };
  const [now, history] = await Promise.all([
    metrics.latest({ metric }),
    metrics.query({ metric, range, step: 3600 }),
  ]);
  const values = history.series.map((point) => point.value).filter((v): v is number => v !== null);
  return {
    metric,
    latest: `${now.value} ${now.unit}`,
    avg: round(values.reduce((a, b) => a + b, 0) / values.length),
    max: Math.max(...values),
    gaps: history.series.length - values.length,
  };
}

const { metrics: names } = await metrics.list_metrics({});
const summaries: Summary[] = [];
for (const name of names) summaries.push(await summarize(name as MetricName));
return summaries;

//// inbox digest with senders resolved in the tracker
//~ returns [{"from":"ada@example.com","login":"ada","openIssues":[1],"subjects":["Hello"],"unread":1},{"from":"lin@example.com","login":"lin","openIssues":[4],"subjects":["Numbers"],"unread":0}]
const inbox = await my_mail.list_messages({ folder: "inbox" });
const { issues: open } = await tracker.list_issues({ state: "open" });

const loginOf = (address: string): string => address.split("@")[0];

const digest = new Map<string, { from: string; login: string; openIssues: number[]; subjects: string[]; unread: number }>();
for (const message of inbox) {
  const from: string = message.from;
  let entry = digest.get(from);
  if (!entry) {
    const login = loginOf(from);
    entry = {
      from,
      login,
      openIssues: open.filter((i) => i.assignee?.login === login).map((i) => i.number),
      subjects: [],
      unread: 0,
    };
    digest.set(from, entry);
  }
  entry.subjects.push(message.subject);
  if (message.unread) entry.unread++;
}

return Array.from(digest.values());

//// directory listing as a tree with sizes
//~ returns "/notes (folder, 3 entries, 133 bytes)\n  config.json  83  2026-03-02\n  data.csv     30  never\n  todo.txt     20  2026-03-01"
const root = "/notes";
const entries = await files.list_directory({ path: root });
const rootInfo = await files.get_file_info({ path: root });

const infos = await Promise.all(
  entries.map(async (name) => {
    const info = await files.get_file_info({ path: `${root}/${name}` });
    return { name, ...info };
  }),
);

infos.sort((a, b) => b.size - a.size);
const bytes = infos.reduce((sum, info) => sum + info.size, 0);
const width = Math.max(...infos.map((info) => info.name.length));

const lines = infos.map(
  (info) => `  ${info.name.padEnd(width)}  ${info.size}  ${info.modified ?? "never"}`,
);

return [`${root} (${rootInfo.kind}, ${entries.length} entries, ${bytes} bytes)`, ...lines].join("\n");

//// generic groupBy and countBy helpers used with several shapes
//~ returns {"issuesByProject":{"web":3,"api":2},"customersByCountry":{"DE":1,"US":1,"NO":1},"ordersByStatus":{"paid":["o1","o4"],"open":["o2"],"refunded":["o3"]},"oldestPerProject":{"web":1,"api":3}}
function groupBy<T, K extends string>(items: readonly T[], keyOf: (item: T) => K): Record<K, T[]> {
  const groups = {} as Record<K, T[]>;
  for (const item of items) {
    const key = keyOf(item);
    (groups[key] ??= []).push(item);
  }
  return groups;
}

function mapValues<A, B>(record: Record<string, A>, fn: (value: A, key: string) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, fn(value, key)]));
}

const countBy = <T,>(items: readonly T[], keyOf: (item: T) => string) => mapValues(groupBy(items, keyOf), (group) => group.length);

const { issues } = await tracker.list_issues({});
const { customers } = await crm.find_customers({});
const { orders } = await crm.list_orders({});

const byProject = groupBy(issues, (issue) => issue.project);

return {
  issuesByProject: countBy(issues, ({ project }) => project),
  customersByCountry: countBy(customers, ({ address }) => address.country),
  ordersByStatus: mapValues(groupBy(orders, (order) => order.status), (group) => group.map((order) => order.id)),
  oldestPerProject: mapValues(byProject, (group) => group.reduce((a, b) => (a.created_at < b.created_at ? a : b)).number),
};

//// report builder class with fluent sections
//~ returns "== Leads ==\nweb: ada (2 open)\napi: lin (1 open)\n\n== Customers ==\nAcme <office@acme.example.com>\nBolt <hi@bolt.example.com>\nCorvus <team@corvus.example.com>\n\n(2 sections)"
class ReportBuilder {
  private readonly parts: string[] = [];
  #sections = 0;

  section(title: string, lines: string[]): this {
    this.parts.push([`== ${title} ==`, ...lines].join("\n"));
    this.#sections++;
    return this;
  }

  async asyncSection(title: string, produce: () => Promise<string[]>): Promise<this> {
    return this.section(title, await produce());
  }

  get count(): number {
    return this.#sections;
  }

  build(): string {
    return [...this.parts, `(${this.count} sections)`].join("\n\n");
  }
}

const report = new ReportBuilder();

await report.asyncSection("Leads", async () => {
  const projects = await tracker.list_projects({});
  const lines: string[] = [];
  for (const project of projects.filter((p) => !p.archived)) {
    const { total } = await tracker.list_issues({ project: project.name as "web" | "api", state: "open", limit: 1 });
    lines.push(`${project.name}: ${project.lead} (${total} open)`);
  }
  return lines;
});

await report.asyncSection("Customers", async () =>
  (await crm.find_customers({})).customers.map((c) => `${c.name} <${c.email}>`),
);

return report.build();

//// sku revenue from nested order lines as a markdown table
//~ returns "| sku | units | orders | revenue |\n| --- | ---: | ---: | ---: |\n| B-7 | 10 | 2 | 920.50 |\n| A-1 | 3 | 2 | 180.00 |\n| C-3 | 3 | 1 | 15.00 |"
interface SkuTotals {
  units: number;
  revenue: number;
  orders: Set<string>;
}

const result = await crm.list_orders({});
const totals = result.orders
  .flatMap((order) => order.lines.map((line) => ({ ...line, orderId: order.id })))
  .reduce((acc, line) => {
    const entry: SkuTotals = acc.get(line.sku) ?? { units: 0, revenue: 0, orders: new Set<string>() };
    entry.units += line.quantity;
    entry.revenue += line.quantity * line.price;
    entry.orders.add(line.orderId);
    return acc.set(line.sku, entry);
  }, new Map<string, SkuTotals>());

const rows = [...totals]
  .sort(([, a], [, b]) => b.revenue - a.revenue)
  .map(([sku, t]) => [sku, t.units, t.orders.size, t.revenue.toFixed(2)]);

const toMarkdown = (header: string[], align: string[], body: unknown[][]) =>
  [header, align, ...body].map((cells) => `| ${cells.join(" | ")} |`).join("\n");

return toMarkdown(["sku", "units", "orders", "revenue"], ["---", "---:", "---:", "---:"], rows);

//// sections that may fail each on their own
//~ returns {"sections":{"issues":{"open":3},"notes":{"items":3},"backup":{"error":"no such file"},"inbox":{"unread":1}},"failed":["backup"]}
type Section = Record<string, unknown>;

const jobs: Record<string, () => Promise<Section>> = {
  issues: async () => ({ open: (await tracker.list_issues({ state: "open" })).total }),
  notes: async () => {
    const text = await files.read_text_file({ path: "/notes/todo.txt" });
    return { items: text.trim().split("\n").length };
  },
  backup: async () => {
    const info = await files.get_file_info({ path: "/backup/latest.tar" });
    return { size: info.size };
  },
  inbox: () => my_mail.list_messages({ folder: "inbox", unread: true }).then((messages) => ({ unread: messages.length })),
};

const names = Object.keys(jobs);
const settled = await Promise.allSettled(names.map((name) => jobs[name]()));

const sections: Record<string, Section> = {};
const failed: string[] = [];
settled.forEach((outcome, index) => {
  const name = names[index];
  if (outcome.status === "fulfilled") {
    sections[name] = outcome.value;
  } else {
    sections[name] = { error: outcome.reason.message.split("\n")[0] };
    failed.push(name);
  }
});

return { sections, failed };

//// issue timeline with comments merged and sorted by date
//~ returns ["2026-03-01T09:00 opened #1 Login fails on Safari","2026-03-01T11:00 lin on #1","2026-03-01T12:00 ada on #1","2026-03-02T10:30 opened #2 Dark mode","2026-03-05T12:00 opened #5 Typo on the home page"]
interface TimelineEvent {
  at: Date;
  text: string;
}

const PROJECT = "web" as const;
const events: TimelineEvent[] = [];
const add = (iso: string, text: string): void => {
  events.push({ at: new Date(iso), text });
};

const { issues } = await tracker.list_issues({ project: PROJECT });
const commentsOf = new Map(
  await Promise.all(
    issues.map(async ({ number }) => [number, (await tracker.list_comments({ issue: number })).comments] as const),
  ),
);

for (const issue of issues) {
  add(issue.created_at, `opened #${issue.number} ${issue.title}`);
  for (const { author, created_at } of commentsOf.get(issue.number) ?? []) {
    add(created_at, `${author.login} on #${issue.number}`);
  }
}

events.sort((a, b) => a.at.getTime() - b.at.getTime());
return events.map(({ at, text }) => `${at.toISOString().slice(0, 16)} ${text}`);
