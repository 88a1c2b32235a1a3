//// a repository class with a private cache of promises
//~ returns {"names":["Acme","Bolt","Acme"],"loads":2}
class Customers {
  #cache = new Map<string, Promise<any>>();
  loads = 0;

  get(id: string) {
    let entry = this.#cache.get(id);
    if (!entry) {
      this.loads++;
      entry = crm.get_customer({ id });
      this.#cache.set(id, entry);
    }
    return entry;
  }

  async nameOf(id: string) {
    return (await this.get(id)).name;
  }
}

const repo = new Customers();
const names = await Promise.all(["c1", "c2", "c1"].map((id) => repo.nameOf(id)));
return { names, loads: repo.loads };

//// an async generator over growing windows
//~ returns [1,2,3,4]
async function* issuesOf(step = 1) {
  let seen = 0;
  for (let limit = step; ; limit += step) {
    const { issues, total } = await tracker.list_issues({ limit });
    yield* issues.slice(seen);
    seen = issues.length;
    if (seen >= total) return;
  }
}

const numbers: number[] = [];
for await (const { number, comments } of issuesOf(2)) {
  numbers.push(number);
  if (comments === 3) break;
}
return numbers;

//// a table of tools by kind
//~ returns {"issue":"Dark mode","customer":"Corvus","order":"o2","message":"Hello"}
const loaders = {
  issue: async (number: number) => (await tracker.get_issue({ number })).title,
  customer: async (id: string) => (await crm.get_customer({ id })).name,
  order: async (id: string) => (await crm.get_order({ id })).id,
  message: async (id: string) => (await my_mail.get_message({ id })).subject,
} as const;

const wanted = { issue: 2, customer: "c3", order: "o2", message: "m1" };
const pairs = Object.entries(wanted).map(async ([kind, key]) =>
  [kind, await loaders[kind as keyof typeof loaders](key as never)] as const);
return Object.fromEntries(await Promise.all(pairs));

//// a pipeline of curried steps
//~ returns ["#4 TIMEOUT ON EXPORT","#1 LOGIN FAILS ON SAFARI"]
type Step = (value: any) => any;
const pipe = (...steps: Step[]) => (start: any) =>
  steps.reduce((value, step) => value.then(step), Promise.resolve(start));

const pluck = (name: string) => (value: any) => value[name];
const where = (test: (item: any) => boolean) => (list: any[]) => list.filter(test);
const by = (name: string) => (list: any[]) => list.toSorted((a, b) => b[name] - a[name]);
const each = (make: (item: any) => unknown) => (list: any[]) => list.map(make);

const run = pipe(
  tracker.list_issues,
  pluck("issues"),
  where((issue) => issue.labels.includes("bug")),
  by("comments"),
  each(({ number, title }) => `#${number} ${title.toUpperCase()}`),
);
return run({ state: "open" });

//// a limiter of concurrent calls
//~ returns {"peak":2,"totals":[2,0,1,3,0]}
const limiter = (max: number) => {
  const waiting: (() => void)[] = [];
  let active = 0, peak = 0;
  const limited = async <T>(job: () => Promise<T>): Promise<T> => {
    if (active >= max) await new Promise<void>((go) => waiting.push(go));
    peak = Math.max(peak, ++active);
    try {
      return await job();
    } finally {
      active--;
      waiting.shift()?.();
    }
  };
  return Object.assign(limited, { peak: () => peak });
};

const limited = limiter(2);
const jobs = [1, 2, 3, 4, 5].map((issue) => limited(() => tracker.list_comments({ issue })));
const totals = (await Promise.all(jobs)).map(({ total }) => total);
return { peak: limited.peak(), totals };

//// a proxy that counts calls
//~ returns {"calls":{"list_issues":2,"get_issue":1},"title":"Dark mode","sum":5}
const calls: Record<string, number> = {};
const counted = new Proxy(tracker, {
  get(target, name, receiver) {
    const tool = Reflect.get(target, name, receiver);
    if (typeof tool !== "function") return tool;
    return (...given: unknown[]) => {
      calls[String(name)] = (calls[String(name)] ?? 0) + 1;
      return tool(...given);
    };
  },
});

