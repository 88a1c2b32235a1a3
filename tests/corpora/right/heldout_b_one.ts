//// repositories with a base class that keeps promises
//~ returns [true,"Berlin","lin",1,1]
abstract class Repository<T extends object> {
  #cache = new Map<string, Promise<T>>();
  protected abstract load(key: string): Promise<T>;

  get(key: string): Promise<T> {
    let hit = this.#cache.get(key);
    if (!hit) this.#cache.set(key, (hit = this.load(key)));
    return hit;
  }

  get size() {
    return this.#cache.size;
  }
}

class Customers extends Repository<any> {
  protected load(id: string) {
    return crm.get_customer({ id });
  }
}

class Issues extends Repository<any> {
  protected load(key: string) {
    return tracker.get_issue({ number: Number(key) });
  }
}

const customers = new Customers(), issues = new Issues();
const [a, b, c] = await Promise.all([customers.get("c1"), customers.get("c1"), issues.get("4")]);
return [a === b, a.address.city, c.assignee?.login, customers.size, issues.size];

//// mixins over an injected client
//~ returns {"calls":2,"titles":["Login fails on Safari","Timeout on export"]}
type Ctor<T = {}> = new (...args: any[]) => T;

const Counting = <B extends Ctor>(Base: B) =>
  class extends Base {
    calls = 0;
    count<T>(value: T): T {
      this.calls++;
      return value;
    }
  };

const Searching = <B extends Ctor<any>>(Base: B) =>
  class extends Base {
    async search(query: string) {
      const { issues } = await this.count(this.api.search_issues({ query }));
      return issues;
    }
  };

class Client {
  constructor(protected readonly api = tracker) {}
}

const client = new (Searching(Counting(Client)))();
const found = (await Promise.all(["safari", "time"].map((word) => client.search(word)))).flat();
return { calls: client.calls, titles: found.map(({ title }) => title) };

//// a proxy that renames tools to camel case
//~ returns [3,"Acme",["web","api"]]
const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const camel = <S extends object>(server: S): any =>
  new Proxy({} as S, {
    get: (_, key) => (typeof key === "symbol" ? undefined : Reflect.get(server, snake(key))),
    has: (_, key) => typeof key === "string" && snake(key) in server,
  });

const t = camel(tracker), c = camel(crm);
if (!("listIssues" in t) || "listIsues" in t) throw new Error("the proxy is broken");
const [{ total }, { name }, projects] = await Promise.all([
  t.listIssues({ state: "open" }),
  c.getCustomer({ id: "c1" }),
  t.listProjects(),
]);
return [total, name, projects.map((p: { name: string }) => p.name)];

//// a proxy that records every call
//~ returns {"log":["list_issues {\"label\":\"bug\"}","get_issue {\"number\":5}","list_projects {}"],"answers":[3,"Typo on the home page",2]}
const log: string[] = [];
const traced: any = new Proxy(Object.create(null), {
  get(_target, key: string) {
    const tool = tracker[key];
    if (typeof tool !== "function") return tool;
    return function (...args: unknown[]) {
      log.push(`${key} ${JSON.stringify(args[0] ?? {})}`);
      return Reflect.apply(tool, undefined, args);
    };
  },
});

const bugs = await traced.list_issues({ label: "bug" });
const last = await traced.get_issue({ number: bugs.issues.at(-1).number });
const projects = await traced.list_projects();
return { log, answers: [bugs.total, last.title, projects.length], missing: traced.no_such_tool };

