//// weekly triage report in markdown
//~ returns "# Triage\n## api\n- #4 Timeout on export (lin, 3 comments)\n## web\n- #1 Login fails on Safari (ada, 2 comments)\n- #2 Dark mode (unassigned, 0 comments)\n\nTotal open: 3"
async function main() {
  const projects = await tracker.list_projects({});
  const names = projects.filter((p: any) => !p.archived).map((p: any) => p.name).sort();
  const lines: string[] = ["# Triage"];
  let total = 0;

  for (const name of names) {
    const res = await tracker.list_issues({ project: name, state: "open", limit: 50 });
    total += res.total;
    lines.push(`## ${name}`);
    for (const issue of res.issues) {
      const who = issue.assignee ? issue.assignee.login : "unassigned";
      lines.push(`- #${issue.number} ${issue.title} (${who}, ${issue.comments} comments)`);
    }
  }

  lines.push("");
  lines.push(`Total open: ${total}`);
  return lines.join("\n");
}

//// growing the limit until all are there
//~ returns {"pages":3,"numbers":[1,2,3,4,5],"complete":true}
const collected = new Map<number, any>();
let limit = 2;
let pages = 0;
let complete = false;

while (!complete && pages < 10) {
  const page = await tracker.list_issues({ limit });
  pages++;
  for (const item of page.issues) {
    if (!collected.has(item.number)) {
      collected.set(item.number, item);
    }
  }
  complete = collected.size >= page.total;
  limit = Math.min(limit * 2, 100);
}

// 2 -> 4 -> 8
return {
  pages,
  numbers: [...collected.keys()].sort((a, b) => a - b),
  complete,
};

//// labels written back where they are missing
//~ returns {"updated":[{"number":3,"labels":["needs-triage"]}],"skipped":[1,2,4,5],"errors":[]}
const report = { updated: [] as any[], skipped: [] as number[], errors: [] as string[] };
const { issues } = await tracker.list_issues({});

for (const issue of issues) {
  if (issue.labels.length > 0) {
    report.skipped.push(issue.number);
    continue;
  }
  try {
    const changed = await tracker.update_issue({
      number: issue.number,
      labels: [...issue.labels, "needs-triage"],
    });
    report.updated.push({ number: changed.number, labels: changed.labels });
  } catch (e: any) {
    report.errors.push(`#${issue.number}: ${e.message}`);
  }
}

await tracker.reset({}); // leave the fixture as it was
report;

//// a retry helper that waits between attempts
//~ returns {"attempts":3,"error":"failed","city":"Berlin"}
let attempts = 0;

async function withRetry<T>(fn: () => Promise<T>, max = 3, delayMs = 1): Promise<T> {
  let lastError: unknown;
  for (let i = 0; i < max; i++) {
    try {
      return await fn();
    } catch (err) {
      lastError = err;
      await new Promise((resolve) => setTimeout(resolve, delayMs * 2 ** i));
    }
  }
  throw lastError;
}

const customer = await withRetry(() => crm.get_customer({ id: "c1" }));

let error: string | null = null;
try {
  await withRetry(async () => {
    attempts++;
    const missing = await crm.get_customer({ id: "c999" });
    return missing.address.city;
  });
} catch (err: any) {
  error = err instanceof Error ? "failed" : "odd";
}

return { attempts, error, city: customer.address.city };

//// revenue by customer with names from a cache
//~ returns [{"customer":"Corvus","revenue":900,"orders":1},{"customer":"Acme","revenue":200.5,"orders":2},{"customer":"Bolt","revenue":0,"orders":1}]
const cache: Record<string, any> = {};
const getCustomerCached = async (id: string) => {
  if (!cache[id]) {
    cache[id] = await crm.get_customer({ id });
  }
  return cache[id];
};

const { orders } = await crm.list_orders({});
const rows: Record<string, { customer: string; revenue: number; orders: number }> = {};

for (const order of orders) {
  const customer = await getCustomerCached(order.customer_id);
  const row = (rows[customer.id] ??= { customer: customer.name, revenue: 0, orders: 0 });
  row.orders += 1;
  if (order.status !== "refunded") {
    row.revenue += order.total;
  }
}

return Object.values(rows).sort((a, b) => b.revenue - a.revenue);

//// the mail digest, either shape of answer
//~ returns {"count":2,"unread":["Hello"],"sum":49}
const raw = await my_mail.list_messages({ folder: "inbox" });
// depending on the server this might be wrapped
const messages = Array.isArray(raw) ? raw : raw.messages ?? raw.items ?? raw.data ?? [];

