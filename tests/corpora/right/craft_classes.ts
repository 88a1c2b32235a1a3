//// a private map of promises behind a method
//~ returns {"titles":["Login fails on Safari","Login fails on Safari","Dark mode"],"fetched":2}
class IssueCache {
  #pending = new Map<number, Promise<{ title: string }>>();
  fetched = 0;

  get(number: number) {
    let promise = this.#pending.get(number);
    if (!promise) {
      this.fetched++;
      promise = tracker.get_issue({ number });
      this.#pending.set(number, promise);
    }
    return promise;
  }
}

const cache = new IssueCache();
const titles = (await Promise.all([1, 1, 2].map((n) => cache.get(n)))).map((issue) => issue.title);
return { titles, fetched: cache.fetched };

//// a template method and two implementations with different rows
//~ returns ["o1:120.5","o4:900","ada:Hello","lin:Numbers"]
abstract class Report<T> {
  abstract load(): Promise<T[]>;
  abstract line(row: T): string;
  async render(): Promise<string[]> {
    return (await this.load()).map((row) => this.line(row));
  }
}

class Orders extends Report<any> {
  override async load() {
    return (await crm.list_orders({ status: "paid" })).orders;
  }
  override line(order: any) {
    return `${order.id}:${order.total}`;
  }
}

class Inbox extends Report<any> {
  load() {
    return my_mail.list_messages({ folder: "inbox" });
  }
  line({ from, subject }: { from: string; subject: string }) {
    return `${from.split("@")[0]}:${subject}`;
  }
}

const reports: Report<any>[] = [new Orders(), new Inbox()];
return (await Promise.all(reports.map((report) => report.render()))).flat();

//// a static registry filled in a static block
//~ returns {"cpu":"0.75 ratio","memory":"512 MiB","requests":"42 1/s"}
class Gauge {
  static #all: Record<string, Gauge> = {};
  static names: string[];

  static {
    this.names = ["cpu", "memory", "requests"];
    for (const name of this.names) new Gauge(name);
  }

  private constructor(readonly metric: string) {
    Gauge.#all[metric] = this;
  }

  async read() {
    const { value, unit } = await metrics.latest({ metric: this.metric });
    return `${value} ${unit}`;
  }

  static async readAll() {
    const entries = Object.entries(Gauge.#all).map(async ([name, gauge]) => [name, await gauge.read()] as const);
    return Object.fromEntries(await Promise.all(entries));
  }
}

return Gauge.readAll();

//// a getter that gives a promise, awaited twice
//~ returns [true,["ada","lin"]]
class Lazy {
  #projects?: Promise<{ lead: string }[]>;
  get projects() {
    return (this.#projects ??= tracker.list_projects());
  }
}

const lazy = new Lazy();
const [first, second] = [await lazy.projects, await lazy.projects];
return [first === second, first.map((project) => project.lead)];

//// an instance named like a server
//~ returns {"open":3,"closed":2,"ratio":0.6}
async function report() {
  const metrics = new (class {
    counts: Record<string, number> = { open: 0, closed: 0 };
    record(state: string) {
      this.counts[state]++;
    }
    get ratio() {
      return this.counts.open / (this.counts.open + this.counts.closed);
    }
  })();
  const { issues } = await tracker.list_issues({});
  issues.forEach((issue) => metrics.record(issue.state));
  return { ...metrics.counts, ratio: metrics.ratio };
}

return report();

//// entities that take over all fields of a row and add getters
//~ returns [[1,1],[5,5]]
class Entity {
  constructor(raw: object) {
    Object.assign(this, raw);
  }
}

class Issue extends Entity {
  declare number: number;
  declare labels: string[];
  declare created_at: string;

  get createdAt() {
    return new Date(this.created_at);
  }

  get isBug() {
    return this.labels.includes("bug");
  }

  static async all(filter = {}) {
    const { issues } = await tracker.list_issues(filter);
    return issues.map((raw: object) => new this(raw));
  }
}

const bugs = (await Issue.all({ project: "web" })).filter((issue) => issue.isBug);
return bugs.map((issue) => [issue.number, issue.createdAt.getUTCDate()]);

//// a query builder that is itself awaited
//~ returns ["Login fails on Safari"]
class Query {
  #args: Record<string, unknown> = {};

  where(key: string, value: unknown) {
    this.#args[key] = value;
    return this;
  }

  limit(count: number) {
    return this.where("limit", count);
  }