//// a query that is a thenable of its own
//~ returns [2,["Dark mode"],1]
class Query implements PromiseLike<any> {
  #args: Record<string, unknown> = {};
  issues = "not yet";
  open() { return this.#with({ state: "open" }); }
  of(project: "web" | "api") { return this.#with({ project }); }
  labelled(label: string) { return this.#with({ label }); }
  #with(more: object) {
    const next = new Query();
    next.#args = { ...this.#args, ...more };
    return next;
  }
  then(done?: any, failed?: any): any {
    return tracker.list_issues(this.#args).then(done, failed);
  }
}

const web = new Query().open().of("web");
if (web.issues !== "not yet") return "asked too early";
const { total } = await web;
const { issues } = await web.labelled("feature");
return [total, issues.map((i: { title: string }) => i.title), (await new Query().of("api").open()).total];

//// a report that takes its server from outside
//~ returns ["5 from live","0 from fake"]
interface Source {
  list_issues(args?: object): Promise<{ issues: unknown[]; total: number; origin?: string }>;
}

class Report {
  #source: Source;
  constructor({ tracker: source }: { tracker: Source }) {
    this.#source = source;
  }
  async line() {
    const { total, origin = "live" } = await this.#source.list_issues({});
    return `${total} from ${origin}`;
  }
}

const fake: Source = { list_issues: async () => ({ issues: [], total: 0, origin: "fake" }) };
return Promise.all([new Report({ tracker }), new Report({ tracker: fake })].map((report) => report.line()));

//// records that grow getters and own fields
//~ returns [{"key":"WEB-1","short":"Login","busy":true},{"key":"API-3","short":"Rate","busy":false}]
class Ticket {
  declare number: number;
  declare project: string;
  declare title: string;
  declare comments: number;
  short: string;

  constructor(raw: object) {
    Object.assign(this, raw);
    this.short = this.title.split(" ")[0];
  }
  static async load(number: number) {
    return new this(await tracker.get_issue({ number }));
  }
  get key() { return `${this.project.toUpperCase()}-${this.number}`; }
  get busy() { return this.comments > 1; }
  toJSON() {
    const { key, short, busy } = this;
    return { key, short, busy };
  }
}

return [await Ticket.load(1), await Ticket.load(3)];

//// private notes about results in a weak map
//~ returns [[1,"ada"],[2,"nobody"],[4,"lin"]]
const notes = new WeakMap<object, { owner: string }>();
const annotate = (issue: any) => (notes.set(issue, { owner: issue.assignee?.login ?? "nobody" }), issue);
const owner = (issue: object) => notes.get(issue)!.owner;

const { issues } = await tracker.list_issues({ state: "open" });
return issues.map(annotate).map((issue: any) => [issue.number, owner(issue)]);

//// an emitter whose listeners are awaited
//~ returns {"seen":["Acme:2","Bolt:1","Corvus:1"],"ended":true}
class Emitter {
  #listeners: Record<string, Set<(payload: any) => unknown>> = {};
  on(event: string, listener: (payload: any) => unknown) {
    (this.#listeners[event] ??= new Set()).add(listener);
    return () => this.#listeners[event].delete(listener);
  }
  async emit(event: string, payload?: unknown) {
    for (const listener of this.#listeners[event] ?? []) await listener(payload);
  }
}

const bus = new Emitter();
const seen: string[] = [];
let ended = false;
bus.on("customer", async ({ id, name }) => {
  const { total } = await crm.list_orders({ customer_id: id });
  seen.push(`${name}:${total}`);
});
const off = bus.on("customer", () => { throw new Error("was taken off"); });
off();
bus.on("end", () => void (ended = true));

for (const customer of (await crm.find_customers({})).customers) await bus.emit("customer", customer);
await bus.emit("end");
return { seen, ended };

//// a state machine of methods
//~ returns ["start","fetch","comments:3","done"]
type State = "start" | "fetch" | "talk" | "done";
class Machine {
  trail: string[] = [];
  context: { issue?: any } = {};
  states: Record<Exclude<State, "done">, () => Promise<State> | State> = {
    start: () => (this.trail.push("start"), "fetch"),
    fetch: async () => {
      this.trail.push("fetch");
      this.context.issue = await tracker.get_issue({ number: 4 });
      return this.context.issue.comments ? "talk" : "done";
    },
    talk: async () => {
      const { comments } = await tracker.list_comments({ issue: this.context.issue.number });
      this.trail.push(`comments:${comments.length}`);
      return "done";
    },
  };
  async run() {
    let state: State = "start";
    while (state !== "done") state = await this.states[state]();
    return [...this.trail, state];
  }
}
return new Machine().run();

//// methods wrapped by hand after the class is made
//~ returns [["Acme","Acme"],1,"c1 c2"]
class Directory {
  asked: string[] = [];
  async name(id: string): Promise<string> {
    this.asked.push(id);
    return (await crm.get_customer({ id })).name;
  }
}

function memoized<A extends string, R>(proto: any, method: string) {
  const { value: original } = Object.getOwnPropertyDescriptor(proto, method)!;
  const kept = new WeakMap<object, Map<A, R>>();
  Object.defineProperty(proto, method, {
    configurable: true,
    value(this: object, key: A) {
      if (!kept.has(this)) kept.set(this, new Map());
      const mine = kept.get(this)!;
      if (!mine.has(key)) mine.set(key, original.call(this, key));
      return mine.get(key);
    },
  });
}

memoized(Directory.prototype, "name");
const directory = new Directory();
const twice = await Promise.all([directory.name("c1"), directory.name("c1")]);
const once = directory.asked.length;
await directory.name("c2");
return [twice, once, directory.asked.join(" ")];

//// a subclass that overrides what the base class calls
//~ returns {"plain":["Hello","Numbers"],"loud":["HELLO!","NUMBERS!"]}
class Inbox {
  static folder = "inbox";
  protected render(subject: string) { return subject; }
  async *[Symbol.asyncIterator]() {
    const { folder } = this.constructor as typeof Inbox;
    for (const { subject } of await my_mail.list_messages({ folder })) yield this.render(subject);
  }
}
class LoudInbox extends Inbox {
  protected override render(subject: string) {
    return `${super.render(subject).toUpperCase()}!`;
  }
}

const collect = async <T>(source: AsyncIterable<T>) => {
  const all: T[] = [];
  for await (const one of source) all.push(one);
  return all;
};
return { plain: await collect(new Inbox()), loud: await collect(new LoudInbox()) };
