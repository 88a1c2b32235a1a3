//// an enum with values of another tracker
//~ throws state
enum State {
  Open = "OPEN",
  Closed = "CLOSED",
}

const { issues } = await tracker.list_issues({ state: State.Closed }); //~ error state
return issues.map((issue) => issue.number);

//// callTool with a misspelt tool
//~ throws list_isues
type Page<T extends string> = Record<T, unknown[]> & { total: number };

const page = (await callTool("tracker", "list_isues", { state: "open" })) as Page<"issues">; //~ error list_isues list_issues
return page.total;

//// callTool with an argument under another name
//~ throws customer_id
interface Customer {
  name: string;
}

const customer: Customer = await callTool("crm", "get_customer", { customer_id: "c1" }); //~ error customer_id
return customer.name;

//// export default with an interface that has another name
//~ gives ["1: undefined","2: undefined"] instead of ["1: 2026-03-01T09:00:00Z","2: 2026-03-02T10:30:00Z"]
interface Issue {
  number: number;
  createdAt: string;
}

export default async function days(): Promise<string[]> {
  const { issues }: { issues: Issue[] } = await tracker.list_issues({ project: "web", state: "open" });
  return issues.map((issue: Issue) => `${issue.number}: ${issue.createdAt}`); //~ warning createdAt created_at
}

//// main without await
//~ throws map
type Order = { id: string; total: number };

async function main(): Promise<number[]> {
  const { orders } = crm.list_orders({ status: "paid" }); //~ error orders
  return (orders as Order[]).map(({ total }) => total);
}

//// run with a server that is not there
//~ throws github
const run = async (): Promise<string[]> => {
  const pulls = await github.list_pull_requests({ repo: "web" }); //~ error github
  return pulls.map((pull) => pull.title);
};

//// fenced code with a misspelt property
//~ gives [null,null,null] instead of ["Acme","Bolt","Corvus"]
```ts
const result = await crm.find_customers({});
return result.customers.map((customer) => customer.fullname); //~ warning fullname
```

//// a table as const with a wrong type
//~ throws limit
const queries = {
  few: { project: "web", limit: "5" },
  many: { project: "web", limit: 100 },
} as const;

const { issues } = await tracker.list_issues(queries.few); //~ error limit
return issues.length;

//// a namespace that keeps a promise
//~ throws length
namespace Open {
  export const call = tracker.list_issues({ state: "open" });
  export const labels = (issues: { labels: string[] }[]) => new Set(issues.flatMap((issue) => issue.labels));
}

const { length } = Open.call.issues; //~ missed error issues
return length;

//// overloads that give promises
//~ gives [null] instead of ["Timeout on export"]
function fetchOne(key: number): Promise<{ title: string }>;
function fetchOne(key: string): Promise<{ id: string }>;
function fetchOne(key: any): Promise<any> {
  return typeof key === "number" ? tracker.get_issue({ number: key }) : crm.get_order({ id: key });
}

return [fetchOne(4).title]; //~ error title

//// non-null marks around a misspelt property
//~ throws login
const owner = (await tracker.get_issue({ number: 4 }))!.asignee!.login; //~ warning asignee assignee
return owner as string;

//// cast to a shape of another server
//~ throws map
const { items } = (await tracker.list_issues({ label: "bug" })) as unknown as { items: { number: number }[] }; //~ warning items
return items.map(({ number }) => number);

//// await in an arrow that is not async
//~ throws SyntaxError
const { issues } = await tracker.list_issues({ state: "open" });
const threads = issues.map((issue) => await tracker.list_comments({ issue: issue.number })); //~ error
return threads.length;

//// declared twice
//~ throws SyntaxError
const { total } = await tracker.list_issues({ state: "open" });
const open = total;
const { total } = await tracker.list_issues({ state: "closed" }); //~ error total
return [open, total];

//// a decorator
//~ throws SyntaxError
function logged(method: any, context: any) {
  return method;
}

class Loader {
  @logged //~ error
  load() {
    return tracker.list_projects();
  }
}

return (await new Loader().load()).length;

//// a helper with generics that takes a misspelt tool
//~ throws get_customers
type Tool<A, R> = (args: A) => Promise<R>;

async function each<A, R>(tool: Tool<A, R>, list: readonly A[]): Promise<R[]> {
  const out: R[] = [];
  for (const args of list) out.push(await tool(args));
  return out;
}

const names = await each((args: { id: string }) => crm.get_customers(args), [{ id: "c1" }, { id: "c2" }]); //~ error get_customers get_customer
return names;
