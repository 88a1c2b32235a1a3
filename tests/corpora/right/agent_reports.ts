//// status report in markdown
//~ returns "# Status\n## web (lead: ada), 2 open\n- #1 Login fails on Safari [bug, auth] → Ada Byron\n- #2 Dark mode [feature] → unassigned\n## api (lead: lin), 1 open\n- #4 Timeout on export [bug, export] → Lin Chen"
// Build a short markdown status report
const projects = await tracker.list_projects();
const lines: string[] = ["# Status"];
for (const project of projects) {
  const { issues, total } = await tracker.list_issues({
    project: project.name as "web" | "api",
    state: "open",
  });
  lines.push(`## ${project.name} (lead: ${project.lead}), ${total} open`);
  for (const issue of issues) {
    const who = issue.assignee ? issue.assignee.name : "unassigned";
    lines.push(`- #${issue.number} ${issue.title} [${issue.labels.join(", ")}] → ${who}`);
  }
}
return lines.join("\n");

//// workload by assignee
//~ returns {"ada":{"open":1,"closed":1},"lin":{"open":1,"closed":1},"nobody":{"open":1,"closed":0}}
const { issues } = await tracker.list_issues({});
const workload = new Map<string, { open: number; closed: number }>();
for (const { assignee, state } of issues) {
  const key = assignee?.login ?? "nobody";
  const entry = workload.get(key) ?? { open: 0, closed: 0 };
  entry[state]++;
  workload.set(key, entry);
}
return Object.fromEntries([...workload].sort(([a], [b]) => a.localeCompare(b)));

//// revenue by currency
//~ returns {"totals":{"EUR":120.5,"NOK":900},"formatted":["EUR 120.50","NOK 900.00"]}
const { orders } = await crm.list_orders({ status: "paid" });
const totals = orders.reduce<Record<string, number>>((sum, order) => {
  sum[order.currency] = (sum[order.currency] ?? 0) + order.total;
  return sum;
}, {});
const formatted = Object.entries(totals).map(([currency, amount]) => `${currency} ${amount.toFixed(2)}`);
return { totals, formatted };

//// dashboard of all metrics
//~ returns {"readings":[{"metric":"cpu","display":"0.75 ratio"},{"metric":"memory","display":"512 MiB"},{"metric":"requests","display":"42 1/s"}],"healthy":false,"broken":["cache: cold"]}
async function main() {
  const { metrics: names } = await metrics.list_metrics();

  const readings = await Promise.all(
    names.map(async (metric) => {
      const { value, unit } = await metrics.latest({ metric });
      return { metric, display: `${value} ${unit}` };
    })
  );

  const health = await metrics.health({ verbose: true });
  const broken = Object.entries(health.parts)
    .filter(([, part]) => !part.ok)
    .map(([name, part]) => `${name}: ${part.message ?? "no message"}`);

  return { readings, healthy: health.ok, broken };
}

return main();

//// statistics of a series with gaps
//~ returns {"unit":"ratio","points":4,"missing":1,"min":0.5,"max":0.9,"mean":0.7}
const { series, unit } = await metrics.query({
  metric: "cpu",
  range: { from: "2026-03-01T00:00:00Z" },
  step: 3600,
});
const values = series.map((point) => point.value).filter((value): value is number => value !== null);
const mean = values.reduce((a, b) => a + b, 0) / values.length;
return {
  unit,
  points: series.length,
  missing: series.length - values.length,
  min: Math.min(...values),
  max: Math.max(...values),
  mean: Number(mean.toFixed(2)),
};

