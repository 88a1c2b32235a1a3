//// forEach with an async callback that writes
//~ gives {"stale":2,"closed":[]} instead of {"stale":2,"closed":[1,2]}
interface Options {
  before: string;
  note: string;
}

async function closeStale({ before, note }: Options) {
  const { issues } = await tracker.list_issues({ state: "open" });
  const stale = issues.filter((issue) => issue.created_at < before);
  const closed: number[] = [];

  stale.forEach(async (issue) => { //~ warning forEach
    await tracker.add_comment({ issue: issue.number, body: note });
    const updated = await tracker.update_issue({ number: issue.number, state: "closed" });
    closed.push(updated.number);
  });

  return { stale: stale.length, closed: [...closed] };
}

return await closeStale({ before: "2026-03-03", note: "Closed as stale." });

//// filter with an async callback
//~ gives {"orders":["o1","o2","o3","o4"],"skus":{"A-1":3,"B-7":10,"C-3":3}} instead of {"orders":["o1","o2"],"skus":{"A-1":3,"B-7":1}}
const cache = new Map();

async function tierOf(id) {
  if (!cache.has(id)) {
    const { tier } = await crm.get_customer({ id });
    cache.set(id, tier);
  }
  return cache.get(id);
}

const { orders } = await crm.list_orders({});
const enterprise = orders.filter(async (order) => { //~ warning filter
  const tier = await tierOf(order.customer_id);
  return tier === 'enterprise';
});

const skus = {};
for (const { lines } of enterprise) {
  for (const { sku, quantity } of lines) {
    skus[sku] = (skus[sku] ?? 0) + quantity;
  }
}

return { orders: enterprise.map((order) => order.id), skus };

//// some with an async callback
//~ gives {"duplicate":true,"checked":3,"broken":["cache"]} instead of {"duplicate":false,"checked":3,"broken":["cache"]}
const TITLE = "Health: queue is not ok";

const { issues, total: checked } = await tracker.list_issues({ state: "open" });

async function mentions(number: number, text: string): Promise<boolean> {
  const { comments } = await tracker.list_comments({ issue: number });
  return comments.some((comment) => comment.body.includes(text));
}

async function brokenParts(): Promise<string[]> {
  const { parts } = await metrics.health({ verbose: false });
  return Object.entries(parts)
    .filter(([, part]) => !part.ok)
    .map(([name]) => name);
}

const broken = await brokenParts();

const duplicate = issues.some(async (issue) => issue.title === TITLE || (await mentions(issue.number, TITLE))); //~ warning some

if (!duplicate) {
  // Nothing is opened as long as this is only a rehearsal.
  console.log(`would open: ${TITLE}`);
}

return { duplicate, checked, broken };

//// writes that nothing awaits in a loop
//~ gives {"planned":3,"people":["Ada Byron","Lin Chen"],"answers":[]} instead of {"planned":3,"people":["Ada Byron","Lin Chen"],"answers":["written","written","written"]}
const answers: string[] = [];

const { issues } = await tracker.list_issues({ state: "open" });
const people = new Set<string>();
for (const { assignee } of issues) {
  if (assignee) people.add(assignee.name);
}

const frontMatter = (fields: Record<string, string | number>) =>
  ["---", ...Object.entries(fields).map(([key, value]) => `${key}: ${value}`), "---"].join("\n");

const reports = issues.map((issue) => ({
  path: `/notes/issue-${issue.number}.md`,
  content: `${frontMatter({ number: issue.number, state: issue.state })}\n# ${issue.title}\n\n${issue.body}\n`,
}));

for (const { path, content } of reports) {
  files.write_file({ path, content, mode: "overwrite" }).then((answer) => answers.push(answer)); //~ warning write_file
}

return { planned: reports.length, people: [...people], answers: answers.slice() };

//// status is set without await before the mail goes out
//~ gives {"paid":[],"mail":"0 orders were paid (80.00 EUR were open)"} instead of {"paid":["o2"],"mail":"1 orders were paid (80.00 EUR were open)"}
const done = [];

async function markPaid(id) {
  const order = await crm.set_order_status({ id, status: 'paid' });
  done.push(order.id);
}

async function markAll(orders) {
  for (const order of orders) {
    if (order.total > 0) markPaid(order.id); //~ warning
  }
  return [...done];
}

const { orders } = await crm.list_orders({ status: 'open' });
const amounts = {};
for (const { currency, total } of orders) amounts[currency] = (amounts[currency] ?? 0) + total;
const money = Object.entries(amounts)
  .map(([currency, amount]) => `${amount.toFixed(2)} ${currency}`)
  .join(', ');

const paid = await markAll(orders);

const mail = `${paid.length} orders were paid (${money} were open)`;
return { paid, mail };

//// joins promises to a text
//~ gives "bugs: 1, 4, 5\nAda Byron | [object Promise] | [object Promise]" instead of "bugs: 1, 4, 5\nAda Byron | Lin Chen | Lin Chen"
async function assigneeOf(number: number): Promise<string> {
  const { assignee } = await tracker.get_issue({ number });
  return assignee?.name ?? "nobody";
}

async function numbersWith(label: string): Promise<number[]> {
  const { issues } = await tracker.list_issues({ label });
  return issues.map((issue) => issue.number);
}

const numbers = await numbersWith("bug");
const head = `bugs: ${numbers.join(", ")}`;

const [first, ...rest] = numbers;
const parts: string[] = [await assigneeOf(first)];

for (const number of rest) {
  const name = assigneeOf(number);
  parts.push("" + name); //~ warning await
}

return [head, parts.join(" | ")].join("\n");

