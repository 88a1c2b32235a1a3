//// pages by growing the limit until the total is reached
//~ returns {"pages":3,"numbers":[1,2,3,4,5],"firstClosed":"Rate limit too low"}
async function* pages(pageSize: number) {
  let seen = 0;
  while (true) {
    const { issues, total } = await tracker.list_issues({ limit: seen + pageSize });
    const fresh = issues.slice(seen);
    if (fresh.length === 0) return;
    yield fresh;
    seen += fresh.length;
    if (seen >= total) return;
  }
}

let count = 0;
const numbers: number[] = [];
for await (const page of pages(2)) {
  count++;
  numbers.push(...page.map((issue) => issue.number));
}

// A second walk that stops early.
let firstClosed: string | undefined;
search: for await (const page of pages(1)) {
  for (const issue of page) {
    if (issue.state === "closed") {
      firstClosed = issue.title;
      break search;
    }
  }
}
return { pages: count, numbers, firstClosed };

//// retry helper with backoff around a tool that fails
//~ returns {"attempts":3,"error":"no such file","ok":20}
interface RetryOptions {
  attempts?: number;
  delayMs?: number;
  onRetry?: (error: unknown, attempt: number) => void;
}

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

async function withRetry<T>(operation: () => Promise<T>, { attempts = 3, delayMs = 5, onRetry }: RetryOptions = {}): Promise<T> {
  let lastError: unknown;
  for (let attempt = 1; attempt <= attempts; attempt++) {
    try {
      return await operation();
    } catch (error) {
      lastError = error;
      onRetry?.(error, attempt);
      if (attempt < attempts) await sleep(delayMs * 2 ** (attempt - 1));
    }
  }
  throw lastError;
}

let attempts = 0;
let message = "";
try {
  await withRetry(() => files.get_file_info({ path: "/notes/missing.txt" }), {
    attempts: 3,
    delayMs: 1,
    onRetry: () => {
      attempts++;
    },
  });
} catch (error) {
  message = error instanceof Error ? error.message : String(error);
}

const good = await withRetry(() => files.get_file_info({ path: "/notes/todo.txt" }));
return { attempts, error: message.split("\n")[0], ok: good.size };

