//// a curried call
//~ returns {"web":2,"api":1,"closed":1}
const curry = (fn: (...args: any[]) => any, arity = fn.length) =>
  function next(...args: any[]): any {
    return args.length >= arity ? fn(...args) : (...more: any[]) => next(...args, ...more);
  };

const count = curry(async (state, project) => (await tracker.list_issues({ state, project })).total);
const open = count("open");
return { web: await open("web"), api: await open("api"), closed: await count("closed", "web") };

//// memoized by the text of the arguments
//~ returns {"names":["Acme","Acme","Bolt","Corvus"],"calls":3}
const memoize = <A, R>(fn: (arg: A) => R) => {
  const seen = new Map<string, R>();
  return (arg: A): R => {
    const key = JSON.stringify(arg);
    if (!seen.has(key)) seen.set(key, fn(arg));
    return seen.get(key)!;
  };
};

let calls = 0;
const customer = memoize((args: { id: string }) => (calls++, crm.get_customer(args)));
const { orders } = await crm.list_orders({});
const names: string[] = [];
for (const { customer_id: id } of orders) names.push((await customer({ id })).name);
return { names, calls };

//// a pipe of tools and functions
//~ returns ["Login fails on Safari","Timeout on export"]
const pipe =
  (...steps: ((value: any) => any)[]) =>
  (start: unknown) =>
    steps.reduce((before, step) => before.then(step), Promise.resolve(start));

const mostDiscussed = pipe(
  tracker.list_issues,
  ({ issues }) => issues,
  (issues) => issues.toSorted((a, b) => b.comments - a.comments),
  ([{ number }]) => tracker.get_issue({ number }),
  (issue) => issue.title,
);
return [await mostDiscussed({ project: "web" }), await mostDiscussed({ project: "api" })];

//// a factory of clients with an argument of their own
//~ returns {"total":3,"open":[1,2],"lead":"ada"}
function createClient(project: "web" | "api") {
  const scoped = (more: object = {}) => tracker.list_issues({ project, ...more });
  return {
    project,
    list: scoped,
    async numbers(state: "open" | "closed") {
      return (await this.list({ state })).issues.map((issue) => issue.number);
    },
    lead: async () => (await tracker.list_projects()).find(({ name }) => name === project)?.lead,
  };
}

const web = createClient("web");
const [{ total }, open, lead] = await Promise.all([web.list(), web.numbers("open"), web.lead()]);
return { total, open, lead };

//// a fallback that is a value or a function
//~ returns ["/gone: no such file",-1,"file"]
const withFallback =
  (fn: (args: any) => Promise<any>, fallback: any) =>
  async (args: any) => {
    try {
      return await fn(args);
    } catch (error) {
      return typeof fallback === "function" ? fallback(error, args) : fallback;
    }
  };

const read = withFallback(files.read_text_file, (error: Error, { path }: { path: string }) => `${path}: ${error.message}`);
const info = withFallback(files.get_file_info, { size: -1 });
return [
  await read({ path: "/gone" }),
  (await info({ path: "/gone" })).size,
  (await info({ path: "/notes/data.csv" })).kind,
];

//// tools bound, called and applied
//~ returns [3,"Typo on the home page",3,0.75]
const open = tracker.list_issues.bind(null, { state: "open" });
const get = (number: number) => tracker.get_issue.call(undefined, { number });
const args = [{ issue: 4 }] as const;
return [
  (await open()).total,
  (await get(5)).title,
  (await tracker.list_comments.apply(null, args)).total,
  (await Reflect.apply(metrics.latest, null, [{ metric: "cpu" }])).value,
];

//// one helper for calls of many shapes
//~ returns {"issues":5,"messages":2,"names":3,"sku":"A-1","first":"web"}
const from = async <R, V>(call: Promise<R> | R, pick: (result: R) => V) => pick(await call);

