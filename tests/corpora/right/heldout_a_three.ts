//// closes stale issues and notes it, then leaves all as it was
//~ returns {"stale":[1,2],"closed":[1,2],"left":1,"comment":"Closed as stale.","ages":[31,30]}
// Everything opened before March 3rd counts as stale.
const CUTOFF = Date.parse("2026-03-03T00:00:00Z");
const NOTE = "Closed as stale.";

const { issues } = await tracker.list_issues({ state: "open" });
const stale = issues.filter((issue) => Date.parse(issue.created_at) < CUTOFF);

const DAY = 24 * 60 * 60 * 1000;
const today = Date.parse("2026-04-01T12:00:00Z");
const ages = stale.map(({ created_at }) => Math.floor((today - Date.parse(created_at)) / DAY));

const closed: number[] = [];
let lastComment: { body: string } | undefined;
for (const issue of stale) {
  const updated = await tracker.update_issue({ number: issue.number, state: "closed" });
  lastComment = await tracker.add_comment({ issue: issue.number, body: NOTE });
  if (updated.state === "closed") closed.push(updated.number);
}

const after = await tracker.list_issues({ state: "open", limit: 1 });
await tracker.reset({});
return { stale: stale.map((i) => i.number), closed, left: after.total, comment: lastComment?.body, ages };

//// opens an issue per failing health part unless there is one
//~ returns {"created":[{"number":6,"title":"Health: cache is not ok","labels":["bug","health"]}],"skipped":[],"second":{"created":[],"skipped":["cache"]}}
interface Outcome {
  created: { number: number; title: string; labels: string[] }[];
  skipped: string[];
}

const titleFor = (part: string) => `Health: ${part} is not ok`;

async function sync(): Promise<Outcome> {
  const outcome: Outcome = { created: [], skipped: [] };
  const { ok, parts } = await metrics.health({});
  if (ok) return outcome;

  for (const [part, state] of Object.entries(parts)) {
    if (state.ok) continue;
    const title = titleFor(part);
    const existing = await tracker.search_issues({ query: title });
    if (existing.total > 0) {
      outcome.skipped.push(part);
      continue;
    }
    const { number, labels } = await tracker.create_issue({
      project: "api",
      title,
      body: state.message ?? "",
      labels: ["bug", "health"],
    });
    outcome.created.push({ number, title, labels });
  }
  return outcome;
}

const first = await sync();
const second = await sync();
for (const { number } of first.created) await tracker.delete_issue({ number });
return { ...first, second };

//// reconciles tracker leads with crm customers by a mapping file
//~ returns {"hosts":2,"missing":["a.example.com","b.example.com"],"created":["Add host a.example.com","Add host b.example.com"],"open":5}
const config = await files.read_text_file({ path: "/notes/config.json" });
const hosts: string[] = config.hosts;

const known = new Set<string>();
for (const host of hosts) {
  const hits = await tracker.search_issues({ query: host, limit: 1 });
  if (hits.total) known.add(host);
}

const missing = hosts.filter((host) => !known.has(host));
const created = [];
for (const host of missing) {
  const issue = await tracker.create_issue({ project: "web", title: `Add host ${host}`, labels: ["ops"] });
  created.push(issue);
}

const { total: open } = await tracker.list_issues({ state: "open" });

// undo, newest first
while (created.length > 0 && created.at(-1)!.number > 5) {
  const { number, title } = created.pop()!;
  const { deleted } = await tracker.delete_issue({ number });
  if (!deleted) throw new Error(`could not remove ${title}`);
}

return { hosts: hosts.length, missing, created: missing.map((host) => `Add host ${host}`), open };

//// marks open orders of paying customers as paid with a dry run switch
//~ returns {"dry":[{"id":"o2","from":"open","to":"paid"}],"real":[{"id":"o2","from":"open","to":"paid"}],"nowOpen":0,"restored":"open"}
type Status = "open" | "paid" | "refunded";
interface Change {
  id: string;
  from: Status;
  to: Status;
}

async function plan(): Promise<Change[]> {
  const [{ orders: open }, { orders: paid }] = await Promise.all([
    crm.list_orders({ status: "open" }),
    crm.list_orders({ status: "paid" }),
  ]);
  const payers = new Set(paid.map((order) => order.customer_id));
  return open
    .filter((order) => payers.has(order.customer_id))
    .map(({ id, status: from }) => ({ id, from, to: "paid" as const }));
}

async function apply(changes: Change[], { dryRun = true }: { dryRun?: boolean } = {}): Promise<Change[]> {
  const done: Change[] = [];
  for (const change of changes) {
    if (!dryRun) {
      const order = await crm.set_order_status({ id: change.id, status: change.to });
      if (order.status !== change.to) continue;
    }
    done.push(change);
  }
  return done;
}

const changes = await plan();
const dry = await apply(changes);
const real = await apply(changes, { dryRun: false });
const { total: nowOpen } = await crm.list_orders({ status: "open" });

