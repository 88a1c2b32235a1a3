//// string enums as arguments
//~ returns {"open":3,"closed":2,"free":1}
enum State {
  Open = "open",
  Closed = "closed",
}
const enum Tier {
  Free = "free",
  Pro = "pro",
}
const counts: Partial<Record<State | Tier, number>> = {};
for (const state of Object.values(State)) counts[state] = (await tracker.list_issues({ state })).total;
counts[Tier.Free] = (await crm.find_customers({ tier: Tier.Free })).total;
return counts;

//// a numeric enum and its names
//~ returns ["Low","None","Low","High","None"]
enum Load {
  None,
  Low,
  High = 3,
}
const { issues } = await tracker.list_issues({});
const load = (comments: number): Load => (comments >= Load.High ? Load.High : comments > 0 ? Load.Low : Load.None);
return issues.map((issue) => Load[load(issue.comments)]);

//// a generic call with a type argument
//~ returns ["Hello",[3,5,4]]
interface Message {
  id: string;
  subject: string;
}
async function call<T>(server: string, tool: string, args: Record<string, unknown> = {}): Promise<T> {
  return (await callTool(server, tool, args)) as T;
}
const message = await call<Message>("my-mail", "get-message", { id: "m1" });
const totals = await Promise.all([
  call<{ total: number }>("crm", "find_customers"),
  call<{ total: number }>("tracker", "list_issues"),
  call<{ total: number }>("crm", "list_orders", {}),
]);
return [message.subject, totals.map(({ total }) => total)];

//// a dispatch table as const that satisfies a type
//~ returns {"issue":"Dark mode","order":15,"mail":"Numbers"}
const load = {
  issue: (number: number) => tracker.get_issue({ number }),
  order: (id: string) => crm.get_order({ id }),
  mail: (id: string) => tools.my_mail.get_message({ id }),
} as const satisfies Record<string, (key: any) => Promise<unknown>>;
type Kind = keyof typeof load;

const wanted = [
  ["issue", 2, "title"],
  ["order", "o3", "total"],
  ["mail", "m2", "subject"],
] as const satisfies readonly (readonly [Kind, string | number, string])[];

const out = {} as Record<Kind, unknown>;
for (const [kind, key, field] of wanted) out[kind] = ((await load[kind](key as never)) as any)[field];
return out;

//// export default of an async function
//~ returns {"numbers":[4],"by":"lin"}
interface Options {
  readonly label: string;
  limit?: number;
}

const defaults: Readonly<Options> = { label: "export", limit: 10 };

export default async function report(options: Options = defaults) {
  const { issues } = await tracker.list_issues({ ...options });
  const [{ assignee }] = issues;
  return { numbers: issues.map((issue) => issue.number), by: assignee!.login };
}

//// export default of a value, and other exports
//~ returns ["web:ada","api:lin"]
export interface Project {
  name: string;
  lead: string;
}
export type Line = `${string}:${string}`;
export const toLine = ({ name, lead }: Project): Line => `${name}:${lead}`;

const projects: Project[] = await tracker.list_projects();
export default projects.map(toLine);

//// a function named main
//~ returns {"unread":["Hello"],"folders":{"inbox":2,"sent":1}}
type Mail = { folder: "inbox" | "sent"; subject: string; unread: boolean };

const countBy = <T, K extends PropertyKey>(items: T[], key: (item: T) => K) =>
  items.reduce((counts, item) => ({ ...counts, [key(item)]: (counts[key(item)] ?? 0) + 1 }), {} as Record<K, number>);

async function main(): Promise<{ unread: string[]; folders: Record<string, number> }> {
  const mails = (await my_mail.list_messages({})) as Mail[];
  return {
    unread: mails.filter((mail) => mail.unread).map((mail) => mail.subject),
    folders: countBy(mails, (mail) => mail.folder),
  };
}

//// an arrow named run
//~ returns 98.5
const average = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

