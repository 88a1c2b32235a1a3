//// a pipeline of asynchronous steps
//~ returns "ADA: Login fails on Safari"
const pipe = (...steps: Array<(value: any) => any>) => (start: unknown) =>
  steps.reduce<Promise<any>>((so_far, step) => so_far.then(step), Promise.resolve(start));

const headline = pipe(
  (number: number) => ({ number }),
  tracker.get_issue,
  ({ title, assignee }) => ({ title, who: assignee?.login ?? "nobody" }),
  ({ title, who }) => [who.toUpperCase(), title],
  (parts: string[]) => parts.join(": "),
);
return headline(1);

//// a curried call of any tool
//~ returns [2,1,"Bolt"]
const curry = (fn: Function, arity = fn.length) =>
  function next(...given: unknown[]): any {
    return given.length >= arity ? fn(...given) : (...more: unknown[]) => next(...given, ...more);
  };

const call = curry(async (server: string, tool: string, args: object) => callTool(server, tool, args));
const onTracker = call("tracker");
const listIssues = onTracker("list_issues");
const [web, api, { name }] = await Promise.all([
  listIssues({ project: "web", state: "open" }),
  listIssues({ project: "api", state: "open" }),
  call("crm")("get_customer", { id: "c2" }),
]);
return [web.total, api.total, name];

//// partial application of tools with defaults
//~ returns {"open":[1,2,4],"web":[1,2],"first":[1]}
const partial = <A extends object, R>(tool: (args: A) => Promise<R>, preset: Partial<A>) =>
  (rest: Partial<A> = {}) => tool({ ...preset, ...rest } as A);

const open = partial(tracker.list_issues, { state: "open" });
const web = (more = {}) => open({ project: "web", ...more });
const numbers = async (answer: Promise<{ issues: { number: number }[] }>) => (await answer).issues.map((i) => i.number);
return {
  open: await numbers(open()),
  web: await numbers(web()),
  first: await numbers(web({ limit: 1 })),
};

//// a table of tools that is indexed by a value
//~ returns {"issue":"Dark mode","customer":"Corvus","order":900,"message":"Numbers"}
const lookup = {
  issue: async (number: number) => (await tracker.get_issue({ number })).title,
  customer: (id: string) => crm.get_customer({ id }).then(({ name }) => name),
  async order(id: string) {
    const { total } = await crm.get_order({ id });
    return total;
  },
  message: async (id: string) => (await my_mail.get_message({ id })).subject,
} as const;

const wanted: [keyof typeof lookup, any][] = [["issue", 2], ["customer", "c3"], ["order", "o4"], ["message", "m2"]];
return Object.fromEntries(await Promise.all(wanted.map(async ([kind, key]) => [kind, await lookup[kind](key)])));

//// memoize with keys of arguments
//~ returns {"titles":["Dark mode","Dark mode","Timeout on export"],"misses":2}
let misses = 0;
const memoize = <F extends (...args: any[]) => any>(fn: F, key: (...args: Parameters<F>) => string = (...args) => JSON.stringify(args)) => {
  const kept = new Map<string, ReturnType<F>>();
  return (...args: Parameters<F>): ReturnType<F> => {
    const k = key(...args);
    return kept.has(k) ? kept.get(k)! : (misses++, kept.set(k, fn(...args)), kept.get(k)!);
  };
};
const get = memoize(tracker.get_issue);
const titles: string[] = [];
for (const number of [2, 2, 4]) titles.push((await get({ number })).title);
return { titles, misses };

//// results that are told apart by a tag
//~ returns ["ok: Login fails on Safari","error: get_issue","ok: Dark mode"]
type Result<T> = { tag: "ok"; value: T } | { tag: "error"; error: { tool: string; code: string } };

const attempt = <T>(work: Promise<T>): Promise<Result<T>> =>
  work.then(
    (value) => ({ tag: "ok" as const, value }),
    ({ tool, code }) => ({ tag: "error" as const, error: { tool, code } }),
  );
const fold = <T, R>(result: Result<T>, onOk: (value: T) => R, onError: (error: { tool: string }) => R): R =>
  result.tag === "ok" ? onOk(result.value) : onError(result.error);

const results = await Promise.all([1, 99, 2].map((number) => attempt(tracker.get_issue({ number }))));
return results.map((result) => fold(result, ({ title }) => `ok: ${title}`, ({ tool }) => `error: ${tool}`));