const [open, closed] = await Promise.all([
  counted.list_issues({ state: "open" }),
  counted.list_issues({ state: "closed" }),
]);
const { title } = await counted.get_issue({ number: 2 });
return { calls, title, sum: open.total + closed.total };

//// a result class that is either of two
//~ returns ["Acme","nobody"]
abstract class Result<T> {
  abstract or(other: T): T;
  abstract map<U>(f: (value: T) => U): Result<U>;
  static async of<T>(promise: Promise<T>): Promise<Result<T>> {
    return promise.then((value) => new Good(value), (reason) => new Bad(reason));
  }
}
class Good<T> extends Result<T> {
  value: T;
  constructor(value: T) { super(); this.value = value; }
  or() { return this.value; }
  map<U>(f: (value: T) => U) { return new Good(f(this.value)); }
}
class Bad extends Result<any> {
  reason: unknown;
  constructor(reason: unknown) { super(); this.reason = reason; }
  or(other: any) { return other; }
  map() { return this; }
}

const [here, gone] = await Promise.all(["c1", "c0"].map((id) => Result.of(crm.get_customer({ id }))));
return [here, gone].map((result) => result.map((c: any) => c.name).or("nobody"));

//// a lazy value with a getter
//~ returns {"first":3,"again":3,"same":true}
class Board {
  declare name: string;
  private loaded?: Promise<any>;
  constructor(name: string) { this.name = name; }
  get page() { return (this.loaded ??= tracker.list_issues({ project: this.name as "web" })); }
  async size() { return (await this.page).total; }
}

const board = new Board("web");
const first = await board.size();
return { first, again: (await board.page).issues.length, same: board.page === board.page };

//// a local named like a server
//~ returns {"total":3,"data":{"items":["x"]},"size":1}
const real = tracker;
{
  const tracker = { list_things: () => ({ data: { items: ["x"] } }), size: 1 };
  const { data } = tracker.list_things();
  const count = ({ crm }: { crm: { total_of: (n: number) => number } }) => crm.total_of(1);
  const size = count({ crm: { total_of: (n) => n * tracker.size } });
  const { total } = await real.list_issues({ state: "open" });
  return { total, data, size };
}

//// features tested before they are used
//~ returns ["list","fallback",null,2]
const listAll = "list_all_issues" in tracker ? tracker.list_all_issues : undefined;
const pages = listAll ? await listAll({}) : "fallback";
const archived = await tracker.archive_issue?.({ number: 1 });
const kind = typeof tracker.list_issues === "function" ? "list" : "none";
let closed = 0;
try {
  closed = (await tracker.count_issues({ state: "closed" })).count;
} catch {
  closed = (await tracker.list_issues({ state: "closed" })).total;
}
return [kind, pages, archived ?? null, closed];

