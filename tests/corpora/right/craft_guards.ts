//// a tool that may not be there, by typeof
//~ returns {"how":"list","total":3}
const filter = { state: "open" };
if (typeof tracker.count_issues === "function") {
  const { count } = await tracker.count_issues(filter);
  return { how: "count", total: count };
}
return { how: "list", total: (await tracker.list_issues(filter)).total };

//// a tool and a server that may not be there, by in and by typeof
//~ returns ["no bulk","no wiki","mail"]
const out: string[] = [];
if ("bulk_update" in tracker) {
  await tracker.bulk_update({ numbers: [1, 2], state: "closed" });
  out.push("bulk");
} else {
  out.push("no bulk");
}
out.push(typeof wiki !== "undefined" ? (await wiki.search({ query: "x" })).hits.length : "no wiki");
out.push("my_mail" in tools ? "mail" : "no mail");
return out;

//// optional calls of tools that may not be there
//~ returns [null,[],"none",2]
const stats = await tracker.get_statistics?.({ project: "web" });
const pages = (await tools.wiki?.list_pages?.({})) ?? [];
const version = await metrics.version?.().then((v) => v.name);
return [stats ?? null, pages, version ?? "none", (await tracker.list_projects?.()).length];

//// the first tool of a list that is there
//~ returns ["list_issues",5]
const candidates = ["query_issues", "find_issues", "list_issues", "search_issues"] as const;
const name = candidates.find((candidate) => candidate in tracker)!;
const found = await tracker[name]({});
return [name, found.total ?? found.issues.length];

//// a tool tried, and another when that fails
//~ returns {"names":["todo.txt","config.json","data.csv"],"failed":true}
let names: string[];
let failed = false;
try {
  names = await files.list_files({ folder: "/notes" });
} catch {
  failed = true;
  names = await files.list_directory({ path: "/notes" });
}
return { names, failed };

//// properties that results may have
//~ returns [["1: none, due never"],["2: none, due never"],"no cursor"]
const result = await tracker.list_issues({ project: "web", state: "open" });
const lines = result.issues.map((issue) => {
  const milestone = issue.milestone?.title ?? "none";
  const due = "due_on" in issue ? new Date(issue.due_on).getTime() : "never";
  return [`${issue.number}: ${milestone}, due ${due}`];
});
const cursor = result.next_cursor ? `cursor ${result.next_cursor.slice(0, 4)}` : "no cursor";
return [...lines, cursor];

//// a list that comes in one of several wrappings
//~ returns [2,5,3,3]
const unwrap = (value: any): any[] =>
  Array.isArray(value) ? value : (value.items ?? value.issues ?? value.rows ?? value.customers ?? []);
return [
  unwrap(await tracker.list_projects()).length,
  unwrap(await tracker.list_issues({})).length,
  unwrap(await crm.find_customers({})).length,
  unwrap(await my_mail.list_messages({})).length,
];

//// arguments built step by step
//~ returns {"asked":{"project":"web","state":"open","limit":1},"shown":1,"total":2}
const wish = { project: "web", onlyOpen: true, most: "1", label: "" };
const args: Record<string, unknown> = {};
if (wish.project) args.project = wish.project;
if (wish.onlyOpen) args["state"] = "open";
if (wish.label.length > 0) args.label = wish.label;
args.max = wish.most;
args.limit = Number(args.max);
delete args.max;
const { issues, total } = await tracker.list_issues(args);
return { asked: args, shown: issues.length, total };

//// arguments completed by spread
//~ returns ["ada","Timeout on export"]
const base = { issue: 0, verbose: true };
const { verbose, ...clean } = base;
const defaults = { ...(verbose && { issue: 1 }), ...(false as boolean && { number: 1 }) };
const thread = await tracker.list_comments({ ...clean, ...defaults, ...(null as any) });
const pair = Object.fromEntries([["number", 4]]);
const issue = await tracker.get_issue({ ...pair });
return [thread.comments[1].author.login, issue.title];

//// an object of our own with the names of tools
//~ returns {"total":5,"labels":["auth","bug","export","feature"],"titles":2}
const api = {
  ...tracker,
  async list_labels() {
    const { issues } = await this.list_issues({});
    return [...new Set<string>(issues.flatMap((issue) => issue.labels))].sort();
  },
  get_titles: async (state: string) => (await tracker.list_issues({ state })).issues.map((issue) => issue.title),
};
const { total } = await api.list_issues();
return { total, labels: await api.list_labels(), titles: (await api.get_titles("closed")).length };

//// a stand-in for a server that has more tools
//~ returns ["ada","lin","created"]
const extended: any = new Proxy(tracker, {
  get(target, name: string) {
    if (name === "lead_of") return async (project: string) => (await target.list_projects()).find((p) => p.name === project)?.lead;
    if (name.startsWith("create_")) return async () => ({ status: "created" });
    return target[name];
  },
});
const [{ name: first }, second] = await extended.list_projects();
return [await extended.lead_of(first), await extended.lead_of(second.name), (await extended.create_sprint({})).status];

//// a server's name for something else
//~ returns {"sum":12,"names":["ada","lin"],"open":[1,2,4]}
const parse = (files: string) =>
  files
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => line.split(","))
    .map(([name, amount]) => ({ name, amount: Number(amount) }));

async function openNumbers(tracker: { list: (filter: object) => Promise<{ issues: { number: number }[] }> }) {
  const crm = await tracker.list({ state: "open" });
  return crm.issues.map((metrics) => metrics.number);
}

const rows = parse(await files.read_text_file({ path: "/notes/data.csv" }));
let sum = 0;
for (const metrics of rows) sum += metrics.amount;
return {
  sum,
  names: [...new Set(rows.map((tracker) => tracker.name))],
  open: await openNumbers({ list: tracker.list_issues }),
};

//// a value that is text or parsed JSON
//~ returns [["hosts","port","tls"],3]
async function readJson(path: string): Promise<any> {
  const content: unknown = await files.read_text_file({ path });
  if (typeof content !== "string") return content;
  try {
    return JSON.parse(content);
  } catch {
    return { lines: content.trim().split("\n") };
  }
}
const config = await readJson("/notes/config.json");
const todo = await readJson("/notes/todo.txt");
return [Object.keys(config).sort(), (todo.lines ?? todo.items).length];