const restored = await crm.set_order_status({ id: "o2", status: "open" });
return { dry, real, nowOpen, restored: restored.status };

//// sends a summary mail per lead and deletes it again
//~ returns {"sent":[{"to":["ada@example.com"],"subject":"[web] 2 open issues"},{"to":["lin@example.com"],"subject":"[api] 1 open issue"}],"before":1,"after":1}
interface Draft {
  to: string[];
  subject: string;
  body: string;
  priority?: 1 | 2 | 3;
}

const before = (await my_mail.list_messages({ folder: "sent" })).length;

const drafts: Draft[] = [];
for (const { name, lead } of await tracker.list_projects()) {
  const { issues, total } = await tracker.list_issues({ project: name as "web" | "api", state: "open" });
  if (total === 0) continue;
  const draft: Draft = {
    to: [`${lead}@example.com`],
    subject: `[${name}] ${total} open issue${total > 1 ? "s" : ""}`,
    body: issues.map((issue) => `#${issue.number} ${issue.title}\n${issue.url}`).join("\n\n"),
  };
  if (issues.some((issue) => issue.labels.includes("bug"))) draft.priority = 1;
  drafts.push(draft);
}

const sent: { id: string; to: string[]; subject: string }[] = [];
for (const draft of drafts) {
  sent.push(await my_mail.send_message(draft));
}

for (const { id } of [...sent].reverse()) {
  await my_mail.delete_({ id });
}
const after = (await my_mail.list_messages({ folder: "sent" })).length;

return { sent: sent.map(({ to, subject }) => ({ to, subject })), before, after };

//// relabels in parallel and puts the labels back in finally
//~ returns {"changed":[{"number":1,"labels":["auth","defect"]},{"number":4,"labels":["defect","export"]},{"number":5,"labels":["defect"]}],"found":3}
const RENAMES: Record<string, string> = { bug: "defect" };

const rename = (labels: string[]) => labels.map((label) => RENAMES[label] ?? label).sort();

const { issues: before } = await tracker.list_issues({ label: "bug" });
const originals = new Map(before.map((issue) => [issue.number, issue.labels]));

let summary: { changed: { number: number; labels: string[] }[]; found: number };
try {
  const updated = await Promise.all(
    before.map((issue) => tracker.update_issue({ number: issue.number, labels: rename(issue.labels) })),
  );
  const { total } = await tracker.list_issues({ label: "defect" });
  summary = {
    changed: updated.map(({ number, labels }) => ({ number, labels })),
    found: total,
  };
} finally {
  for (const [number, labels] of originals) {
    await tracker.update_issue({ number, labels });
  }
}
return summary;

//// creates an order from a csv file and checks the lines
//~ returns {"lines":[{"sku":"ada","quantity":8,"price":1},{"sku":"lin","quantity":4,"price":1}],"status":"open","currency":"EUR","customer":"c2"}
function parseCsv(text: string): Record<string, string>[] {
  const [header, ...rows] = text.trim().split("\n").map((line) => line.split(","));
  return rows.map((cells) => Object.fromEntries(header.map((name, i) => [name, cells[i] ?? ""])));
}

const text: string = await files.read_text_file({ path: "/notes/data.csv" });
const amounts = new Map<string, number>();
for (const row of parseCsv(text)) {
  amounts.set(row.name, (amounts.get(row.name) ?? 0) + Number(row.amount));
}

const lines = Array.from(amounts, ([sku, quantity]) => ({ sku, quantity, price: 1 }));
const { customers: [customer] } = await crm.find_customers({ query: "bolt", limit: 1 });

const order = await crm.create_order({
  customer_id: customer.id,
  lines,
  notes: null,
});
await crm.reset();

return {
  lines: order.lines,
  status: order.status,
  currency: order.currency,
  customer: order.customer_id,
};

//// upsert of a tracking issue
//~ returns {"first":{"action":"created","number":6},"second":{"action":"updated","number":6},"labels":["meta","v2"]}
type Action = "created" | "updated";

async function upsertIssue(title: string, labels: string[]): Promise<{ action: Action; number: number }> {
  const { issues } = await tracker.search_issues({ query: title });
  const existing = issues.find((issue) => issue.title === title);
  if (existing) {
    const { number } = await tracker.update_issue({ number: existing.number, labels });
    return { action: "updated", number };
  }
  const created = await tracker.create_issue({ project: "web", title, body: "Tracks all.", labels });
  return { action: "created", number: created.number };
}

const first = await upsertIssue("Tracking: release 2", ["meta"]);
const second = await upsertIssue("Tracking: release 2", ["meta", "v2"]);

const { labels } = await tracker.get_issue({ number: second.number });
await tracker.delete_issue({ number: second.number });

return { first, second, labels };

//// diff of two servers with added and removed and same
//~ returns {"onlyTracker":[],"onlyMail":["me"],"both":["ada","lin"],"written":"written"}
const { issues } = await tracker.list_issues({});
const messages = await my_mail.list_messages({});