  then(resolve: (issues: any[]) => unknown, reject?: (error: unknown) => unknown) {
    return tracker
      .list_issues(this.#args)
      .then(({ issues }) => issues)
      .then(resolve, reject);
  }
}

const issues = await new Query().where("state", "open").where("label", "bug").limit(1);
return issues.map((issue) => issue.title);

//// a mixin that repeats the method of its base
//~ returns ["(no such file)",2,"name,amount"]
type Constructor = new (...args: any[]) => any;

const Repeating = (Base: Constructor) =>
  class extends Base {
    async load(...args: unknown[]) {
      for (let attempt = 0; ; attempt++) {
        try {
          return await super.load(...args);
        } catch (error) {
          if (attempt >= 1) return this.fallback(error);
        }
      }
    }
  };

class Loader {
  attempts = 0;
  load(path: string) {
    this.attempts++;
    return files.read_text_file({ path });
  }
  fallback(error: Error) {
    return `(${error.message})`;
  }
}

const loader = new (Repeating(Loader))();
const missing = await loader.load("/notes/none.txt");
const { attempts } = loader;
return [missing, attempts, (await loader.load("/notes/data.csv")).split("\n")[0]];

//// a board whose cards get a field when they are moved
//~ returns {"size":{"closed":2,"open":0},"moved":["4 from open"]}
class Board {
  #columns: Record<string, any[]>;

  private constructor(columns: Record<string, any[]>) {
    this.#columns = columns;
  }

  static async load(project: string) {
    const { issues } = await tracker.list_issues({ project });
    return new Board(Object.groupBy(issues, (issue: any) => issue.state) as Record<string, any[]>);
  }

  get size() {
    return Object.fromEntries(Object.entries(this.#columns).map(([state, cards]) => [state, cards.length]));
  }

  #columnOf(number: number) {
    return Object.keys(this.#columns).find((state) => this.#columns[state].some((card) => card.number === number))!;
  }

  move(number: number, to: string) {
    const movedFrom = this.#columnOf(number);
    const column = this.#columns[movedFrom];
    const [card] = column.splice(
      column.findIndex((one) => one.number === number),
      1,
    );
    (this.#columns[to] ??= []).push({ ...card, state: to, movedFrom });
    return this;
  }

  *cards() {
    for (const column of Object.values(this.#columns)) yield* column;
  }
}

const board = (await Board.load("api")).move(4, "closed");
const moved = [...board.cards()].filter((card) => "movedFrom" in card);
return { size: board.size, moved: moved.map((card) => `${card.number} from ${card.movedFrom}`) };

//// a subclass of Map made from a call that is handed over
//~ returns [3,"Typo on the home page","?"]
class IssueMap extends Map<number, any> {
  static async from(call: Promise<{ issues: any[] }>) {
    const { issues } = await call;
    return new IssueMap(issues.map((issue) => [issue.number, issue] as const));
  }

  get latest() {
    return [...this.values()].at(-1);
  }

  title(number: number) {
    return this.get(number)?.title ?? "?";
  }
}

const map = await IssueMap.from(tracker.list_issues({ label: "bug" }));
return [map.size, map.latest.title, map.title(2)];

//// an arrow field handed over by name
//~ returns ["lin","ada","ada"]
class Collector {
  constructor(readonly logins: string[] = []) {}

  add = async (issue: number) => {
    const { comments } = await tracker.list_comments({ issue });
    this.logins.push(...comments.map((comment) => comment.author.login));
  };
}

async function oneByOne<T>(items: T[], act: (item: T) => Promise<void>) {
  for (const item of items) await act(item);
}

const collector = new Collector();
await oneByOne([1, 3], collector.add);
return collector.logins;

//// instances that say how they become JSON
//~ returns [{"n":1,"who":"ada"},{"n":2,"who":null}]
class Summary {
  constructor(private readonly issue: { number: number; assignee: { login: string } | null }) {}
  toJSON() {
    return { n: this.issue.number, who: this.issue.assignee?.login ?? null };
  }
}

const { issues } = await tracker.list_issues({ project: "web", state: "open" });
return issues.map((issue) => new Summary(issue));

//// calls begun in fields and awaited in a method
//~ returns {"sick":["cache cold"],"names":["todo.txt","config.json","data.csv"],"total":3}
class Dashboard {
  readonly health = metrics.health();
  readonly names = files.list_directory({ path: "/notes" });

  constructor(readonly customers = crm.find_customers({ limit: 1 })) {}

  async summary() {
    const [health, names, { total }] = await Promise.all([this.health, this.names, this.customers]);
    const sick = Object.entries<{ ok: boolean; message?: string }>(health.parts)
      .filter(([, part]) => !part.ok)
      .map(([name, part]) => `${name} ${part.message}`);
    return { sick, names, total };
  }
}

return new Dashboard().summary();

//// a base class that calls what its subclasses name
//~ returns {"Customer":"Bolt","Order":"EUR"}
class Resource {
  static server: Record<string, (args: object) => Promise<any>> = crm;
  static get tool() {
    return `get_${this.name.toLowerCase()}`;
  }
  static find(id: string) {
    return this.server[this.tool]({ id });
  }
}
class Customer extends Resource {}
class Order extends Resource {}

const { name } = await Customer.find("c2");
const { currency } = await Order.find("o2");
return { [Customer.name]: name, [Order.name]: currency };
