//// a pipeline with a hole where a tool should be
//~ gives null instead of "Login fails on Safari"
const pipe = (...steps: any[]) => (start: unknown) =>
  steps.reduce((sofar, step) => sofar.then(step), Promise.resolve(start));

const title = pipe(
  (number: number) => ({ number }),
  tracker.get_isue, //~ warning get_isue get_issue
  (issue: any) => issue.title,
);
return (await title(1)) ?? null;

//// a curried read of a promise
//~ gives ["Acme <undefined>"] instead of ["Acme <office@acme.example.com>"]
const email = (name: string) => (id: string) => {
  const customer = crm.get_customer({ id });
  return `${name} <${customer.email}>`; //~ error email await
};
const acme = email("Acme");
return ["c1"].map(acme);

//// memoized orders that are added up too early
//~ gives {"sum":null} instead of {"sum":200.5}
const memoize = <R>(fn: (id: string) => R, kept = new Map<string, R>()) => (id: string) =>
  kept.has(id) ? kept.get(id)! : (kept.set(id, fn(id)), kept.get(id)!);

const order = memoize((id) => crm.get_order({ id }));
const first = order("o1").total; //~ error total await
const second = order("o2").total; //~ error total await
return { sum: first + second };

//// an alias called with a value out of the enum
//~ throws state
const { list_issues: list } = tracker;
const count = async () => {
  const { total } = await list({ project: "web", state: "opened" }); //~ error state
  return total;
};
return count();

//// a table of tools with one that does not exist
//~ throws list_closed_issues
const state = "closed" as "open" | "closed";
const load = {
  open: () => tracker.list_issues({ state: "open" }),
  closed: () => tracker.list_closed_issues({ limit: 5 }), //~ error list_closed_issues
}[state];
return (await load()).total;

//// a tagged result whose value is misread
//~ gives [null] instead of [{"login":"ada","name":"Ada Byron"}]
type Result<T> = { tag: "ok"; value: T } | { tag: "error"; error: unknown };
const attempt = async <T>(work: () => Promise<T>): Promise<Result<T>> => {
  try {
    return { tag: "ok", value: await work() };
  } catch (error) {
    return { tag: "error", error };
  }
};

const result = await attempt(() => tracker.get_issue({ number: 1 }));
if (result.tag === "error") throw result.error;
const { asignee: who } = result.value; //~ warning asignee assignee
return [who];

//// a promise in the midst of a text
//~ gives "[object Promise] is still open" instead of "Dark mode is still open"
const titleOf = (number: number) => tracker.get_issue({ number }).then(({ title }) => title);
const say = (number: number) => `${titleOf(number)} is still open`; //~ warning await
return say(2);

//// a decorator that looks into the answer too soon
//~ gives ["list",null] instead of ["list",3]
const log: unknown[] = [];
const logged = (name: string, tool: (args: any) => Promise<any>) => async (args: object) => {
  log.push(name);
  const answer = tool(args);
  log.push(answer.total); //~ error total await
  return answer;
};

const list = logged("list", tracker.list_issues);
await list({ state: "open" });
return log;

//// composed over a property that is not there
//~ gives [null,null,null,null] instead of [120.5,80,15,900]
const compose = (...fns: Array<(x: any) => any>) => (x: unknown) => fns.reduceRight((value, fn) => fn(value), x as any);

const { orders } = await crm.list_orders({});
const amounts = compose(
  (list: number[]) => list.slice(0, 10),
  () => orders.map(({ totals }) => totals), //~ warning totals total
);
return amounts(null);

//// a promise handed from one alias to another
//~ throws promise
const { read_text_file: read } = files;
const { add_comment: comment } = tracker;
const { id } = await comment({ issue: 3, body: read({ path: "/notes/todo.txt" }) }); //~ error await
return id;

//// promises added to a number
//~ gives "0[object Promise][object Promise]" instead of 5
const count = (project: "web" | "api") => tracker.list_issues({ project }).then(({ total }) => total);
return (["web", "api"] as const).reduce<any>((sum, project) => sum + count(project), 0); //~ warning await

//// a default parameter that is no tool
//~ throws find_customer
const search = async (tier: string, find = crm.find_customer) => { //~ error find_customer find_customers
  const { customers } = await find({ tier });
  return customers.map(({ name }) => name);
};
return search("pro");

//// arguments by call and apply
//~ throws states
const open = await tracker.list_issues.call(null, { states: "open" }); //~ error states state
return open.total;
