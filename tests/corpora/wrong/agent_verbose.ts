//// a long report, one tool by another name
//~ throws list_mails
/**
 * Generates a comprehensive daily briefing.
 *
 * Sections:
 *  1. Issues
 *  2. Orders
 *  3. Mail
 */
interface Briefing {
  issues: { open: number; closed: number };
  revenue: Record<string, number>;
  unread: string[];
}

async function getIssueSection(): Promise<Briefing["issues"]> {
  const [open, closed] = await Promise.all([
    tracker.list_issues({ state: "open" }),
    tracker.list_issues({ state: "closed" }),
  ]);
  return { open: open.total, closed: closed.total };
}

async function getRevenueSection(): Promise<Briefing["revenue"]> {
  const { orders } = await crm.list_orders({ status: "paid" });
  return orders.reduce((acc, order) => {
    acc[order.currency] = (acc[order.currency] || 0) + order.total;
    return acc;
  }, {} as Record<string, number>);
}

async function getMailSection(): Promise<Briefing["unread"]> {
  const messages = await my_mail.list_mails({ unread: true }); //~ error list_mails
  return messages.map((message: any) => message.subject);
}

async function main(): Promise<Briefing> {
  const [issues, revenue, unread] = await Promise.all([
    getIssueSection(),
    getRevenueSection(),
    getMailSection(),
  ]);
  return { issues, revenue, unread };
}

return await main();

//// sections of which one is not awaited
//~ throws await
async function openIssues() {
  const { issues } = await tracker.list_issues({ state: "open" });
  return issues.map((issue) => ({ number: issue.number, title: issue.title }));
}

async function paidOrders() {
  const { orders } = await crm.list_orders({ status: "paid" });
  return orders;
}

async function main() {
  const issues = await openIssues();
  const orders = paidOrders();

  const total = orders.reduce((sum, order) => sum + order.total, 0); //~ error reduce await

  return {
    issueCount: issues.length,
    revenue: total,
  };
}

await main();

//// an export whose columns are guessed
//~ gives "id,client,total\no1,,120.5\no2,,80" instead of "id,client,total\no1,c1,120.5\no2,c1,80"
const toCsv = (rows: Array<Record<string, unknown>>): string => {
  if (rows.length === 0) return "";
  const keys = Object.keys(rows[0]);
  const body = rows.map((row) => keys.map((key) => String(row[key] ?? "")).join(","));
  return [keys.join(","), ...body].join("\n");
};

const { orders } = await crm.list_orders({ customer_id: "c1" });

const rows = orders.map((order) => ({
  id: order.id,
  client: order.client_id, //~ missed warning client_id
  total: order.total,
}));

return toCsv(rows);

//// progress is printed, nothing is awaited
//~ gives "Triaged 0 of 3 issues" instead of "Triaged 3 of 3 issues"
const LABEL = "triaged";
const { issues, total } = await tracker.list_issues({ state: "open", limit: 50 });
let triaged = 0;

async function triage(issue: any): Promise<void> {
  if (issue.labels.includes(LABEL)) return;
  const labels = [...issue.labels, LABEL];
  const updated = await tracker.update_issue({ number: issue.number, labels });
  if (updated.labels.includes(LABEL)) triaged++;
}

for (const issue of issues) {
  console.log(`Processing #${issue.number}...`);
  triage(issue); //~ warning triage
}

return `Triaged ${triaged} of ${total} issues`;

//// a validated call with a guessed argument
//~ throws currency_code
const MAX_LINES = 5;

function validate(lines: { sku: string; quantity: number; price: number }[]) {
  if (lines.length === 0) throw new Error("no lines");
  if (lines.length > MAX_LINES) throw new Error("too many lines");
  for (const line of lines) {
    if (line.quantity < 1) throw new Error(`bad quantity of ${line.sku}`);
  }
  return lines;
}

const lines = validate([{ sku: "A-1", quantity: 1, price: 80 }]);

const order = await crm.create_order({ //~ error currency_code
  customer_id: "c1",
  lines,
  currency_code: "EUR",
});

return { id: order.id, status: order.status };

//// an event log that reads too early
//~ gives {"log":"start end"} instead of {"log":"start c1 c2 c3 end"}
class Log {
  private entries: string[] = [];
  write(entry: string) {
    this.entries.push(entry);
    return this;
  }
  toString() {
    return this.entries.join(" ");
  }
}

const log = new Log().write("start");
const { customers } = await crm.find_customers({});
customers.forEach(async ({ id }) => { //~ warning forEach
  const customer = await crm.get_customer({ id });
  log.write(customer.id);
});
return { log: String(log.write("end")) };

//// health checks with guessed fields
//~ gives ["db: fine","cache: fine"] instead of ["db: fine","cache: cold"]
async function checkParts(): Promise<string[]> {
  const health = await metrics.health({ verbose: true });
  const lines: string[] = [];
  for (const name of Object.keys(health.parts)) {
    const part = health.parts[name];
    const problems = [part.reason].flat().filter(Boolean); //~ warning reason
    lines.push(`${name}: ${problems.join(", ") || "fine"}`);
  }
  return lines;
}
return checkParts();