//// an either class with map and chain
//~ returns ["Acme: 200.5","no customer c9"]
class Either<L, R> {
  private constructor(private readonly kind: "left" | "right", private readonly value: any) {}
  static left = <L>(value: L) => new Either<L, never>("left", value);
  static right = <R>(value: R) => new Either<never, R>("right", value);
  static async of<R>(work: () => Promise<R>, otherwise: string) {
    try {
      return Either.right(await work());
    } catch {
      return Either.left(otherwise);
    }
  }
  map<T>(fn: (value: R) => T): Either<L, T> {
    return this.kind === "right" ? (Either.right(fn(this.value)) as any) : (this as any);
  }
  get() { return this.value; }
}

const customer = (id: string) => Either.of(() => crm.get_customer({ id }), `no customer ${id}`);
const spent = async (id: string) => {
  const { orders } = await crm.list_orders({ customer_id: id });
  const sum = orders.reduce((total, order) => total + order.total, 0);
  return (await customer(id)).map(({ name }) => `${name}: ${sum}`).get();
};
return [await spent("c1"), await spent("c9")];

//// tagged templates that wait for what is put in
//~ returns "3 open issues, the first is «Login fails on Safari» for Berlin"
const wait = async ({ raw }: TemplateStringsArray, ...values: unknown[]) =>
  String.raw({ raw }, ...(await Promise.all(values)));

const open = tracker.list_issues({ state: "open" });
const city = crm.get_customer({ id: "c1" }).then((customer) => customer.address.city);
return wait`${open.then((answer) => answer.total)} open issues, the first is «${open.then(({ issues: [first] }) => first.title)}» for ${city}`;

//// a tagged template as a small query language
//~ returns [["Login fails on Safari"],["Timeout on export"]]
function issues(strings: TemplateStringsArray, ...holes: string[]) {
  const text = strings.reduce((all, part, i) => all + part + (holes[i] ?? ""), "");
  const args = Object.fromEntries(
    text
      .trim()
      .split(/\s+/)
      .map((pair) => pair.split("=") as [string, string]),
  );
  return tracker.list_issues(args).then(({ issues }) => issues.map(({ title }) => title));
}

const [bug, state] = ["bug", "open"];
return [await issues`project=web label=${bug} state=${state}`, await issues`project=api label=${bug}`];

//// decorators by hand around tools
//~ returns {"answer":"Ada Byron","trace":["> get_issue","< get_issue"],"attempts":3}
const trace: string[] = [];
const traced = (tool: any) => async (args: unknown) => {
  trace.push(`> ${tool.name}`);
  try {
    return await tool(args);
  } finally {
    trace.push(`< ${tool.name}`);
  }
};
let attempts = 0;
const retried = (fn: (args: any) => Promise<any>, times = 3) => async (args: any): Promise<any> => {
  for (let left = times; ; left--) {
    try {
      if (++attempts < 3) throw new Error("flaky");
      return await fn(args);
    } catch (error) {
      if (left <= 1) throw error;
    }
  }
};

const decorate = (fn: any, ...decorators: Function[]) => decorators.reduceRight((inner, outer) => outer(inner), fn);
const { assignee } = await decorate(tracker.get_issue, retried, traced)({ number: 3 });
return { answer: assignee.name, trace, attempts };

//// compose right to left, point free
//~ returns ["A-1","B-7","C-3"]
const compose = (...fns: Function[]) => (x: unknown) => fns.reduceRight((value, fn) => fn(value), x as any);
const prop = (key: string) => (object: any) => object[key];
const map = (fn: Function) => (list: any[]) => list.map((item) => fn(item));
const flat = (list: any[][]) => list.flat();
const unique = (list: unknown[]) => [...new Set(list)];
const sorted = (list: string[]) => list.toSorted();

const skus = compose(sorted, unique, map(prop("sku")), flat, map(prop("lines")), prop("orders"));
return skus(await crm.list_orders());

//// a lazy module of aliases behind one function
//~ returns [5,2,true,"pong"]
const api = (({ tracker: { list_issues: all, list_projects: projects }, metrics: { ping, ...rest } }) => ({
  count: () => all({}).then(({ total }) => total),
  projects: async () => (await projects()).length,
  hasHealth: "health" in rest,
  ping: async () => (await ping(), "pong"),
}))(tools);

return [await api.count(), await api.projects(), api.hasHealth, await api.ping()];