const unread = messages.filter((m: any) => m.unread).map((m: any) => m.subject);
let sum = 0;
for (const m of messages) {
  const full = await my_mail.get_message({ id: m.id });
  const body = typeof full === "string" ? full : full.body;
  const numbers = body.match(/\d+/g) ?? [];
  sum += numbers.reduce((acc: number, n: string) => acc + Number(n), 0);
}

return { count: messages.length, unread, sum };

//// csv parsed and summed by name
//~ returns {"ada":8,"lin":4,"files":3,"bytes":133}
const text: string = await files.read_text_file({ path: "/notes/data.csv" });
const [header, ...records] = text.trim().split("\n");
const columns = header.split(",");
const parsed = records.map((line) => {
  const cells = line.split(",");
  return Object.fromEntries(columns.map((c, i) => [c, cells[i]]));
});

const totals: Record<string, number> = {};
for (const r of parsed) {
  totals[r.name] = (totals[r.name] || 0) + parseInt(r.amount, 10);
}

const entries = await files.list_directory({ path: "/notes" });
let bytes = 0;
for (const entry of entries) {
  const info = await files.get_file_info({ path: `/notes/${entry}` });
  if (info.kind !== "file") continue;
  bytes += info.size;
}

return { ...totals, files: entries.length, bytes };

//// alert sent when something is unhealthy
//~ returns {"sent":true,"to":["ops@example.com"],"subject":"[ALERT] 1 part(s) unhealthy","body":"cache: cold"}
const health = await metrics.health({ verbose: true });

if (health.ok) {
  return { sent: false };
}

const bad = Object.entries(health.parts)
  .filter(([, part]: [string, any]) => !part.ok)
  .map(([name, part]: [string, any]) => `${name}: ${part.message ?? "no message"}`);

const mail = await my_mail.send_message({
  to: ["ops@example.com"],
  subject: `[ALERT] ${bad.length} part(s) unhealthy`,
  body: bad.join("\n"),
  priority: 1,
});

await my_mail.reset({});
return { sent: true, to: mail.to, subject: mail.subject, body: mail.body };

//// issues enriched with their last comment
//~ returns [{"number":1,"last":"Looking into it.","by":"ada"},{"number":2,"last":null,"by":null},{"number":4,"last":"Agreed.","by":"lin"}]
const { issues: open } = await tracker.list_issues({ state: "open" });

const enriched = await Promise.all(
  open.map(async (issue) => {
    if (issue.comments === 0) {
      issue.lastComment = null;
      return issue;
    }
    const { comments } = await tracker.list_comments({ issue: issue.number });
    issue.lastComment = comments[comments.length - 1];
    return issue;
  }),
);

return enriched.map((issue) => ({
  number: issue.number,
  last: issue.lastComment?.body ?? null,
  by: issue.lastComment?.author?.login ?? null,
}));

//// batches of two
//~ returns {"batches":[[1,2],[3,4],[5]],"commenters":["ada","lin"]}
function chunk<T>(list: T[], size: number): T[][] {
  const out: T[][] = [];
  for (let i = 0; i < list.length; i += size) out.push(list.slice(i, i + size));
  return out;
}

const all = (await tracker.list_issues({ limit: 100 })).issues;
const batches = chunk(all.map((i) => i.number), 2);
const commenters = new Set<string>();

for (const batch of batches) {
  const pending = batch.map((n) => tracker.list_comments({ issue: n }));
  const results = await Promise.all(pending);
  for (const { comments } of results) {
    comments.forEach((c) => commenters.add(c.author.login));
  }
}

return { batches, commenters: Array.from(commenters).sort() };

//// settled lookups, told apart
//~ returns {"ok":["Acme","Corvus"],"failed":["c9"]}
const ids = ["c1", "c9", "c3"];
const settled = await Promise.allSettled(ids.map((id) => crm.get_customer({ id })));

const ok: string[] = [];
const failed: string[] = [];
settled.forEach((result, index) => {
  if (result.status === "fulfilled") {
    ok.push(result.value.name);
  } else {
    console.log(`lookup of ${ids[index]} failed: ${result.reason.message}`);
    failed.push(ids[index]);
  }
});

return { ok, failed };

//// an order created and paid
//~ returns {"id":"o5","status":"paid","currency":"USD","value":35,"paidNow":3}
interface Line { sku: string; quantity: number; price: number }

const { customers } = await crm.find_customers({ query: "bolt", limit: 1 });
if (!customers.length) throw new Error("no such customer");
const [customer] = customers;

const lines: Line[] = [];
lines.push({ sku: "A-1", quantity: 1, price: 20 });
lines.push({ sku: "C-3", quantity: 3, price: 5 });

const payload: any = { customer_id: customer.id, lines };
if (customer.address.country === "US") payload.currency = "USD";

const created = await crm.create_order(payload);
const paid = await crm.set_order_status({ id: created.id, status: "paid" });
const value = paid.lines.reduce((sum, l) => sum + l.quantity * l.price, 0);
const { total: paidNow } = await crm.list_orders({ status: "paid" });

