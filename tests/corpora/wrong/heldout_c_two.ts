//// a field of a class that holds the namespace
//~ throws find_customer
class Directory {
  readonly #api = crm;
  constructor(private readonly tier: "free" | "pro" = "pro") {}

  async first(query: string) {
    const { customers } = await this.#api.find_customer({ query }); //~ error find_customer find_customers
    return customers.at(0);
  }
}

const found = await new Directory().first("corvus");
return found?.name;

//// a getter that hands out a promise
//~ gives [null,null] instead of [3,2]
class Board {
  project: "web" | "api";
  constructor(project: "web" | "api") { this.project = project; }
  get page() { return tracker.list_issues({ project: this.project }); }
  size() { return this.page.total; } //~ error total
}

return [new Board("web"), new Board("api")].map((board) => board.size());

//// a generator that delegates to a call
//~ throws iterable
function* projects() {
  yield* tracker.list_projects({}); //~ error list_projects
}

const leads = new Map<string, string>();
for (const { name, lead } of projects() as any) leads.set(name, lead);
return Object.fromEntries(leads);

//// a table with a tool that is not
//~ throws function
const actions: Record<string, any> = {
  show: tracker.get_issue,
  close: tracker.close_issue, //~ warning close_issue
};

const plan = [["show", 1], ["close", 2]] as const;
const done: string[] = [];
for (const [action, number] of plan) {
  const { state } = await actions[action]({ number });
  done.push(`${action} ${state}`);
}
return done;

//// the last step of a chain
//~ gives [[1,null],[4,null]] instead of [[1,"2026-03-01T09:00:00Z"],[4,"2026-03-04T16:45:00Z"]]
const pairs = await tracker
  .list_issues({ state: "open", label: "bug" })
  .then(({ issues }) => issues)
  .then((list) => list.toSorted((a, b) => a.number - b.number))
  .then((list) => list.map(({ number, createdAt }) => [number, createdAt])); //~ warning createdAt created_at
return pairs;

//// nested patterns
//~ gives null instead of 2
const {
  orders: [{ lines: [{ qty }] }], //~ missed warning qty
} = await crm.list_orders({ customer_id: "c1", status: "paid" }) as any;
return qty ?? null;

//// a constant that shouts
//~ throws state
const State = { Open: "OPEN", Closed: "CLOSED" } as const;
type State = (typeof State)[keyof typeof State];

const inState = (state: State) => tracker.list_issues({ state } as any);
const { total } = await tracker.list_issues({ state: State.Open }); //~ error list_issues state
return total;

//// a spread of a call
//~ throws iterable
const sections = async (folder: string) => {
  const entries = [...files.list_directory({ path: folder }), "index.txt"]; //~ error list_directory
  return entries.map((name) => `${folder}/${name}`);
};

const [notes, empty] = await Promise.all(["/notes", "/empty"].map(sections));
return notes.concat(empty);

//// an id out of a static method
//~ throws customer_id
class Customers {
  static async idOf(query: string): Promise<string> {
    const { customers: [first] } = await crm.find_customers({ query });
    return first.id;
  }
}

const order = await crm.create_order({ //~ error create_order
  customer_id: Customers.idOf("corvus"),
  lines: [{ sku: "B-7", quantity: 1, price: 100 }],
});
return order.customer_id;

//// a bin that is not waited for
//~ gives [null,null] instead of [true,true]
class Bin {
  private ids: string[] = [];
  put(...ids: string[]) { this.ids.push(...ids); return this; }
  empty(): Promise<any[]> {
    return Promise.all(this.ids.splice(0).map(async (id) => {
      my_mail.delete_({ id }); //~ warning delete
    }));
  }
}

const inbox = await my_mail.list_messages({ folder: "inbox" });
const gone = await new Bin().put(...inbox.map(({ id }: { id: string }) => id)).empty();
return gone.map((answer) => answer?.deleted);

//// a sum of promises
//~ gives "0[object Promise][object Promise]" instead of 3
const count = (issue: number) => tracker.list_comments({ issue }).then(({ total }) => total);

let sum = 0;
for (const issue of [1, 3]) {
  sum += count(issue) as any; //~ warning
}
return sum;

//// a set and an async callback
//~ gives 0 instead of 3
const { orders } = await crm.list_orders({});
const buyers = new Set(orders.map(({ customer_id }) => customer_id));

const names: string[] = [];
buyers.forEach(async (id) => { //~ warning forEach
  const { name } = await crm.get_customer({ id });
  names.push(name);
});
return names.length;

//// what two spreads leave out
//~ throws range
const base = { metric: "cpu" } as const;
const fine = { step: 60 };

async function* values() {
  const { series } = await metrics.query({ ...base, ...fine } as any); //~ error query range
  for (const { value } of series) if (value !== null) yield value;
}

let peak = -Infinity;
for await (const value of values()) peak = Math.max(peak, value);
return peak;

//// the key that others use
//~ throws number
const title = async (...ids: number[]) => Promise.all(ids.map((id) => tracker.get_issue({ number: id }).then((i) => i.title)));
const close = (number: number) => tracker.update_issue({ number, state: "closed" });

const { state } = await tracker.update_issue({ id: 2, state: "closed" } as any); //~ error update_issue number
return [state, ...(await title(1))];

//// a subclass and its parent's promise
//~ throws toUpperCase
class Loader {
  load(id: string) { return crm.get_customer({ id }); }
}
class Shouting extends Loader {
  shout(id: string) {
    const { name } = super.load(id); //~ error name
    return name.toUpperCase();
  }
}

return new Shouting().shout("c1");

//// an alias by destructuring, and one more
//~ throws function
const { latest, list_metric: names } = metrics; //~ error list_metric list_metrics
const all = async () => {
  const { metrics: known } = await names({});
  return Promise.all(known.map((metric) => latest({ metric })));
};

return (await all()).map(({ value }) => value);

//// a helper of higher order and its callback
//~ gives {"Berlin":[null],"Austin":[null],"Oslo":[null]} instead of {"Berlin":["Acme"],"Austin":["Bolt"],"Oslo":["Corvus"]}
const groupBy = <T, U>(list: T[], key: (item: T) => string, make: (item: T) => U) => {
  const groups: Record<string, U[]> = {};
  for (const item of list) (groups[key(item)] ??= []).push(make(item));
  return groups;
};

const { customers } = await crm.find_customers({});
return groupBy(
  customers,
  ({ address }) => address.city,
  (customer) => customer.fullName, //~ warning fullName
);

//// a server of another name
//~ throws calendar
const sources = {
  issues: () => tracker.list_issues({ state: "open" }),
  events: () => calendar.list_events({ day: "2026-03-01" }), //~ error calendar
};

const [issues, events] = await Promise.all([sources.issues(), sources.events()]);
return { issues: issues.total, events: events.length };