//// promise in a comparison and in arithmetic
//~ gives {"busy":false,"load":null,"gaps":["12:00"]} instead of {"busy":true,"load":75,"gaps":["12:00"]}
const THRESHOLD = 0.5;

async function current(metric) {
  const { value } = await metrics.latest({ metric });
  return value;
}

async function gapsOf(metric) {
  const { series } = await metrics.query({ metric, range: { from: '2026-03-01' }, step: 60 });
  return series.filter(({ value }) => value === null).map(({ time }) => time);
}

async function check() {
  const cpu = current('cpu');
  const load = cpu * 100; //~ warning await
  const memory = await current('memory');
  const busy = load > THRESHOLD * 100 && memory > 100;
  const gaps = await gapsOf('cpu');
  return { busy, load, gaps };
}

return await check();

//// await in a callback that is not async
//~ throws SyntaxError
const { issues } = await tracker.list_issues({ state: "open" });

function summarize(list) {
  return list.map((issue) => {
    const { comments } = await tracker.list_comments({ issue: issue.number }); //~ error
    return {
      number: issue.number,
      title: issue.title,
      last: comments.at(-1)?.body ?? "",
    };
  });
}

function render(rows) {
  const width = Math.max(...rows.map((row) => row.title.length));
  return rows
    .sort((a, b) => a.number - b.number)
    .map((row) => `#${row.number} ${row.title.padEnd(width)} ${row.last}`)
    .join("\n");
}

return render(summarize(issues));

//// same name declared twice
//~ throws SyntaxError
// 1. open issues per project
const { issues, total } = await tracker.list_issues({ state: "open" });
const perProject = {};
for (const issue of issues) {
  perProject[issue.project] = (perProject[issue.project] ?? 0) + 1;
}

// 2. paid orders
const { orders, total } = await crm.list_orders({ status: "paid" }); //~ error total
const revenue = orders.reduce((sum, order) => sum + order.total, 0);

// 3. what is in the inbox
const inbox = await my_mail.list_messages({ folder: "inbox" });
const senders = [...new Set(inbox.map((message) => message.from))];

// 4. health of the parts
const { parts } = await metrics.health({});
const broken = Object.keys(parts).filter((name) => !parts[name].ok);

return { senders, broken, perProject, revenue, total };

//// a wrong property behind a concurrency limit
//~ gives [{"id":"c1"},{"id":"c2"},{"id":"c3"}] instead of [{"id":"c1","zip":"10115"},{"id":"c2"},{"id":"c3","zip":"0150"}]
async function mapLimit<T, R>(items: T[], limit: number, fn: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  async function worker() {
    while (next < items.length) {
      const index = next++;
      results[index] = await fn(items[index]);
    }
  }
  await Promise.all(Array.from({ length: limit }, () => worker()));
  return results;
}

const { orders } = await crm.list_orders({});
const ids = [...new Set(orders.map((order) => order.customer_id))].sort();
return await mapLimit(ids, 2, async (id) => {
  const customer = await crm.get_customer({ id });
  return { id: customer.id, zip: customer.address.zip_code }; //~ warning zip_code
});

//// retry without await lets the promise out and reads it
//~ gives {"note":"3 lines"} instead of {"open":3,"note":"3 lines"}
async function withRetry<T>(operation: () => Promise<T>, attempts = 3): Promise<T> {
  let last: unknown;
  for (let i = 0; i < attempts; i++) {
    try {
      return await operation();
    } catch (error) {
      last = error;
      await new Promise((resolve) => setTimeout(resolve, 2 ** i));
    }
  }
  throw last;
}

const issues = withRetry(() => tracker.list_issues({ state: "open" }));
const text = await withRetry(() => files.read_text_file({ path: "/notes/todo.txt" }));
const open = issues.total; //~ error await
const note = `${text.trim().split("\n").length} lines`;

return { open, note };

//// three mistakes in one long script
//~ throws tracker.get_comments
interface Line {
  number: number;
  author: string;
}

async function commentsOf(number: number) {
  const { comments } = await tracker.get_comments({ issue: number }); //~ error get_comments
  return comments;
}

async function openBugs() {
  const { issues } = await tracker.list_issues({ state: "open", label: "bug" });
  return issues;
}

async function paidOrders() {
  const { orders } = await crm.list_orders({ status: "paid", limit: 10 }); //~ error limit
  return orders;
}

const lines: Line[] = [];
for (const bug of await openBugs()) {
  for (const comment of await commentsOf(bug.number)) {
    lines.push({ number: bug.number, author: comment.author.login });
  }
}

const info = await files.get_file_info({ path: "/notes/todo.txt" });
const stamp = info.modifiedAt; //~ warning modifiedAt modified
const orders = await paidOrders();

return { lines, stamp, orders: orders.length };

//// helper class that drops the call in a method
//~ gives {"queued":2,"sent":[]} instead of {"queued":2,"sent":["m4","m5"]}
class Mailer {
  private queue: { to: string[]; subject: string; body: string }[] = [];
  readonly sent: string[] = [];

  enqueue(to: string, subject: string, body: string): this {
    this.queue.push({ to: [to], subject, body });
    return this;
  }

  get size(): number {
    return this.queue.length;
  }

  private async deliver(message: { to: string[]; subject: string; body: string }): Promise<void> {
    my_mail.send_message(message).then((answer) => { //~ warning send_message
      this.sent.push(answer.id);
    });
  }

  async flush(): Promise<string[]> {
    for (const message of this.queue) await this.deliver(message);
    return this.sent.slice();
  }
}

const mailer = new Mailer();
for (const { name, lead } of await tracker.list_projects()) {
  mailer.enqueue(`${lead}@example.com`, `Project ${name}`, "Please look at the open issues.");
}

const queued = mailer.size;
const sent = await mailer.flush();
return { queued, sent };