//// issues as CSV
//~ returns "number,title,state,created_at\n1,Login fails on Safari,open,2026-03-01T09:00:00Z\n2,Dark mode,open,2026-03-02T10:30:00Z\n3,Rate limit too low,closed,2026-03-03T08:15:00Z"
const columns = ["number", "title", "state", "created_at"] as const;
const { issues } = await tracker.list_issues({ limit: 3 });
const escapeCell = (value: unknown) =>
  /[",\n]/.test(String(value)) ? `"${String(value).replace(/"/g, '""')}"` : String(value);
const rows = issues.map((issue) => columns.map((column) => escapeCell(issue[column])).join(","));
return [columns.join(","), ...rows].join("\n");

//// most discussed issues with their last comment
//~ returns [{"title":"Timeout on export","last":"Agreed.","by":"Lin Chen"},{"title":"Login fails on Safari","last":"Looking into it.","by":"Ada Byron"}]
const { issues } = await tracker.list_issues({ state: "open" });
const top = issues
  .filter((i) => i.comments > 0)
  .sort((a, b) => b.comments - a.comments)
  .slice(0, 2);
const details = await Promise.all(top.map((i) => tracker.list_comments({ issue: i.number })));
return top.map((issue, index) => ({
  title: issue.title,
  last: details[index].comments.at(-1)?.body ?? null,
  by: details[index].comments[details[index].comments.length - 1].author.name,
}));

//// customers in aligned columns
//~ returns "Name   | Tier       | Place\nAcme   | enterprise | Berlin, DE\nBolt   | free       | Austin, US\nCorvus | pro        | Oslo, NO"
const { customers } = await crm.find_customers({});
const rows = customers.map(c => [c.name, c.tier, c.address.city + ", " + c.address.country]);
const header = ["Name", "Tier", "Place"];
const widths = header.map((title, column) => Math.max(title.length, ...rows.map(row => row[column].length)));
const format = (row: string[]) => row.map((cell, column) => cell.padEnd(widths[column])).join(" | ").trimEnd();
return [header, ...rows].map(format).join("\n");

//// digest grouped by day
//~ returns ["2026-03-01: #1","2026-03-02: #2","2026-03-03: #3","2026-03-04: #4","2026-03-05: #5"]
const { issues } = await tracker.list_issues({});
const byDay = Object.groupBy(issues, (issue) => issue.created_at.slice(0, 10));
return Object.entries(byDay).map(([day, list]) => `${day}: ${list!.map((issue) => `#${issue.number}`).join(" ")}`);

//// age of open issues in days
//~ returns {"ages":[{"number":1,"days":9},{"number":2,"days":8},{"number":4,"days":6}],"oldest":1}
const now = new Date("2026-03-11T00:00:00Z");
const { issues } = await tracker.list_issues({ state: "open" });
const ages = issues.map(({ number, created_at }) => ({
  number,
  days: Math.floor((now.getTime() - new Date(created_at).getTime()) / 86_400_000),
}));
const oldest = ages.reduce((a, b) => (b.days > a.days ? b : a));
return { ages, oldest: oldest.number };

//// sections made by a class
//~ returns ["open: o2 80 EUR","paid: o1 120.5 EUR; o4 900 NOK","refunded: o3 15 USD"]
class Section {
  title;
  rows;
  constructor(title, rows) {
    this.title = title;
    this.rows = rows;
  }
  get text() {
    return `${this.title}: ${this.rows.length ? this.rows.join("; ") : "none"}`;
  }
  static async ofOrders(status) {
    const { orders } = await crm.list_orders({ status });
    return new Section(status, orders.map((o) => `${o.id} ${o.total} ${o.currency}`));
  }
}
const sections = await Promise.all(["open", "paid", "refunded"].map(Section.ofOrders));
return sections.map((section) => section.text);

//// states counted per project, as a final expression
//~ returns {"web":{"open":2,"closed":1},"api":{"open":1,"closed":1}}
const summary = { web: { open: 0, closed: 0 }, api: { open: 0, closed: 0 } };
const { issues: all = [], total = 0 } = (await tracker.list_issues()) ?? {};
all.forEach((issue) => {
  summary[issue.project][issue.state] += 1;
});
console.log(`looked at ${total} issues`);
summary

//// summary sentence with plural forms
//~ returns "3 open issues: 2 bugs, 1 feature, 1 unassigned."
const plural = (n: number, word: string) => `${n} ${word}${n === 1 ? "" : "s"}`;
const { total, issues } = await tracker.list_issues({ state: "open" });
const withLabel = (label: string) => issues.filter((issue) => issue.labels.includes(label)).length;
const unassigned = issues.filter((issue) => issue.assignee == null).length;
return `${plural(total, "open issue")}: ${plural(withLabel("bug"), "bug")}, ${plural(withLabel("feature"), "feature")}, ${unassigned} unassigned.`;