const run = async (): Promise<number> => {
  const { orders } = await crm.list_orders({ status: "open" as const });
  const [paid] = (await crm.list_orders({ status: "paid" })).orders;
  return average([...orders.map((order) => order.total), paid.total, 95]);
};

//// fenced code
//~ returns "Corvus (pro) spent 900 NOK"
```typescript
const { customers: [customer] } = await crm.find_customers({ query: "corvus", limit: 1 });
const { orders } = await crm.list_orders({ customer_id: customer.id });
const [{ total, currency }] = orders;
return `${customer.name} (${customer.tier}) spent ${total} ${currency}`;
```

//// overloads and type guards
//~ returns ["Timeout on export","B-7 A-1"]
interface Issue {
  number: number;
  title: string;
}
interface Order {
  id: string;
  lines: { sku: string }[];
}
const isIssue = (value: Issue | Order): value is Issue => "number" in value;

function fetchOne(key: number): Promise<Issue>;
function fetchOne(key: string): Promise<Order>;
function fetchOne(key: number | string): Promise<Issue | Order> {
  return typeof key === "number" ? tracker.get_issue({ number: key }) : crm.get_order({ id: key });
}

const both: (Issue | Order)[] = [await fetchOne(4), await fetchOne("o1")];
return both.map((one) =>
  isIssue(one)
    ? one.title
    : one.lines
        .map((line) => line.sku)
        .reverse()
        .join(" "),
);

//// an assertion function, definite fields and non-null marks
//~ returns {"zip":"10115","peak":0.9}
function assertPresent<T>(value: T | null | undefined, what: string): asserts value is T {
  if (value == null) throw new Error(`no ${what}`);
}

class Snapshot {
  series!: { time: string; value: number | null }[];
  async load(metric: "cpu" | "memory"): Promise<this> {
    ({ series: this.series } = await metrics.query({ metric, range: { from: "2026-03-01" } }));
    return this;
  }
  get peak() {
    return Math.max(...this.series.map((point) => point.value ?? -Infinity));
  }
}

const { address } = await crm.get_customer({ id: "c1" });
assertPresent(address.zip, "zip");
return { zip: address.zip, peak: (await new Snapshot().load("cpu"))!.peak };

//// a namespace of helpers with a name near a server's
//~ returns ["#1 Login fails on Safari [bug, auth]","#4 Timeout on export [bug, export]"]
namespace Tracker {
  export type Filter = { state?: "open" | "closed"; label?: string };
  export const list = async (filter: Filter) => (await tracker.list_issues(filter)).issues;
  export function format({ number, title, labels }: { number: number; title: string; labels: string[] }) {
    return `#${number} ${title} [${labels.join(", ")}]`;
  }
}

return (await Tracker.list({ state: "open", label: "bug" })).map(Tracker.format);

//// a result type with two shapes
//~ returns ["ok 20","error no such file"]
type Result<T, E = Error> = { ok: true; value: T } | { ok: false; error: E };

async function attempt<T>(promise: Promise<T>): Promise<Result<T>> {
  try {
    return { ok: true, value: await promise };
  } catch (error) {
    return { ok: false, error: error as Error };
  }
}

const results = [
  await attempt<{ size: number }>(files.get_file_info({ path: "/notes/todo.txt" })),
  await attempt<{ size: number }>(files.get_file_info({ path: "/notes/todo.doc" })),
];
return results.map((result) => (result.ok ? `ok ${result.value.size}` : `error ${result.error.message}`));

//// casts through unknown and any to another shape
//~ returns {"n":2,"first":"web","port":8080}
const [first, ...rest] = (await tracker.list_projects()) as unknown as [{ name: string }, ...{ name: string }[]];
const config = <{ port: number; hosts: string[] }>await files.read_text_file({ path: "/notes/config.json" });
return { n: rest.length + 1, first: first.name, port: (config as any).port };
