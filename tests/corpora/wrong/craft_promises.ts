//// Promise.all kept without await
//~ throws map
const calls = ["cpu", "memory"].map((metric) => metrics.latest({ metric }));
const results = Promise.all(calls);
return results.map(({ value }) => value); //~ error map

//// settled values with a misspelt property
//~ gives [null,null] instead of [3,2]
const settled = await Promise.allSettled([
  tracker.list_issues({ state: "open" }),
  tracker.list_issues({ state: "closed" }),
]);
const totals: unknown[] = [];
for (const one of settled) {
  if (one.status === "fulfilled") totals.push(one.value.totall); //~ warning totall total
}
return totals;

//// a race whose winner is not awaited
//~ gives ["undefined"] instead of ["5"]
const late = new Promise<never>((_, reject) => setTimeout(reject, 20000, new Error("late")));
late.catch(() => {});
const winner = Promise.race([tracker.list_issues({}), late]);
const total = winner.total; //~ error total
return [String(total)];

//// what a limiter gives back
//~ gives {} instead of {"name":"Acme"}
let busy = 0;
async function limited<T>(act: () => Promise<T>): Promise<T> {
  while (busy >= 2) await new Promise((resolve) => setTimeout(resolve, 1));
  busy++;
  try {
    return await act();
  } finally {
    busy--;
  }
}

const customer = limited(() => crm.get_customer({ id: "c1" }));
const name = customer.name; //~ error name
return { name };

//// an unknown tool in batches
//~ throws bulk_update
const { issues } = await tracker.list_issues({ label: "bug" });
for (let start = 0; start < issues.length; start += 2) {
  const numbers = issues.slice(start, start + 2).map((issue) => issue.number);
  await tracker.bulk_update({ numbers, state: "closed" }); //~ error bulk_update
}
return issues.length;

//// text that is not yet read, written
//~ throws promise
const backup = async (path: string) => {
  const content = files.read_text_file({ path });
  return files.write_file({ path: `${path}.bak`, content }); //~ error content promise
};

return backup("/notes/todo.txt");

//// Promise.all around forEach
//~ throws convert
const { issues } = await tracker.list_issues({ state: "open" });
const threads: unknown[] = [];
await Promise.all(
  issues.forEach(async ({ number: issue }) => { //~ warning forEach
    threads.push(await tracker.list_comments({ issue }));
  }),
);
return threads.length;

//// JSON of a call
//~ gives {"length":2} instead of {"length":91}
const text = JSON.stringify(tracker.list_projects()); //~ warning
return { length: text.length };

//// promises of a map added up
//~ gives "0[object Promise][object Promise]" instead of 2
const { issues } = await tracker.list_issues({ project: "web", state: "open" });
const counts = issues.map(async ({ number: issue }) => {
  const { total } = await tracker.list_comments({ issue });
  return total;
});
return counts.reduce((sum, count) => sum + count, 0); //~ warning

//// a chain that nobody waits for
//~ gives 0 instead of 5
let total = 0;
tracker
  .list_issues({}) //~ missed warning list_issues
  .then((result) => {
    total = result.total;
  })
  .catch(() => {
    total = -1;
  });
const before = total;
return before;

//// retried with a range that is text
//~ throws range
async function retry<T>(act: () => Promise<T>, times = 2): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (times === 0) throw error;
    return retry(act, times - 1);
  }
}

const { series } = await retry(() => metrics.query({ metric: "cpu", range: "24h" })); //~ missed error range
return series.length;

//// a write dropped in a then-callback
//~ gives "saved 2 (undefined)" instead of "saved 2 (written)"
let answer: string | undefined;
const count = await tracker.list_projects().then((projects) => {
  const content = projects.map(({ name }) => name).join("\n");
  files.write_file({ path: "/out/projects.txt", content }).then((text) => (answer = text)); //~ warning write_file
  return projects.length;
});
return `saved ${count} (${answer})`;

//// promises kept in an object and read too soon
//~ gives {} instead of {"ok":false,"mails":3}
const parts = {
  health: metrics.health(),
  mails: my_mail.list_messages({}),
};
const ok = parts.health.ok; //~ error ok
const mails = parts.mails.length; //~ error length
return { ok, mails };
