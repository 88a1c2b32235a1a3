//// camel case tool name in the last step
//~ throws tracker.addComment
interface Finding {
  number: number;
  title: string;
  stale: boolean;
}

const LIMIT_DATE = new Date("2026-03-03T00:00:00Z");

async function scan(): Promise<Finding[]> {
  const { issues } = await tracker.list_issues({ state: "open", limit: 100 });
  return issues.map((issue) => ({
    number: issue.number,
    title: issue.title,
    stale: new Date(issue.created_at) < LIMIT_DATE,
  }));
}

async function remind(finding: Finding): Promise<number> {
  const comment = await tracker.addComment({ //~ error addComment add_comment
    issue: finding.number,
    body: `Is "${finding.title}" still relevant?`,
  });
  return comment.id;
}

const findings = await scan();
const ids: number[] = [];
for (const finding of findings) {
  if (finding.stale) ids.push(await remind(finding));
}
return { scanned: findings.length, reminded: ids.length };

//// state all as a default parameter
//~ throws wrong arguments for `tracker.list_issues`
async function fetchIssues(project, { state = 'all', limit = 100 } = {}) {
  const { issues } = await tracker.list_issues({ project, state, limit }); //~ error state
  return issues;
}

const projects = await tracker.list_projects();
const report = {};

for (const { name, lead } of projects) {
  const issues = await fetchIssues(name);
  const byState = { open: 0, closed: 0 };
  for (const issue of issues) byState[issue.state]++;
  report[name] = { lead, ...byState };
}


const lines = Object.entries(report).map(([name, { lead, open, closed }]) => {
  const done = open + closed === 0 ? 100 : Math.round((closed / (open + closed)) * 100);
  return `| ${name} | ${lead} | ${open} | ${closed} | ${done}% |`;
});
return ['| project | lead | open | closed | done |', '|---|---|---|---|---|', ...lines].join('\n');

//// status through a constant of an enum
//~ throws wrong arguments for `crm.list_orders`
enum OrderStatus {
  Open = "open",
  Completed = "completed",
  Refunded = "refunded",
}

interface Totals {
  count: number;
  amount: number;
}

const open = await crm.list_orders({ status: OrderStatus.Open });
const completed = await crm.list_orders({ status: OrderStatus.Completed }); //~ error status
const refunded = await crm.list_orders({ status: OrderStatus.Refunded });

const totals = (orders: { total: number }[]): Totals => ({
  count: orders.length,
  amount: orders.reduce((sum, order) => sum + order.total, 0),
});

return {
  open: totals(open.orders),
  completed: totals(completed.orders),
  refunded: totals(refunded.orders),
};

//// recipient as a text instead of a list
//~ throws wrong arguments for `my_mail.send_message`
const RECIPIENT = "ada@example.com";
const SUBJECT = "Weekly numbers";

const { metrics: names } = await metrics.list_metrics({});
const readings: string[] = [];
for (const name of names) {
  const { value, unit } = await metrics.latest({ metric: name as "cpu" | "memory" | "requests" });
  readings.push(`${name}: ${value} ${unit}`);
}

const message = await my_mail.send_message({ //~ error to
  to: RECIPIENT,
  subject: SUBJECT,
  body: readings.join("\n"),
});

// Remember in the tracker that it went out.
const { issues } = await tracker.search_issues({ query: "export", limit: 1 });
const [issue] = issues;
if (issue) {
  const comment = await tracker.add_comment({ issue: issue.number, body: `${SUBJECT} sent to ${RECIPIENT}` });
  console.log(`noted in comment ${comment.id}`);
}

return { id: message.id, lines: readings.length };

//// number of an issue called issue_number
//~ throws wrong arguments for `tracker.list_comments`
class IssueReport {
  #rows = [];

  async load(label) {
    const { issues } = await tracker.list_issues({ label });
    for (const issue of issues) {
      const { comments } = await tracker.list_comments({ issue_number: issue.number }); //~ error issue_number
      this.#rows.push({
        number: issue.number,
        last: comments.at(-1)?.author.login ?? null,
        count: comments.length,
      });
    }
    return this;
  }

  top(n) {
    return [...this.#rows].sort((a, b) => b.count - a.count).slice(0, n);
  }
}

function markdown(rows) {
  const lines = rows.map(({ number, last, count }) => `| #${number} | ${last ?? '-'} | ${count} |`);
  return ['| issue | last | comments |', '|---|---|---|', ...lines].join('\n');
}

const report = await new IssueReport().load('bug');
return markdown(report.top(2));

//// customer id in camel case
//~ throws wrong arguments for `crm.create_order`
interface CartItem {
  sku: string;
  qty: number;
  price: number;
}

const cart: CartItem[] = [
  { sku: "A-1", qty: 2, price: 50 },
  { sku: "C-3", qty: 1, price: 5 },
];

const { customers } = await crm.find_customers({ query: "Corvus" });
const customer = customers[0];

const total = cart.reduce((sum, item) => sum + item.qty * item.price, 0);
const currency = customer.address.country === "NO" ? "NOK" : "EUR";

const order = await crm.create_order({ customerId: customer.id, lines: [{ sku: "A-1", quantity: 2, price: 50 }], currency }); //~ error customerId

const { orders } = await crm.list_orders({ customer_id: customer.id });
const history = orders.map((o) => ({ id: o.id, status: o.status, total: o.total }));
history.sort((a, b) => b.total - a.total);

return { history, order: order.id, total, currency, items: cart.length };

//// limit over the maximum in a constant
//~ throws wrong arguments for `tracker.list_issues`
const MAX_RESULTS = 1000;
const STATES = ["open", "closed"] as const;

