//// a limit that grows until all are there
//~ returns {"limit":8,"numbers":[1,2,3,4,5]}
let limit = 1;
let page;
do {
  limit *= 2;
  page = await tracker.list_issues({ limit });
} while (page.issues.length < page.total);
return { limit, numbers: page.issues.map((i) => i.number) };

//// an async generator over several filters
//~ returns ["Typo on the home page","Rate limit too low","Timeout on export"]
async function* allIssues(filters) {
  for (const filter of filters) {
    const { issues } = await tracker.list_issues(filter);
    yield* issues;
  }
}
const seen = [];
for await (const issue of allIssues([{ project: "web", state: "closed" }, { project: "api" }])) {
  seen.push(issue.title);
}
return seen;

//// one paginating helper for two tools
//~ returns [5,["Acme","Bolt","Corvus"]]
async function paginate<T>(
  fetchPage: (limit: number) => Promise<{ items: T[]; total: number }>,
  pageSize = 2,
): Promise<T[]> {
  const all: T[] = [];
  for (let wanted = pageSize; ; wanted += pageSize) {
    const { items, total } = await fetchPage(wanted);
    all.push(...items.slice(all.length));
    if (all.length >= total) return all;
  }
}
const issues = await paginate((limit) =>
  tracker.list_issues({ limit }).then(({ issues, total }) => ({ items: issues, total })),
);
const customers = await paginate(async (limit) => {
  const r = await crm.find_customers({ limit });
  return { items: r.customers, total: r.total };
}, 1);
return [issues.length, customers.map((c) => c.name)];

//// optional filters spread into the arguments
//~ returns [5,3,2,2]
const filter = (project?: "web" | "api", state?: "open" | "closed") => ({
  ...(project && { project }),
  ...(state ? { state } : {}),
});
const counts = [];
for (const args of [filter(), filter("web"), filter("web", "open"), filter(undefined, "closed")]) {
  counts.push((await tracker.list_issues(args)).total);
}
return counts;

//// searches without duplicates
//~ returns [1,2,4]
const queries = ["safari", "export", "many", "cookie"];
const pages = await Promise.all(queries.map((query) => tracker.search_issues({ query, limit: 10 })));
const unique = new Map(pages.flatMap((page) => page.issues).map((issue) => [issue.number, issue]));
return [...unique.values()].map((issue) => issue.number).sort((a, b) => a - b);

//// a range of dates, and labels
//~ returns ["2:feature","4:bug"]
const from = Date.parse("2026-03-02"), to = Date.parse("2026-03-05");
const { issues } = await tracker.list_issues({});
return issues
  .filter(({ created_at }) => {
    const t = Date.parse(created_at);
    return t >= from && t < to;
  })
  .filter(({ labels }) => labels.length > 0)
  .map(({ number, labels: [first] }) => `${number}:${first}`);

//// sorted by several keys
//~ returns [4,1,2,3,5]
const { issues } = await tracker.list_issues();
const order = { open: 0, closed: 1 };
const sorted = issues.toSorted(
  (a, b) => order[a.state] - order[b.state] || b.comments - a.comments || a.number - b.number,
);
return sorted.map((i) => i.number);

//// stops at the first match
//~ returns "Typo on the home page"
let found = null;
for (const project of await tracker.list_projects()) {
  const page = await tracker.list_issues({ project: project.name, state: "closed" });
  found = page.issues.find((issue) => issue.assignee && issue.assignee.login === "lin");
  if (found) break;
}
return found ? found.title : null;

//// collects by recursion
//~ returns ["o1","o2","o3"]
const collect = async (wanted: number, acc: string[] = []): Promise<string[]> => {
  const { orders } = await crm.list_orders({});
  const next = orders[acc.length];
  return !next || acc.length >= wanted ? acc : collect(wanted, [...acc, next.id]);
};
return collect(3);

//// unread mail through the raw names
//~ returns {"unread":["m1"],"read":2,"folders":["inbox","sent"]}
const unread = await tools["my-mail"]["list-messages"]({ unread: true });
const everything = await my_mail.list_messages();
return {
  unread: unread.map((m) => m.id),
  read: everything.filter((m) => !m.unread).length,
  folders: [...new Set(everything.map((m) => m.folder))],
};

//// a cursor that never comes
//~ returns 5
let cursor: string | null = null;
const all: unknown[] = [];
do {
  const page: any = await tracker.search_issues({ query: "e", ...(cursor ? { cursor } : {}) });
  all.push(...page.issues);
  cursor = page.next_cursor ?? null;
} while (cursor);
return all.length;

//// pages until there are no more
//~ returns {"pages":1,"titles":["Login fails on Safari","Dark mode","Rate limit too low","Timeout on export","Typo on the home page"]}
const titles = [];
let pages = 0;
for (let page = 1; page <= 10; page++) {
  const result = await tracker.search_issues({ query: "o", page, per_page: 100 });
  pages = page;
  titles.push(...result.issues.map((i) => i.title));
  if (!result.has_more) break;
}
return { pages, titles };

//// a while loop over a queue of projects
//~ returns {"web":["bug"],"api":[]}
const queue = (await tracker.list_projects()).map(({ name }) => name);
const labels = {};
while (queue.length) {
  const project = queue.shift();
  const { issues } = await tracker.list_issues({ project, state: "closed" });
  labels[project] = [...new Set(issues.flatMap((issue) => issue.labels))];
}
return labels;
