//// grouped, counted and put back together
//~ returns {"bug":{"open":[1,4],"closed":[5]},"none":{"closed":[3]},"feature":{"open":[2]}}
const { issues } = await tracker.list_issues({});
const byLabel = Map.groupBy(issues, ({ labels: [first = "none"] }) => first);

return Object.fromEntries(
  Array.from(byLabel, ([label, members]) => [
    label,
    Object.fromEntries(
      Object.entries(Object.groupBy(members, ({ state }) => state)).map(([state, list]) => [state, list.map((i) => i.number)]),
    ),
  ]),
);

//// set algebra over people
//~ returns {"both":["ada","lin"],"silent":["web-only"],"only":[3,5]}
const [{ issues }, projects] = await Promise.all([tracker.list_issues(), tracker.list_projects()]);
const assignees = new Set(issues.flatMap(({ assignee }) => assignee?.login ?? []));
const leads = new Set([...projects.map(({ lead }) => lead), "web-only"]);
const bugs = new Set(issues.filter((i) => i.labels.includes("bug")));
const closed = new Set(issues.filter(({ state }) => state === "closed"));

return {
  both: [...assignees.intersection(leads)],
  silent: [...leads.difference(assignees)],
  only: [...closed.difference(bugs).union(closed.intersection(bugs))].map(({ number }) => number),
};

//// parameters with renames, defaults and rest
//~ returns [["Acme","Berlin","10115",["email","id","tier"]],["Bolt","Austin","-",["email","id","tier"]],["Corvus","Oslo","0150",["email","id","tier"]]]
const row = ({ name: who, address: { city, zip = "-" }, ...others }: any) => [who, city, zip, Object.keys(others).sort()];

const { customers: [...everybody], total: howMany } = await crm.find_customers({ limit: 10 });
if (howMany !== everybody.length) throw new RangeError(`${howMany} of ${everybody.length}`);
return everybody.map(row);

//// holes and swaps in array patterns
//~ returns [2,4,[3,4,5],"requests","cpu"]
const { issues: [, second, , { number: fourth }, ...{ length: rest }], issues } = await tracker.list_issues();
let { metrics: [first, , last] } = await metrics.list_metrics();
[first, last] = [last, first];
const [, , ...tail] = issues;
return rest === 1 ? [second.number, fourth, tail.map((i) => i.number), first, last] : "?";

//// assignments that fill what is missing
//~ returns {"owners":{"1":"ada","2":"web lead ada"},"cached":true}
const owners: Record<string, string> = {};
const leads = new Map<string, string>();
for (const { name, lead } of await tracker.list_projects()) leads.set(name, lead);

for (const number of [1, 2]) {
  const issue = await tracker.get_issue({ number });
  issue.assignee ??= { login: `${issue.project} lead ${leads.get(issue.project)}`, name: "" };
  issue.cached ||= true;
  owners[number] = issue.assignee.login;
  owners.cached = issue.cached && "yes";
}
const { cached, ...named } = owners;
return { owners: named, cached: cached === "yes" };

//// comma, void and a catch without binding
//~ returns ["written",{"port":8080},null,2]
let reads = 0;
const json = async (path: string) => {
  try {
    return (reads++, await files.read_text_file({ path }));
  } catch {
    return null;
  }
};
const pending: Promise<unknown>[] = [];
const later = (work: Promise<unknown>) => void pending.push(work.catch(() => {}));
later(metrics.ping());
later(metrics.health({ verbose: true }));

const written = await files.write_file({ path: "/out.txt", content: "x", mode: "append" });
const { port } = await json("/notes/config.json");
return [written, { port }, await json("/notes/none.json"), (await Promise.all(pending), reads)];

//// values of two shapes told apart by what they have
//~ returns ["issue Dark mode","customer Bolt in Austin","order of 1 line","text milk"]
const things = await Promise.all([
  tracker.get_issue({ number: 2 }),
  crm.get_customer({ id: "c2" }),
  crm.get_order({ id: "o3" }),
  files.read_text_file({ path: "/notes/todo.txt" }),
]);

