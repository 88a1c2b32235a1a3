//// nested patterns with names, defaults and rest
//~ returns {"title":"Login fails on Safari","owner":"ada","number":1,"second":"Dark mode","isFree":true,"count":3,"kept":false}
const {
  issues: [{ title, assignee: { login: owner } = { login: "nobody" }, ...first }, { title: second, assignee }],
  total: count = 0,
} = await tracker.list_issues({ state: "open" });
return { title, owner, number: first.number, second, isFree: assignee === null, count, kept: "title" in first };

//// a namespace taken apart with a computed name and rest
//~ returns [5,"Dark mode",true,"undefined"]
const verb = "list";
const { [`${verb}_issues`]: list, get_issue: get, ...others } = tracker;
return [
  (await list({})).total,
  (await get({ number: 2 })).title,
  Object.keys(others).includes("delete_issue"),
  typeof others.get_issue,
];

//// parameters with defaults and the rest passed on
//~ returns [[1,2,5],[3],[4]]
async function numbers({ project = "web", map = (issue: any) => issue.number, ...filter }: Record<string, any> = {}) {
  const { issues } = await tracker.list_issues({ project, ...filter });
  return issues.map(map);
}

return Promise.all([
  numbers(),
  numbers({ project: "api", state: "closed" }),
  numbers({ project: "api", label: "bug", map: ({ number }) => number }),
]);

//// assigned to variables that exist
//~ returns [1,["Timeout on export"],true]
let issues: any[] = [];
let total = 0;
let wasSwapped = false;
({ issues, total } = await tracker.list_issues({ project: "web", state: "closed" }));
let other: any[] = [];
let otherTotal = 0;
({ issues: other, total: otherTotal } = await tracker.list_issues({ project: "api", state: "open" }));
[issues, other, wasSwapped] = [other, issues, true];
return [Math.max(total, otherTotal), issues.map((issue) => issue.title), wasSwapped];

//// lines of orders taken apart in the head of a loop
//~ returns ["o1 A-1 x2 +1","o2 A-1 x1 +0","o3 C-3 x3 +0","o4 B-7 x9 +0"]
const { orders } = await crm.list_orders({});
const out: string[] = [];
for (const {
  id,
  lines: [{ sku, quantity }, ...more],
} of orders) {
  out.push(`${id} ${sku} x${quantity} +${more.length}`);
}
return out;

//// a default for a property that may be missing
//~ returns ["Berlin 10115","Austin none","Oslo 0150"]
const { customers } = await crm.find_customers({});
return customers.map(({ address: { city, zip = "none" } }) => `${city} ${zip}`);

//// a default for a property that no result has
//~ returns [["1 normal","2 normal"],[]]
const { issues, warnings = [] } = await tracker.list_issues({ state: "open", project: "web" });
return [issues.map(({ number, priority = "normal" }) => `${number} ${priority}`), warnings];

//// several results from one Promise.all
//~ returns {"body":"Seen on Safari 19 too.","city":"Oslo","rest":[3,"ratio"],"nothing":""}
const [
  {
    comments: [{ body }],
  },
  {
    address: { city },
  },
  nothing,
  ...rest
] = await Promise.all([
  tracker.list_comments({ issue: 1 }),
  crm.get_customer({ id: "c3" }),
  metrics.ping(),
  files.list_directory({ path: "/notes" }),
  metrics.latest({ metric: "cpu" }),
]);
const [{ length }, { unit }] = rest;
return { body, city, rest: [length, unit], nothing };

//// into properties of an object and an element of an array
//~ returns {"total":2,"first":{"n":3},"list":["closed"]}
const box: Record<string, any> = { list: [] };
({
  total: box.total,
  issues: [{ number: (box.first = {} as any).n, state: box.list[0] }],
} = await tracker.list_issues({ state: "closed" }));
return box;

//// an error taken apart
//~ returns ["files.get_file_info: no such file","tracker.get_issue: there is nothing in issues with number 404"]
const attempts = [() => files.get_file_info({ path: "/gone" }), () => tracker.get_issue({ number: 404 })];
const messages: string[] = [];
for (const attempt of attempts) {
  try {
    await attempt();
  } catch ({ server, tool, message }) {
    messages.push(`${server}.${tool}: ${message}`);
  }
}
return messages;

//// defaults that use what was bound before
//~ returns {"first":1,"comments":2,"last":5,"label":"5 issues"}
const {
  issues,
  first = issues[0],
  last = issues.at(-1),
  total,
  label = `${total} issues`,
} = await tracker.list_issues({});
const { number, comments } = first;
return { first: number, comments, last: last.number, label };

//// servers and tools taken from `tools` at once
//~ returns ["web","Corvus","Numbers"]
const {
  tracker: { list_projects: projects },
  crm: { find_customers: find },
  my_mail: { get_message: mail, delete_: remove },
} = tools;
const [{ name: project }] = await projects();
const {
  customers: [{ name: customer }],
} = await find({ query: "corvus" });
if (typeof remove !== "function") throw new Error("no delete");
const { subject } = await mail({ id: "m2" });
return [project, customer, subject];

//// entries of a record with defaults
//~ returns {"db":"fine","cache":"cold"}
const { parts } = await metrics.health({ verbose: true });
return Object.fromEntries(Object.entries(parts).map(([name, { ok, message = ok ? "fine" : "?" }]) => [name, message]));

//// a property renamed to the name of another
//~ returns [{"comments":"Login fails on Safari","title":2},{"comments":"Timeout on export","title":3}]
const { issues } = await tracker.list_issues({ label: "bug", state: "open" });
const swapped = issues.map(({ title: comments, comments: title, ...issue }) => ({ comments, title, extra: issue.url }));
return swapped.map(({ extra, ...shown }) => shown);