const total = (result: { total: number }) => result.total;
const length = (list: unknown[]) => list.length;
return {
  issues: await from(tracker.list_issues({}), total),
  messages: await from(my_mail.list_messages({ folder: "inbox" }), length),
  names: await from(files.list_directory({ path: "/notes" }), length),
  sku: await from(crm.get_order({ id: "o1" }), ({ lines: [{ sku }] }) => sku),
  first: await from(await tracker.list_projects(), ([project]) => project.name),
};

//// a function that tells apart what it is given
//~ returns [24,3,5,2,0,4]
function sizeOf(value: any): number {
  if (value == null) return 0;
  if (typeof value === "string" || Array.isArray(value)) return value.length;
  if ("total" in value) return value.total;
  return Object.keys(value).length;
}

const results: unknown[] = [
  "name,amount is not a CSV",
  await files.list_directory({ path: "/notes" }),
  await tracker.list_issues({ limit: 1 }),
  await metrics.health({}),
  undefined,
  (await crm.find_customers({ tier: "enterprise" })).customers[0].name,
];
return results.map(sizeOf);

//// parameters named like servers
//~ returns {"sum":133,"names":"todo+config+data","mails":["ada","lin"]}
const sum = (metrics: { size: number }[]) => metrics.reduce((total, { size }) => total + size, 0);
const joined = (files: string[]) => files.map((name) => name.split(".")[0]).join("+");
function senders(tracker: { from: string }[]) {
  return tracker.map((crm) => crm.from.replace(/@.*/, ""));
}

const names = await files.list_directory({ path: "/notes" });
const infos = await Promise.all(names.map((name: string) => files.get_file_info({ path: `/notes/${name}` })));
return { sum: sum(infos), names: joined(names), mails: senders(await my_mail.list_messages({ folder: "inbox" })) };

//// a module pattern with private state
//~ returns {"ok":2,"failed":1,"last":"no such file"}
const stats = (() => {
  let ok = 0;
  let failed = 0;
  let last = "";
  return {
    async track<T>(call: () => Promise<T>) {
      try {
        const result = await call();
        ok++;
        return result;
      } catch (error) {
        failed++;
        last = (error as Error).message;
      }
    },
    get summary() {
      return { ok, failed, last };
    },
  };
})();

await stats.track(() => metrics.ping());
await stats.track(() => files.get_file_info({ path: "/nowhere" }));
await stats.track(() => tracker.list_projects());
return stats.summary;

//// functions used above their declaration
//~ returns ["o1 Acme 120.5 EUR","o4 Corvus 900 NOK"]
return await main2("paid");

async function main2(status: "paid" | "open") {
  const { orders } = await crm.list_orders({ status });
  return Promise.all(orders.map(describe));
}

async function describe({ id, customer_id, total, currency }: any) {
  return [id, await nameOf(customer_id), total, currency].join(" ");
}

function nameOf(id: string) {
  return crm.get_customer({ id }).then(({ name }) => name);
}

//// functions made by a function that is given a tool
//~ returns {"issue":"Dark mode","order":80,"customer":"Oslo"}
const getter =
  <K extends string>(tool: (args: Record<K, any>) => Promise<any>, key: K) =>
  (value: unknown, ...path: string[]) =>
    tool({ [key]: value } as Record<K, any>).then((result) => path.reduce((at, step) => at[step], result));

const issue = getter(tracker.get_issue, "number");
const order = getter(crm.get_order, "id");
const customer = getter(crm.get_customer, "id");
return {
  issue: await issue(2, "title"),
  order: await order("o2", "total"),
  customer: await customer("c3", "address", "city"),
};

//// an accumulator closed over by a recursive arrow
//~ returns ["/notes (3)","/notes/todo.txt 20","/notes/config.json 83","/notes/data.csv 30"]
const lines: string[] = [];
const visit = async (path: string): Promise<void> => {
  const info = await files.get_file_info({ path });
  if (info.kind === "file") {
    lines.push(`${path} ${info.size}`);
    return;
  }
  const entries = await files.list_directory({ path });
  lines.push(`${path} (${entries.length})`);
  for (const entry of entries) await visit(`${path}/${entry}`);
};

await visit("/notes");
return lines;