const describe = (thing: any): string => {
  if (typeof thing === "string") return `text ${thing.slice(0, thing.indexOf("\n"))}`;
  if ("lines" in thing) return `order of ${thing.lines.length} line`;
  if (thing.address) return `customer ${thing.name} in ${thing.address.city}`;
  return `issue ${thing.title}`;
};
return things.map(describe);

//// names of servers that mean something else inside
//~ returns {"files":["todo.txt","config.json","data.csv"],"metrics":{"size":113},"tracker":3}
const summary = async (files: string[], tracker = files.length) => {
  const metrics = { size: 0 };
  for (const crm of files) {
    const { size } = await tools.files.get_file_info({ path: `/notes/${crm}` });
    if (crm.endsWith("t") === false && size > 25) metrics.size += size;
  }
  return { files, metrics, tracker };
};
return summary(await files.list_directory({ path: "/notes" }));

//// arguments that are made whole by spreads
//~ returns {"sent":["m4","Fwd: Numbers",["ada@example.com"]],"gone":true,"left":3}
const defaults = { body: "", to: [] as string[] };
const forward = ({ subject, body }: { subject: string; body: string }) => ({ subject: `Fwd: ${subject}`, body });

const original = await my_mail.get_message({ id: "m2" });
const letter: Record<string, unknown> = { ...defaults, ...forward(original), ...(original.unread ? { priority: 1 } : {}) };
letter["to"] = original.to.filter((address: string) => !address.startsWith("me@"));
const { id, subject, to } = await my_mail.send_message(letter);
const erase = my_mail["delete"];
const { deleted } = await erase({ id });
return { sent: [id, subject, to], gone: deleted, left: (await tools["my-mail"]["list-messages"]()).length };

//// an accumulator of changing shape
//~ returns [["ada",["Login fails on Safari","Rate limit too low"],3],["lin",["Timeout on export","Typo on the home page"],3]]
const { issues } = await tracker.list_issues();
const people = issues
  .filter((issue) => issue.assignee !== null)
  .reduce((all, { assignee: { login }, title, comments }) => {
    const entry = (all[login] ||= { titles: [], comments: 0 });
    entry.titles.push(title);
    entry.comments += comments;
    return all;
  }, Object.create(null));
return Object.entries<any>(people)
  .map(([login, { titles, comments }]) => [login, titles, comments])
  .sort(([a], [b]) => (a < b ? -1 : +(a > b)));

//// a value that is replaced by what it leads to
//~ returns ["Acme","Berlin",["o1","o2"],3]
let it: any = "c1";
const trail: any[] = [];
it = await crm.get_customer({ id: it });
trail.push(it.name);
({ address: it } = it);
trail.push(it.city);
it = await crm.list_orders({ customer_id: "c1" });
trail.push(it.orders.map(({ id }: { id: string }) => id));
it = it.orders.flatMap(({ lines }: any) => lines);
trail.push(it.length);
return trail;

//// a module with enums and a default export
//~ returns {"OPEN":{"count":3,"oldest":"2026-03-01"},"CLOSED":{"count":2,"oldest":"2026-03-03"}}
enum State { OPEN = "open", CLOSED = "closed" }
interface Line { count: number; oldest: string }
type Table = Partial<Record<keyof typeof State, Line>>;

const dated = (iso: string): string => iso.split("T", 1)[0]!;

export default async function report(): Promise<Table> {
  const table: Table = {};
  for (const [key, state] of Object.entries(State) as [keyof typeof State, State][]) {
    const { issues, total: count } = await tracker.list_issues({ state });
    const [oldest] = issues.map(({ created_at }) => created_at).toSorted();
    table[key] = { count, oldest: dated(oldest) } satisfies Line;
  }
  return table;
}