//// concurrency limited map with workers
//~ returns {"peak":2,"totals":[2,0,1,3,0]}
async function mapLimit<T, R>(items: T[], limit: number, fn: (item: T, index: number) => Promise<R>): Promise<R[]> {
  const results: R[] = new Array(items.length);
  let next = 0;
  const worker = async () => {
    while (next < items.length) {
      const index = next++;
      results[index] = await fn(items[index], index);
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
  return results;
}

let active = 0;
let peak = 0;
const { issues } = await tracker.list_issues({});
const totals = await mapLimit(issues, 2, async (issue) => {
  active += 1;
  peak = Math.max(peak, active);
  try {
    const { total } = await tracker.list_comments({ issue: issue.number });
    return total;
  } finally {
    active -= 1;
  }
});
return { peak, totals };

//// promise cache so that nothing is fetched twice
//~ returns {"lines":["o1: Acme (EUR)","o2: Acme (EUR)","o3: Bolt (USD)","o4: Corvus (NOK)"],"fetched":3}
class CustomerCache {
  private readonly pending = new Map<string, ReturnType<typeof crm.get_customer>>();
  public misses = 0;

  get(id: string) {
    let promise = this.pending.get(id);
    if (!promise) {
      this.misses++;
      promise = crm.get_customer({ id });
      this.pending.set(id, promise);
    }
    return promise;
  }
}

const cache = new CustomerCache();
const { orders } = await crm.list_orders({});
const lines = await Promise.all(
  orders.map(async (order) => {
    const customer = await cache.get(order.customer_id);
    return `${order.id}: ${customer.name} (${order.currency})`;
  }),
);
return { lines, fetched: cache.misses };

//// batches of two with a pause between them
//~ returns [{"batch":1,"titles":["Login fails on Safari","Dark mode"]},{"batch":2,"titles":["Rate limit too low","Timeout on export"]},{"batch":3,"titles":["Typo on the home page"]}]
const BATCH_SIZE = 2;
const PAUSE_MS = 2;

function chunk<T>(items: T[], size: number): T[][] {
  const chunks: T[][] = [];
  for (let i = 0; i < items.length; i += size) {
    chunks.push(items.slice(i, i + size));
  }
  return chunks;
}

const ids = [1, 2, 3, 4, 5];
const output: { batch: number; titles: string[] }[] = [];

for (const [index, batch] of chunk(ids, BATCH_SIZE).entries()) {
  const fetched = await Promise.all(batch.map((number) => tracker.get_issue({ number })));
  output.push({ batch: index + 1, titles: fetched.map((issue) => issue.title) });
  if ((index + 1) * BATCH_SIZE < ids.length) {
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}

return output;

//// result type instead of exceptions
//~ returns {"found":[{"id":"c1","city":"Berlin"},{"id":"c3","city":"Oslo"}],"missing":["c9"]}
type Result<T> = { ok: true; value: T } | { ok: false; error: Error };

async function attempt<T>(promise: Promise<T>): Promise<Result<T>> {
  try {
    return { ok: true, value: await promise };
  } catch (error) {
    return { ok: false, error: error as Error };
  }
}

const wanted = ["c1", "c9", "c3"];
const results = await Promise.all(wanted.map((id) => attempt(crm.get_customer({ id }))));

const found: { id: string; city: string }[] = [];
const missing: string[] = [];
results.forEach((result, i) => {
  if (result.ok) {
    found.push({ id: result.value.id, city: result.value.address.city });
  } else {
    missing.push(wanted[i]);
  }
});
return { found, missing };

//// timeout by race and a fallback
//~ returns {"cpu":{"value":0.75,"stale":false},"memory":{"value":512,"stale":false},"slow":{"value":null,"stale":true}}
const TIMEOUT = Symbol("timeout");

function withTimeout<T>(promise: Promise<T>, ms: number): Promise<T | typeof TIMEOUT> {
  const timer = new Promise<typeof TIMEOUT>((resolve) => setTimeout(() => resolve(TIMEOUT), ms));
  return Promise.race([promise, timer]);
}

type Reading = { value: number | null; stale: boolean };

async function read(source: () => Promise<{ value: number }>, ms = 5000): Promise<Reading> {
  const outcome = await withTimeout(source(), ms);
  if (outcome === TIMEOUT) return { value: null, stale: true };
  return { value: outcome.value, stale: false };
}

const never = new Promise<{ value: number }>(() => {});

return {
  cpu: await read(() => metrics.latest({ metric: "cpu" })),
  memory: await read(() => metrics.latest({ metric: "memory" })),
  slow: await read(() => never, 5),
};

//// a queue class with concurrency that runs tasks given later
//~ returns {"sizes":{"todo.txt":20,"config.json":83,"data.csv":30},"done":3,"failed":1}
type Task<T> = () => Promise<T>;

class TaskQueue {
  private running = 0;
  private waiting: (() => void)[] = [];
  done = 0;
  failed = 0;

  constructor(private readonly concurrency: number) {}

  async add<T>(task: Task<T>): Promise<T> {
    if (this.running >= this.concurrency) {
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
    this.running++;
    try {
      const value = await task();
      this.done++;
      return value;
    } catch (error) {
      this.failed++;
      throw error;
    } finally {
      this.running--;
      this.waiting.shift()?.();
    }
  }
}

const queue = new TaskQueue(2);
const names = [...(await files.list_directory({ path: "/notes" })), "gone.bin"];
const sizes: Record<string, number> = {};

const tasks = names.map((name) =>
  queue
    .add(() => files.get_file_info({ path: `/notes/${name}` }))
    .then((info) => {
      sizes[name] = info.size;
    })
    .catch(() => undefined),
);
await Promise.all(tasks);

return { sizes, done: queue.done, failed: queue.failed };

//// pagination helper over any list tool
//~ returns {"issues":[1,2,3,4,5],"customers":["Acme","Bolt","Corvus"],"calls":5}
interface Page<T> {
  items: T[];
  total: number;
}

let calls = 0;

async function collect<T>(fetchPage: (limit: number) => Promise<Page<T>>, step: number): Promise<T[]> {
  let limit = step;
  for (;;) {
    calls++;
    const page = await fetchPage(limit);
    if (page.items.length >= page.total) return page.items;
    limit += step;
  }
}

const issues = await collect(async (limit) => {
  const response = await tracker.list_issues({ limit });
  return { items: response.issues, total: response.total };
}, 2);

const customers = await collect(async (limit) => {
  const { customers: items, total } = await crm.find_customers({ limit });
  return { items, total };
}, 2);

return {
  issues: issues.map(({ number }) => number),
  customers: customers.map(({ name }) => name),
  calls,
};

//// memoize with keys over tools of different servers
//~ returns {"first":"Ada Byron","again":"Ada Byron","acme":"enterprise","stats":{"hits":2,"misses":2}}
const stats = { hits: 0, misses: 0 };

function memoize<A extends object, R>(name: string, fn: (args: A) => Promise<R>): (args: A) => Promise<R> {
  const store = new Map<string, Promise<R>>();
  return (args) => {
    const key = `${name}:${JSON.stringify(args)}`;
    const known = store.get(key);
    if (known) {
      stats.hits++;
      return known;
    }
    stats.misses++;
    const promise = fn(args).catch((error) => {
      store.delete(key);
      throw error;
    });
    store.set(key, promise);
    return promise;
  };
}

const getIssue = memoize("issue", tracker.get_issue);
const getCustomer = memoize("customer", (args: { id: string }) => crm.get_customer(args));

const first = await getIssue({ number: 1 });
const again = await getIssue({ number: 1 });
const acme = await getCustomer({ id: "c1" });
await getCustomer({ id: "c1" });

return { first: first.assignee?.name, again: again.assignee!.name, acme: acme.tier, stats };

//// prefetch promises early and await them when needed
//~ returns {"summary":"3 open issues, 2 paid orders","cpu":0.75,"notes":["milk","bread","call Lin"]}
// Start everything that does not depend on anything else right away.
const pending = {
  open: tracker.list_issues({ state: "open" }),
  paid: crm.list_orders({ status: "paid" }),
  cpu: metrics.latest({ metric: "cpu" }),
};
const todoPromise = files.read_text_file({ path: "/notes/todo.txt" });

function plural(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? "" : "s"}`;
}

const { total: openCount } = await pending.open;
const paid = await pending.paid;
const summary = [plural(openCount, "open issue"), plural(paid.total, "paid order")].join(", ");

const cpu = (await pending.cpu).value;
const todo = await todoPromise;

return { summary, cpu, notes: todo.split("\n").filter(Boolean) };

//// several filters combined and deduplicated by number
//~ returns {"queries":4,"unique":[1,3,4,5],"by":{"1":["bug","auth","ada"],"3":["ada"],"4":["bug"],"5":["bug"]}}
type IssueLite = { number: number; title: string };

const queries: Record<string, () => Promise<{ issues: IssueLite[] }>> = {
  bug: () => tracker.list_issues({ label: "bug" }),
  auth: () => tracker.list_issues({ label: "auth", state: "open" }),
  ada: async () => {
    const { issues } = await tracker.list_issues({});
    return { issues: issues.filter((issue) => issue.assignee?.login === "ada") };
  },
  none: () => tracker.search_issues({ query: "does not occur", limit: 5 }),
};

const by = new Map<number, string[]>();
const entries = await Promise.all(
  Object.entries(queries).map(async ([name, run]) => {
    const { issues } = await run();
    return [name, issues] as [string, IssueLite[]];
  }),
);

for (const [name, issues] of entries) {
  for (const { number } of issues) {
    const names = by.get(number) ?? [];
    names.push(name);
    by.set(number, names);
  }
}

return {
  queries: entries.length,
  unique: [...by.keys()].sort((a, b) => a - b),
  by: Object.fromEntries(by),
};