const chunk = <T,>(items: T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size));

const { issues, total } = await tracker.list_issues({ limit: MAX_RESULTS }); //~ error limit

const rows = STATES.map((state) => {
  const own = issues.filter((issue) => issue.state === state);
  return { state, count: own.length, batches: chunk(own, 2).length };
});

const assignees = new Map<string, number>();
for (const { assignee } of issues) {
  if (!assignee) continue;
  assignees.set(assignee.name, (assignees.get(assignee.name) ?? 0) + 1);
}

return { total, rows, assignees: Object.fromEntries(assignees) };

//// unknown tool through an alias of the namespace
//~ throws list_contacts
const api = tools.crm;
const issuesApi = tools.tracker;

async function contactIndex() {
  const { contacts } = await api.list_contacts({ limit: 100 }); //~ error list_contacts
  const index = new Map();
  for (const contact of contacts) {
    index.set(contact.email.split('@')[1], contact);
  }
  return index;
}

const [index, { issues }] = await Promise.all([
  contactIndex(),
  issuesApi.list_issues({ state: 'open' }),
]);

const lines = issues.map((issue) => {
  const contact = index.get(new URL(issue.url).hostname);
  return `${issue.number}: ${contact ? contact.name : 'nobody'}`;
});

const { orders } = await api.list_orders({ status: 'open' });
for (const { id, lines: items } of orders) {
  lines.push(`${id}: ${items.map((item) => item.sku).join('+')}`);
}
return lines.join('\n');

//// server by the name it does not have
//~ throws is not defined
const DRY_RUN = false;

const { issues } = await tracker.list_issues({ label: "bug", state: "open" });

const body = issues
  .map((issue) => `* [#${issue.number}](${issue.url}) ${issue.title}`)
  .join("\n");

const groups: Record<string, number[]> = {};
for (const issue of issues) {
  (groups[issue.assignee?.login ?? "nobody"] ??= []).push(issue.number);
}
const footer = Object.entries(groups)
  .map(([login, numbers]) => `${login}: ${numbers.map((n) => `#${n}`).join(" ")}`)
  .join("\n");

const payload = {
  to: ["lin@example.com"],
  subject: `${issues.length} open bugs`,
  body: `${body}\n\n${footer}`,
};

if (!DRY_RUN) {
  const sent = await mymail.send_message(payload); //~ error mymail my_mail
  return { sent: sent.id };
}
return { sent: null, payload };

//// positional arguments in a helper for retries
//~ throws takes one object
const sleep = (ms) => new Promise((r) => setTimeout(r, ms));

async function retry(fn, attempts = 2) {
  let last;
  for (let i = 0; i < attempts; i++) {
    const outcome = await fn().then((value) => ({ value }), (error) => ({ error }));
    if (!outcome.error) return outcome.value;
    last = outcome.error;
    await sleep(1);
  }
  throw last;
}

const names = await retry(() => files.list_directory({ path: '/notes' }));
const text = await files.read_text_file('/notes/data.csv'); //~ error read_text_file
const rows = text.trim().split('\n').slice(1).map((line) => line.split(','));

return { names: names.length, rows: rows.length };

//// flat range instead of an object in a query
//~ throws wrong arguments for `metrics.query`
const WINDOW_HOURS = 24;

function since(hours) {
  const end = Date.UTC(2026, 2, 2);
  return new Date(end - hours * 3600 * 1000).toISOString();
}

async function series(metric) {
  const from = since(WINDOW_HOURS);
  const { unit, series } = await metrics.query({ metric, from, step: 300 }); //~ error range
  return { metric, unit, points: series.filter((p) => p.value !== null) };
}

const result = [];
for (const metric of ['cpu', 'memory']) {
  const { unit, points } = await series(metric);
  const peak = Math.max(...points.map((p) => p.value));
  result.push(`${metric}: peak ${peak} ${unit}`);
}

const { value, unit, at } = await metrics.latest({ metric: 'requests' });
result.push(`requests: ${value} ${unit} at ${at.slice(11, 16)}`);
await files.write_file({ path: '/notes/peaks.txt', content: result.join('\n'), mode: 'overwrite' });
return result;

//// mode of write_file as in python and a number as a text
//~ throws wrong arguments for `tracker.get_issue`
const ISSUE_NUMBER = "4";
const OUTPUT = { path: "/notes/issue.md", mode: "w" };

function toMarkdown(issue: { number: number; title: string; body: string; labels: string[] }): string {
  return [
    `# #${issue.number} ${issue.title}`,
    "",
    issue.body,
    "",
    ...issue.labels.map((label) => `- ${label}`),
  ].join("\n");
}

const issue = await tracker.get_issue({ number: ISSUE_NUMBER }); //~ error number
const content = toMarkdown(issue);
const answer = await files.write_file({ ...OUTPUT, content }); //~ error mode

return { answer, size: content.length };

//// tool that is spelt wrong in a table of tools and not called
//~ throws is not a function
type Loader = (args: Record<string, unknown>) => Promise<any>;

const loaders: Record<string, Loader> = {
  issues: tracker.list_issues,
  customers: crm.find_customers,
  orders: crm.list_order, //~ warning list_order list_orders
};

async function countAll(): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const [name, load] of Object.entries(loaders)) {
    const page = await load({});
    counts[name] = page.total;
  }
  return counts;
}

async function unread(): Promise<number> {
  const messages = await my_mail.list_messages({ folder: "inbox", unread: true });
  return messages.length;
}

const waiting = await unread();
const counts = await countAll();
const sum = Object.values(counts).reduce((a, b) => a + b, 0);
return { counts, sum, waiting };