await crm.reset({});
return { id: paid.id, status: paid.status, currency: paid.currency, value, paidNow };

//// a stale issue closed with a comment, dry run first
//~ returns {"dry":["would close #2"],"wet":["closed #2"],"left":[1,4]}
async function closeSilent(dryRun: boolean): Promise<string[]> {
  const log: string[] = [];
  const { issues } = await tracker.list_issues({ state: "open" });
  const silent = issues.filter((i) => i.comments === 0);
  for (const { number } of silent) {
    if (dryRun) {
      log.push(`would close #${number}`);
      continue;
    }
    await tracker.add_comment({ issue: number, body: "Closing: no activity." });
    const after = await tracker.update_issue({ number, state: "closed" });
    log.push(`${after.state} #${after.number}`);
  }
  return log;
}

const dry = await closeSilent(true);
const wet = await closeSilent(false);
const left = (await tracker.list_issues({ state: "open" })).issues.map((i) => i.number);
await tracker.reset({});
return { dry, wet, left };

//// the metric series without gaps
//~ returns {"cpu":{"n":3,"avg":0.7,"max":0.9,"unit":"ratio"},"memory":{"n":2,"avg":384,"max":512,"unit":"MiB"}}
const summary: Record<string, { n: number; avg: number; max: number; unit: string }> = {};

for (const metric of ["cpu", "memory"] as const) {
  const { unit, series } = await metrics.query({
    metric,
    range: { from: "2026-03-01" },
    step: 60,
  });
  const values = series
    .map((point) => point.value)
    .filter((v): v is number => v !== null && v !== undefined);
  const avg = values.reduce((a, b) => a + b, 0) / values.length;
  summary[metric] = {
    n: values.length,
    avg: Math.round(avg * 100) / 100,
    max: Math.max(...values),
    unit,
  };
}

return summary;

//// grouped by assignee then by state
//~ returns {"ada":{"open":[1],"closed":[3]},"none":{"open":[2]},"lin":{"open":[4],"closed":[5]}}
const res = await tracker.list_issues({});
const grouped = (res.issues || []).reduce((acc: any, issue: any) => {
  const key = issue.assignee?.login || "none";
  acc[key] = acc[key] || {};
  acc[key][issue.state] = acc[key][issue.state] || [];
  acc[key][issue.state].push(issue.number);
  return acc;
}, {});

console.log(JSON.stringify(grouped, null, 2));
return grouped;

//// the report file written, by name of the tool
//~ returns {"written":"written","length":31}
const call = async (server: string, tool: string, args: Record<string, unknown> = {}) => {
  const started = Date.now();
  try {
    return await callTool(server, tool, args);
  } finally {
    console.log(`${server}.${tool} took ${Date.now() - started} ms`);
  }
};

const [web, api] = await Promise.all(
  ["web", "api"].map((project) => call("tracker", "list_issues", { project, state: "open" })),
);

const content = [
  `web: ${web.total} open`,
  `api: ${api.total} open`,
  "ok: no",
].join("\n") + "\n";
const written = await call("files", "write_file", { path: "/notes/report.txt", content, mode: "overwrite" });
return { written, length: content.length };

//// config with fallbacks
//~ returns {"port":8080,"tls":true,"timeout":30,"hosts":2,"missing":"default"}
async function readJson(path: string, fallback: any = {}) {
  try {
    const value = await files.read_text_file({ path });
    // JSON comes parsed, but be safe
    return typeof value === "string" ? JSON.parse(value) : value;
  } catch (e) {
    return fallback;
  }
}

const config = await readJson("/notes/config.json");
const other = await readJson("/notes/nothing.json", { name: "default" });

return {
  port: config.port,
  tls: config.tls.enabled,
  timeout: config.timeoutSeconds ?? 30,
  hosts: config.hosts.length,
  missing: other.name,
};

//// duplicates merged over two searches
//~ returns {"hits":[1,4,5],"sources":{"1":["safari"],"4":["export"],"5":["home"]}}
const terms = ["safari", "export", "home"];
const sources: Record<number, string[]> = {};
const seen = new Set<number>();
const hits: any[] = [];

for (const term of terms) {
  const found = await tracker.search_issues({ query: term, limit: 10, sort: "created" });
  for (const issue of found.issues) {
    (sources[issue.number] = sources[issue.number] ?? []).push(term);
    if (seen.has(issue.number)) continue;
    seen.add(issue.number);
    hits.push({ ...issue, score: 1 / (hits.length + 1) });
  }
}

hits.sort((a, b) => b.score - a.score || a.number - b.number);
return { hits: hits.map((h) => h.number), sources };