const trackerLogins = new Set<string>();
for (const { assignee } of issues) {
  if (assignee) trackerLogins.add(assignee.login);
}

const mailLogins = new Set<string>(messages.map((message: { from: string }) => message.from.split("@")[0]));

interface Diff<T> {
  left: T[];
  right: T[];
  both: T[];
}

function diff<T>(left: Set<T>, right: Set<T>): Diff<T> {
  return {
    left: [...left].filter((item) => !right.has(item)),
    right: [...right].filter((item) => !left.has(item)),
    both: [...left].filter((item) => right.has(item)),
  };
}

const { left: onlyTracker, right: onlyMail, both } = diff(trackerLogins, mailLogins);

const written = await files.write_file({
  path: "/notes/diff.json",
  content: JSON.stringify({ onlyTracker, onlyMail, both }, null, 2),
  mode: "overwrite",
});

return { onlyTracker, onlyMail, both, written };

//// writes log lines in order through a serial chain of promises
//~ returns {"written":4,"answers":["written","written","written","written"]}
class FileLog {
  private tail: Promise<unknown> = Promise.resolve();
  readonly answers: string[] = [];

  constructor(private readonly path: string) {}

  line(text: string): void {
    // Appends one after the other; `flush` waits for the last.
    this.tail = this.tail.then(async () => {
      const answer = await files.write_file({ path: this.path, content: `${text}\n`, mode: "append" });
      this.answers.push(answer);
    });
  }

  async flush(): Promise<number> {
    await this.tail;
    return this.answers.length;
  }
}

const log = new FileLog("/notes/log.txt");
log.line("start");
const { metrics: names } = await metrics.list_metrics();
for (const name of names.slice(0, 2)) {
  const { value, unit } = await metrics.latest({ metric: name as "cpu" });
  log.line(`${name}=${value}${unit}`);
}
log.line("end");

return { written: await log.flush(), answers: log.answers };

//// a change set that is collected first and committed at once
//~ returns {"planned":3,"committed":[{"kind":"close","number":4},{"kind":"title","number":5},{"kind":"reopen","number":3}],"errors":[]}
type Change =
  | { kind: "close"; number: number }
  | { kind: "reopen"; number: number }
  | { kind: "title"; number: number; title: string };

const changes: Change[] = [];
const { issues } = await tracker.list_issues({});
for (const issue of issues) {
  if (issue.labels.includes("export")) changes.push({ kind: "close", number: issue.number });
  if (issue.title.startsWith("Typo")) changes.push({ kind: "title", number: issue.number, title: `Fixed: ${issue.title}` });
}
const unlabelled = issues.find((issue) => issue.labels.length === 0);
if (unlabelled) changes.push({ kind: "reopen", number: unlabelled.number });

async function commit(change: Change) {
  switch (change.kind) {
    case "close":
      return tracker.update_issue({ number: change.number, state: "closed" });
    case "reopen":
      return tracker.update_issue({ number: change.number, state: "open" });
    case "title": {
      const { kind, ...args } = change;
      return tracker.update_issue(args);
    }
  }
}

const committed: { kind: string; number: number }[] = [];
const errors: string[] = [];
for (const change of changes) {
  try {
    const issue = await commit(change);
    committed.push({ kind: change.kind, number: issue.number });
  } catch (error) {
    errors.push((error as Error).message);
  }
}

await tracker.reset({});
return { planned: changes.length, committed, errors };

//// replies to unread mail and takes the answer from the tracker
//~ returns [{"to":["ada@example.com"],"subject":"Re: Hello","body":"You have 1 open issue: #1 Login fails on Safari (2 comments, last by ada)."}]
async function lastCommenter(issue: number): Promise<string | null> {
  const { comments } = await tracker.list_comments({ issue });
  const last = comments.at(-1);
  return last ? last.author.login : null;
}

async function describe(login: string): Promise<string> {
  const { issues } = await tracker.list_issues({ state: "open" });
  const own = issues.filter((issue) => issue.assignee?.login === login);
  const parts = await Promise.all(
    own.map(async (issue) => `#${issue.number} ${issue.title} (${issue.comments} comments, last by ${await lastCommenter(issue.number)})`),
  );
  return `You have ${own.length} open issue${own.length === 1 ? "" : "s"}: ${parts.join("; ")}.`;
}

const replies = [];
for (const { id } of await my_mail.list_messages({ unread: true })) {
  const message = await my_mail.get_message({ id });
  const reply = await my_mail.send_message({
    to: [message.from],
    subject: message.subject.startsWith("Re:") ? message.subject : `Re: ${message.subject}`,
    body: await describe(message.from.split("@")[0]),
    priority: 2,
    cc: [],
  });
  await tools["my-mail"]["delete"]({ id: reply.id });
  const { to, subject, body } = reply;
  replies.push({ to, subject, body });
}
return replies;
