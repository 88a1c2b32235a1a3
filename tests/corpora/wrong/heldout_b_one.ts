//// an unknown tool of an inherited client
//~ throws list_isues
class Base {
  constructor(protected readonly api = tracker) {}
}

class Counter extends Base {
  async count(state: "open" | "closed") {
    const { total } = await this.api.list_isues({ state }); //~ error list_isues list_issues
    return total;
  }
}

return new Counter().count("open");

//// a getter that gives a promise
//~ throws title
class Ticket {
  constructor(private number: number) {}
  get raw() {
    return tracker.get_issue({ number: this.number });
  }
  get headline() {
    return this.raw.title.toUpperCase(); //~ error title await
  }
}
return new Ticket(1).headline;

//// a sum in a method that nobody waits for
//~ gives 0 instead of 135.5
class Totals {
  sum = 0;
  async load(...ids: string[]) {
    ids.forEach(async (id) => { //~ warning forEach
      const { total } = await crm.get_order({ id });
      this.sum += total;
    });
    return this.sum;
  }
}
return new Totals().load("o1", "o3");

//// a private field that holds no tool
//~ throws list_order
class Ledger {
  #orders;
  constructor({ crm: source }: any) {
    this.#orders = source.list_order; //~ error list_order list_orders
  }
  async open() {
    return (await this.#orders({ status: "open" })).total;
  }
}
return new Ledger({ crm }).open();

//// a builder that forgets to hand back its call
//~ gives null instead of 6
class Draft {
  #fields: Record<string, string> = {};
  static in(project: string) {
    return Object.assign(new Draft(), { project });
  }
  declare project: string;
  titled(title: string) {
    this.#fields.title = title;
    return this;
  }
  save = async (): Promise<any> => {
    tracker.create_issue({ project: this.project, title: this.#fields.title }); //~ warning create_issue
  };
}

const made = await Draft.in("web").titled("Slow search").save();
return made?.number ?? null;

//// a factory that misspells what it takes
//~ gives "Acme, undefined" instead of "Acme, Berlin"
class Place {
  constructor(readonly name: string, readonly where: { city: string }) {}
  static async of(id: string) {
    const { name, adress: where } = await crm.get_customer({ id }); //~ warning adress address
    return new this(name, where);
  }
  get line() {
    return `${this.name}, ${this.where?.city}`;
  }
}
return (await Place.of("c1")).line;

//// a mixin with a limit in quotes
//~ throws limit
type Ctor<T = {}> = new (...args: any[]) => T;
const Listing = <B extends Ctor>(Base: B) =>
  class extends Base {
    top() {
      return tracker.list_issues({ limit: "2" }); //~ error limit
    }
  };
class Empty {}

const { issues } = await new (Listing(Empty))().top();
return issues.length;

//// a template method that reads what its subclass never gets
//~ throws items
abstract class Job {
  protected abstract fetch(): Promise<any>;
  async run() {
    const answer = await this.fetch();
    return answer.items.length; //~ warning items
  }
}
class IssueJob extends Job {
  protected fetch() {
    return tracker.list_issues({ state: "closed" });
  }
}
return new IssueJob().run();

//// a frozen facade with one wrong tool
//~ throws search
const api = Object.freeze({
  list: tracker.list_issues,
  search: tracker.serch_issues, //~ error serch_issues search_issues
});

const [{ total: all }, { total: some }] = await Promise.all([api.list(), api.search({ query: "mode" })]);
return [all, some];

//// a listener that lets go of its call
//~ gives "lost" instead of 17
class Emitter {
  #listeners = new Map<string, Array<(payload: any) => unknown>>();
  on(event: string, listener: (payload: any) => unknown) {
    this.#listeners.set(event, [...(this.#listeners.get(event) ?? []), listener]);
    return this;
  }
  emit(event: string, payload: unknown): Promise<any[]> {
    return Promise.all((this.#listeners.get(event) ?? []).map((listener) => listener(payload)));
  }
}

const bus = new Emitter().on("closed", ({ number }) => {
  tracker.add_comment({ issue: number, body: "Good bye." }); //~ warning add_comment
});
const [comment] = await bus.emit("closed", { number: 2 });
return comment?.id ?? "lost";

//// a state machine that keeps a promise in its context
//~ gives ["loaded",null] instead of ["loaded","Timeout on export"]
const context: { issue?: any; trail: string[] } = { trail: [] };
const machine = {
  load: async () => {
    context.issue = tracker.get_issue({ number: 4 });
    context.trail.push("loaded");
    return "show" as const;
  },
  show: async () => {
    context.trail.push(context.issue.title); //~ warning title await
    return "done" as const;
  },
};

for (let state: "load" | "show" | "done" = "load"; state !== "done"; ) state = await machine[state]();
return context.trail;

//// an iterable class that yields a misspelt property
//~ gives [null,null,null] instead of [["bug","auth"],["feature"],["bug","export"]]
class Labels implements AsyncIterable<string[]> {
  async *[Symbol.asyncIterator]() {
    const { issues } = await tracker.list_issues({ state: "open" });
    for (const issue of issues) yield issue.lables; //~ warning lables labels
  }
}

const all: string[][] = [];
for await (const labels of new Labels()) all.push(labels);
return all;

//// a field that only mentions a tool
//~ gives ["list","get"] instead of ["list","get","close"]
class Api {
  list = tracker.list_issues;
  get = tracker.get_issue;
  close = tracker.updat_issue; //~ warning updat_issue update_issue

  known() {
    return Object.entries(this)
      .filter(([, tool]) => tool)
      .map(([name]) => name);
  }
}
return new Api().known();
