//// interfaces and a mapper given by name
//~ returns [{"id":"o1","items":2,"computed":120.5,"matches":true},{"id":"o3","items":1,"computed":15,"matches":true}]
interface Line { sku: string; quantity: number; price: number }
interface OrderSummary { id: string; items: number; computed: number; matches: boolean }

const sumOf = (lines: Line[]): number => lines.reduce((sum, { quantity, price }) => sum + quantity * price, 0);

async function summarize(id: string): Promise<OrderSummary> {
  const order = await crm.get_order({ id });
  const computed = sumOf(order.lines as Line[]);
  return { id: order.id, items: order.lines.length, computed, matches: computed === order.total };
}

const ids: readonly string[] = ["o1", "o3"];
return Promise.all(ids.map(summarize));

//// enums as arguments and as names
//~ returns ["1 Medium","2 Low","4 High"]
enum State { Open = "open", Closed = "closed" }
enum Priority { Low, Medium, High }
const weigh = (issue: { labels: string[]; comments: number }): Priority =>
  issue.labels.includes("bug") ? (issue.comments > 2 ? Priority.High : Priority.Medium) : Priority.Low;
const { issues } = await tracker.list_issues({ state: State.Open });
return issues.map((issue) => `${issue.number} ${Priority[weigh(issue)]}`);

//// abstract repositories with a cache
//~ returns {"name":"Acme","same":true,"cached":[1,1]}
abstract class Repository<T extends { id: string }> {
  private readonly cache = new Map<string, T>();
  protected abstract fetch(id: string): Promise<T>;
  async get(id: string): Promise<T> {
    const cached = this.cache.get(id);
    if (cached !== undefined) return cached;
    const fresh = await this.fetch(id);
    this.cache.set(id, fresh);
    return fresh;
  }
  get size(): number {
    return this.cache.size;
  }
}
class Customers extends Repository<any> {
  protected fetch(id: string) {
    return crm.get_customer({ id });
  }
}
class Orders extends Repository<any> {
  protected fetch(id: string) {
    return crm.get_order({ id });
  }
}
const customers = new Customers(), orders = new Orders();
const order = await orders.get("o1");
const [first, again] = [await customers.get(order.customer_id), await customers.get("c1")];
return { name: first.name, same: first === again, cached: [customers.size, orders.size] };

//// a discriminated union of results
//~ returns ["open","there is nothing in orders with id \"zz\""]
type Result<T> = { ok: true; value: T } | { ok: false; error: string };
const attempt = async <T,>(work: () => Promise<T>): Promise<Result<T>> => {
  try {
    return { ok: true, value: await work() };
  } catch (e) {
    return { ok: false, error: (e as Error).message };
  }
};
const results = await Promise.all([
  attempt(() => crm.get_order({ id: "o2" })),
  attempt(() => crm.get_order({ id: "zz" })),
]);
return results.map((result) => (result.ok ? result.value.status : result.error));

//// a module with a default export
//~ returns {"bugs":3}
interface Answer { bugs: number }

export default async function (): Promise<Answer> {
  const { total } = await tracker.list_issues({ label: "bug" });
  return { bugs: total };
}

//// parameter properties and toJSON
//~ returns {"sum":"200.50 EUR"}
class Money {
  private constructor(readonly amount: number, readonly currency: string) {}
  static of(amount: number, currency: string): Money {
    return new Money(amount, currency);
  }
  plus(other: Money): Money {
    if (other.currency !== this.currency) throw new RangeError("currencies differ");
    return Money.of(this.amount + other.amount, this.currency);
  }
  toJSON(): string {
    return `${this.amount.toFixed(2)} ${this.currency}`;
  }
}
const { orders } = await crm.list_orders({ customer_id: "c1" });
return { sum: orders.map((order) => Money.of(order.total, order.currency)).reduce((a, b) => a.plus(b)) };

//// satisfies, typeof and a type guard
//~ returns ["10:00=50%","11:00=70%","13:00=90%"]
const config = { metric: "cpu", range: { from: "10:00" } } satisfies {
  metric: string;
  range: { from: string; to?: string };
};
const { series } = await metrics.query(config);
type Point = (typeof series)[number];
const isKnown = (point: Point): point is Point & { value: number } => point.value != null;
return series.filter(isKnown).map((p) => `${p.time}=${(p.value * 100).toFixed(0)}%`);

//// a generic pick, used with two shapes
//~ returns [{"number":4,"state":"open"},{"name":"Bolt","tier":"free"}]
function pick<T, K extends keyof T>(value: T, ...keys: K[]): Pick<T, K> {
  return Object.fromEntries(keys.map((key) => [key, value[key]])) as Pick<T, K>;
}
const issue = await tracker.get_issue({ number: 4 });
const customer = await crm.get_customer({ id: "c2" });
return [pick(issue, "number", "state"), pick(customer, "name", "tier")];

//// overloads
//~ returns ["12.00","-","yes","2026-03-02"]
function show(value: number): string;
function show(value: string | null | undefined): string;
function show(value: boolean): string;
function show(value: any): string {
  if (value == null) return "-";
  if (typeof value === "number") return value.toFixed(2);
  if (typeof value === "boolean") return value ? "yes" : "no";
  return value;
}
const [dataInfo, configInfo, health] = await Promise.all([
  files.get_file_info({ path: "/notes/data.csv" }),
  files.get_file_info({ path: "/notes/config.json" }),
  metrics.health(),
]);
return [show(12), show(dataInfo.modified), show(health.parts.db.ok), show(configInfo.modified)];

//// tools wrapped by a typed memo
//~ returns {"total":900,"hits":1}
type Tool<A, R> = (args: A) => Promise<R>;
const memo = <A, R>(tool: Tool<A, R>) => {
  const known = new Map<string, Promise<R>>();
  let hits = 0;
  const call = (args: A): Promise<R> => {
    const key = JSON.stringify(args);
    if (known.has(key)) hits++;
    else known.set(key, tool(args));
    return known.get(key) as Promise<R>;
  };
  return { call, hits: () => hits };
};
const getOrder = memo<{ id: string }, any>(crm.get_order);
const { total } = await getOrder.call({ id: "o4" });
await getOrder.call({ id: "o4" });
return { total, hits: getOrder.hits() };

//// declared globals
//~ returns {"web":"ada","api":"lin"}
declare const tracker: { list_projects(): Promise<{ name: string; lead: string }[]> };
type Leads = { [project: string]: string };
const leads = {} as Leads;
for (const { name, lead } of await tracker.list_projects()) leads[name] = lead;
return leads satisfies Leads;

//// a function named run
//~ returns ["Acme <office@acme.example.com>","Corvus <team@corvus.example.com>"]
type Customer = { name: string; email: string; tier: "free" | "pro" | "enterprise" };

async function run(): Promise<string[]> {
  const { customers } = (await crm.find_customers({})) as unknown as { customers: Customer[] };
  const paying = customers.filter(({ tier }: Customer): boolean => tier !== "free");
  return paying.map((customer: Customer) => `${customer.name} <${customer.email}>`);
}
