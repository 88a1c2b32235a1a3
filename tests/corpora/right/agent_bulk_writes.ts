//// creates issues from drafts and takes them back
//~ returns ["#6 Add favicon (open)","#7 Broken link in footer (open)"]
const drafts = [
  { title: "Add favicon", labels: ["feature"] },
  { title: "Broken link in footer", labels: ["bug"] },
];
const created = [];
for (const draft of drafts) created.push(await tracker.create_issue({ project: "web", ...draft }));
const report = created.map(({ number, title, state }) => `#${number} ${title} (${state})`);
await Promise.all(created.map(({ number }) => tracker.delete_issue({ number })));
return report;

//// closes feature requests and reopens them
//~ returns {"changed":[2],"states":["closed"]}
const { issues: stale } = await tracker.list_issues({ state: "open", label: "feature" });
const closed = await Promise.all(
  stale.map((issue) => tracker.update_issue({ number: issue.number, state: "closed" })),
);
const states = closed.map((issue) => issue.state);

// put it back
await Promise.all(stale.map(({ number, state }) => tracker.update_issue({ number, state })));
return { changed: stale.map((i) => i.number), states };

//// plans only, with a dry-run flag
//~ returns [{"number":1,"labels":["bug","auth","triaged"]},{"number":4,"labels":["bug","export","triaged"]},{"number":5,"labels":["bug","triaged"]}]
const DRY_RUN: boolean = true;
const { issues } = await tracker.list_issues({ label: "bug" });
const plan = issues
  .filter((i) => !i.labels.includes("triaged"))
  .map((i) => ({ number: i.number, labels: [...i.labels, "triaged"] }));
for (const change of plan) {
  if (DRY_RUN) {
    console.log(`would set #${change.number} to ${change.labels}`);
    continue;
  }
  await tracker.update_issue(change);
}
return plan;

//// an order whose arguments are built step by step
//~ returns {"id":"o5","status":"open","currency":"USD","lines":1}
const args: { customer_id: string; lines: any[]; notes?: string | null; currency?: string } = {
  customer_id: "c2",
  lines: [],
};
args.lines.push({ sku: "A-1", quantity: 2, price: 50 });
args.currency = "USD";
args.notes = null;
const order = await crm.create_order(args);
await crm.reset();
return { id: order.id, status: order.status, currency: order.currency, lines: order.lines.length };

//// a status that is restored in finally
//~ returns "open -> paid"
const before = await crm.get_order({ id: "o2" });
try {
  const after = await crm.set_order_status({ id: before.id, status: "paid" });
  return `${before.status} -> ${after.status}`;
} finally {
  await crm.set_order_status({ id: before.id, status: before.status });
}

//// sends a digest by mail and deletes it
//~ returns {"subject":"3 open issues","to":2,"lines":3}
const { issues, total } = await tracker.list_issues({ state: "open" });
const body = issues.map((issue) => `* ${issue.title}`).join("\n");
const sent = await my_mail.send_message({
  to: ["ada@example.com", "lin@example.com"],
  subject: `${total} open issues`,
  body,
  priority: 2,
  cc: "me@example.com",
});
const check = await my_mail.get_message({ id: sent.id });
await my_mail.delete_({ id: sent.id });
return { subject: check.subject, to: check.to.length, lines: check.body.split("\n").length };

//// comments in batches
//~ returns {"added":[1,2,3,4,5],"batches":3}
const chunk = <T,>(list: T[], size: number): T[][] =>
  list.length ? [list.slice(0, size), ...chunk(list.slice(size), size)] : [];
const { issues } = await tracker.list_issues({});
const added: number[] = [];
const batches = chunk(issues, 2);
for (const batch of batches) {
  const results = await Promise.all(
    batch.map((issue) => tracker.add_comment({ issue: issue.number, body: `Triage of "${issue.title}"` })),
  );
  added.push(...results.map((comment) => comment.issue));
}
await tracker.reset({});
return { added, batches: batches.length };

//// a pool of workers
//~ returns ["/notes/backup-todo.txt","/notes/backup-config.json","/notes/backup-data.csv"]
async function pool<T, R>(items: T[], limit: number, task: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = new Array(items.length);
  let next = 0;
  async function worker() {
    while (next < items.length) {
      const index = next++;
      results[index] = await task(items[index]);
    }
  }
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
  return results;
}

const names = await files.list_directory({ path: "/notes" });
const paths = names.map((name) => "/notes/backup-" + name);
const answers = await pool(paths, 2, (path) => files.write_file({ path, content: "copy", mode: "overwrite" }));
return answers.every((answer) => answer === "written") ? paths : [];

//// finds or creates
//~ returns [[2,false],[6,true]]
async function findOrCreate(title: string, project: "web" | "api") {
  const { issues } = await tracker.search_issues({ query: title });
  const existing = issues.find((issue) => issue.title === title);
  if (existing) return { issue: existing, created: false };
  return { issue: await tracker.create_issue({ project, title }), created: true };
}
const first = await findOrCreate("Dark mode", "web");
const second = await findOrCreate("Light mode", "web");
if (second.created) await tracker.delete_issue({ number: second.issue.number });
return [first, second].map(({ issue, created }) => [issue.number, created]);

//// an undo log of closures
//~ returns {"renamed":["Dark theme","Typo on the start page"],"restored":["Dark mode","Typo on the home page"]}
const undo: (() => Promise<unknown>)[] = [];
async function rename(number: number, title: string) {
  const old = (await tracker.get_issue({ number })).title;
  undo.push(() => tracker.update_issue({ number, title: old }));
  return (await tracker.update_issue({ number, title })).title;
}
const renamed = [await rename(2, "Dark theme"), await rename(5, "Typo on the start page")];
for (const step of undo.reverse()) await step();
const restored = await Promise.all([2, 5].map((number) => tracker.get_issue({ number })));
return { renamed, restored: restored.map((issue) => issue.title) };

//// writes of which one fails
//~ returns {"ok":[1,4],"failed":["42: there is nothing in issues with number 42"]}
const numbers = [1, 42, 4];
const outcomes = await Promise.allSettled(
  numbers.map((number) => tracker.update_issue({ number, labels: ["bug"] })),
);
const ok = outcomes.filter((o) => o.status === "fulfilled").map((o) => o.value.number);
const failed = outcomes.flatMap((o, i) => (o.status === "rejected" ? [`${numbers[i]}: ${o.reason.message}`] : []));
await tracker.reset();
return { ok, failed };

//// a chain of writes with then
//~ returns {"on":6,"by":"bot"}
return tracker
  .create_issue({ project: "api", title: "Add paging", body: "Cursor based." })
  .then((issue) => tracker.add_comment({ issue: issue.number, body: "Will do." }))
  .then((comment) => ({ on: comment.issue, by: comment.author.login }))
  .finally(() => tracker.reset());

//// forEach collects promises that are awaited
//~ returns [{"number":3,"state":"open"},{"number":5,"state":"open"}]
const { issues } = await tracker.list_issues({ state: "closed" });
const jobs: Promise<any>[] = [];
issues.forEach((issue) => {
  jobs.push(tracker.update_issue({ number: issue.number, state: "open" }));
});
const reopened = (await Promise.all(jobs)).map(({ number, state }) => ({ number, state }));
const back = issues.map((issue) => tracker.update_issue({ number: issue.number, state: "closed" }));
await Promise.all(back);
return reopened;