//// a queue whose promises are awaited later
//~ returns {"done":["m4","m5"],"bodies":["Hello Acme","Hello Corvus"]}
class Outbox {
  static #open: Promise<any>[] = [];
  static post(to: string, body: string) {
    Outbox.#open.push(my_mail.send_message({ to: [to], subject: "News", body, cc: ["me@example.com"] }));
  }
  static async flush() {
    const all = await Promise.all(Outbox.#open.splice(0));
    return all.toSorted((a, b) => a.body.localeCompare(b.body));
  }
}

const { customers } = await crm.find_customers({});
for (const { name, email, tier } of customers) if (tier !== "free") Outbox.post(email, `Hello ${name}`);
const sent = await Outbox.flush();
await my_mail.reset({});
return { done: sent.map(({ id }) => id).sort(), bodies: sent.map(({ body }) => body) };

//// one helper for several shapes
//~ returns [5,4,3,3]
type Listed = { total?: number; metrics?: string[]; length?: number };
const sizeOf = async (listed: Promise<Listed> | Listed): Promise<number | undefined> => {
  const it = await listed;
  if (Array.isArray(it)) return it.length;
  return "metrics" in it ? it.metrics!.length : it.total;
};

return Promise.all([
  sizeOf(tracker.list_issues({})),
  sizeOf(crm.list_orders({})),
  sizeOf(metrics.list_metrics({})),
  sizeOf(files.list_directory({ path: "/notes" })),
]);

//// arguments completed by spreads and defaults
//~ returns [1,1,"EUR",null]
const defaults = { state: "open" } as const;
const count = async ({ project = "web", ...rest }: { project?: string; label?: string; limit?: number } = {}) =>
  (await tracker.list_issues({ ...defaults, project, ...(rest.label && { label: rest.label }) })).total;
const order = (given: object) => crm.create_order({ lines: [{ sku: "A-1", quantity: 1, price: 1 }], notes: null, ...given } as any);
const { currency, lines: [{ note = null }] } = await order({ customer_id: "c2" }) as any;
await crm.reset();
return [await count({ label: "bug" }), await count({ project: "api" }), currency, note];

//// a tree walked with recursion
//~ returns {"path":"/notes","children":[{"path":"/notes/todo.txt","size":20},{"path":"/notes/config.json","size":83},{"path":"/notes/data.csv","size":30}]}
type Node = { path: string; size?: number; children?: Node[] };

const walk = async (path: string): Promise<Node> => {
  const { kind, size } = await files.get_file_info({ path });
  if (kind === "file") return { path, size };
  const names: string[] = await files.list_directory({ path });
  return { path, children: await Promise.all(names.map((name) => walk(`${path}/${name}`))) };
};

export default await walk("/notes");

//// events and listeners
//~ returns ["paid o1 120.5","paid o4 900","end 2"]
class Emitter<E extends Record<string, any>> {
  private listeners = new Map<keyof E, ((event: any) => void)[]>();
  on<K extends keyof E>(name: K, listener: (event: E[K]) => void) {
    this.listeners.set(name, [...(this.listeners.get(name) ?? []), listener]);
    return this;
  }
  emit<K extends keyof E>(name: K, event: E[K]) {
    this.listeners.get(name)?.forEach((listener) => listener(event));
  }
}

const log: string[] = [];
const bus = new Emitter<{ order: any; end: number }>()
  .on("order", ({ status, id, total }) => log.push(`${status} ${id} ${total}`))
  .on("end", (count) => log.push(`end ${count}`));

const { orders, total } = await crm.list_orders({ status: "paid" });
orders.forEach((order) => bus.emit("order", order));
bus.emit("end", total);
return log;

//// a race against the clock, and one call let go on purpose
//~ returns {"value":0.75,"late":"timeout"}
const after = (ms: number) => new Promise<string>((done) => setTimeout(done, ms, "timeout"));
void metrics.ping({});
metrics.ping({}).catch(() => {});

const never = new Promise<string>(() => {});
const late = await Promise.race([never, after(5)]);
const { value } = await Promise.race([metrics.latest({ metric: "cpu" }), after(20_000).then(() => ({ value: -1 }))]);
return { value, late };

//// grouped by a key with maps of sets
//~ returns [["EUR",["A-1","B-7"]],["NOK",["B-7"]],["USD",["C-3"]]]
const { orders } = await crm.list_orders({});
const grouped = Map.groupBy(orders, ({ currency }) => currency);
const skus = new Map([...grouped].map(([currency, list]) =>
  [currency, new Set(list.flatMap(({ lines }) => lines.map(({ sku }) => sku)))]));
return [...skus]
  .map(([currency, set]): [string, string[]] => [currency, [...set].sort()])
  .sort(([a], [b]) => (a < b ? -1 : 1));

//// a memo of any tool and a bound method
//~ returns {"hits":1,"leads":["ada","lin"],"again":["web","api"]}
const memo = <A, R>(tool: (args: A) => Promise<R>) => {
  const known = new Map<string, Promise<R>>();
  const stats = { hits: 0 };
  const call = (args: A) => {
    const key = JSON.stringify(args);
    if (known.has(key)) stats.hits++;
    else known.set(key, tool(args));
    return known.get(key)!;
  };
  return Object.assign(call, { stats });
};

const projects = memo(tracker.list_projects);
const leads = (await projects({})).map(({ lead }) => lead);
const again = await projects({}).then((list) => Array.from(list, (p) => p.name));
return { hits: projects.stats.hits, leads, again };
