//// an async generator that pages with growing limits
//~ returns {"numbers":[1,2,3,4,5],"calls":3}
let calls = 0;
async function* pages(size: number) {
  for (let limit = size, seen = 0; ; limit += size) {
    const { issues, total } = await (calls++, tracker.list_issues({ limit }));
    yield issues.slice(seen);
    seen = issues.length;
    if (seen >= total) return;
  }
}

const numbers: number[] = [];
for await (const page of pages(2)) numbers.push(...page.map(({ number }) => number));
return { numbers, calls };

//// lazy pipelines of async generators
//~ returns ["#1 LOGIN FAILS ON SAFARI","#4 TIMEOUT ON EXPORT"]
const source = async function* (state: "open" | "closed") {
  yield* (await tracker.list_issues({ state })).issues;
};
const filter = (test: (x: any) => boolean) => async function* (items: AsyncIterable<any>) {
  for await (const item of items) if (test(item)) yield item;
};
const map = (fn: (x: any) => unknown) => async function* (items: AsyncIterable<any>) {
  for await (const item of items) yield fn(item);
};
const through = (items: AsyncIterable<any>, ...stages: Function[]) => stages.reduce((flow, stage) => stage(flow), items);

const lines = through(
  source("open"),
  filter(({ labels }) => labels.includes("bug")),
  map(({ number, title }) => ({ text: `#${number} ${title}` })),
  map(({ text }) => text.toUpperCase()),
);
return Array.fromAsync(lines);

//// a generator that is driven with promises
//~ returns "Timeout on export has 3 comments, the last by Lin Chen"
function drive<T>(steps: () => Generator<Promise<any>, T, any>): Promise<T> {
  const run = steps();
  const next = (value?: unknown): Promise<T> => {
    const step = run.next(value);
    return step.done ? Promise.resolve(step.value) : step.value.then(next, (error) => next(run.throw(error)));
  };
  return next();
}

return drive(function* () {
  const issue = yield tracker.get_issue({ number: 4 });
  const { comments, total } = yield tracker.list_comments({ issue: issue.number });
  return `${issue.title} has ${total} comments, the last by ${comments.at(-1).author.name}`;
});

//// labelled loops that look for the first fit
//~ returns {"project":"api","issue":4,"author":"lin"}
let found: { project: string; issue: number; author: string } | undefined;

search: for (const { name: project } of await tracker.list_projects()) {
  const { issues } = await tracker.list_issues({ project });
  candidates: for (const { number: issue, comments: many } of issues) {
    if (many < 3) continue candidates;
    for (const { author: { login: author }, body } of (await tracker.list_comments({ issue })).comments) {
      if (!/reproduced/i.test(body)) continue candidates;
      found = { project, issue, author };
      break search;
    }
  }
}
return found ?? "nothing";

//// a pool of promises with two at a time
//~ returns {"titles":["Login fails on Safari","Dark mode","Rate limit too low","Timeout on export","Typo on the home page"],"most":2}
let active = 0, most = 0;
async function pool<T, R>(items: T[], width: number, work: (item: T) => Promise<R>): Promise<R[]> {
  const out: R[] = new Array(items.length);
  const queue = items.entries();
  const worker = async () => {
    for (const [at, item] of queue) {
      most = Math.max(most, ++active);
      out[at] = await work(item);
      active--;
    }
  };
  await Promise.all(Array.from({ length: width }, worker));
  return out;
}

const titles = await pool([1, 2, 3, 4, 5], 2, async (number) => (await tracker.get_issue({ number })).title);
return { titles, most };

//// a race against a timer that loses
//~ returns ["cpu 0.75","too slow"]
const sleep = <T>(ms: number, value?: T) => new Promise<T>((done) => setTimeout(done, ms, value));
const within = async <T>(ms: number, work: Promise<T>): Promise<T | null> =>
  Promise.race([work, sleep(ms, null)]);

const latest = await within(5000, metrics.latest({ metric: "cpu" }));
const never = new Promise<{ value: number }>(() => {});
const late = await within(5, never);
return [latest ? `cpu ${latest.value}` : "too slow", late ? late.value : "too slow"];

//// retries by recursion with a growing pause
//~ returns {"text":"milk","tries":3}
let tries = 0;
const flaky = async (path: string): Promise<string> => {
  if (++tries < 3) return files.read_text_file({ path: `${path}.missing` });
  return files.read_text_file({ path });
};
const again = async <T>(work: () => Promise<T>, left = 4, pause = 1): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    if (left === 0 || !(error instanceof ToolError)) throw error;
    await new Promise((done) => void setTimeout(done, pause));
    return again(work, left - 1, pause * 2);
  }
};

const [text] = (await again(() => flaky("/notes/todo.txt"))).split("\n");
return { text, tries };

//// an async queue between producer and consumer
//~ returns ["Acme","Bolt","Corvus"]
class AsyncQueue<T> implements AsyncIterable<T> {
  #items: T[] = [];
  #waiting: Array<(step: IteratorResult<T>) => void> = [];
  #closed = false;
  push(value: T) {
    const taker = this.#waiting.shift();
    taker ? taker({ value, done: false }) : this.#items.push(value);
  }
  close() {
    this.#closed = true;
    for (const taker of this.#waiting.splice(0)) taker({ value: undefined, done: true });
  }
  [Symbol.asyncIterator](): AsyncIterator<T> {
    return {
      next: () =>
        this.#items.length
          ? Promise.resolve({ value: this.#items.shift()!, done: false })
          : this.#closed
            ? Promise.resolve({ value: undefined, done: true })
            : new Promise((taker) => this.#waiting.push(taker)),
    };
  }
}

const queue = new AsyncQueue<Promise<{ name: string }>>();
const producer = (async () => {
  for (const id of ["c1", "c2", "c3"]) {
    queue.push(crm.get_customer({ id }));
    await null;
  }
  queue.close();
})();

const names: string[] = [];
for await (const customer of queue) names.push((await customer).name);
await producer;
return names;

//// a deferred call behind a lock
//~ returns [["in 1","out 1","in 4","out 4"],"lin"]
const mutex = () => {
  let tail: Promise<unknown> = Promise.resolve();
  return <T>(work: () => Promise<T>): Promise<T> => {
    const mine = tail.then(work);
    tail = mine.catch(() => {});
    return mine;
  };
};

const locked = mutex();
const order: string[] = [];
const load = (number: number) =>
  locked(async () => {
    order.push(`in ${number}`);
    const issue = await tracker.get_issue({ number });
    order.push(`out ${number}`);
    return issue;
  });
const first = load(1);
const second = load(4);
const { assignee } = await second;
await first;
return [order, assignee?.login];

//// settled and sorted out in a switch over true
//~ returns ["file 20","folder","gone","undated 30"]
const paths = ["/notes/todo.txt", "/notes", "/nowhere", "/notes/data.csv"];
const infos = await Promise.allSettled(paths.map((path) => files.get_file_info({ path })));

return infos.map((info) => {
  switch (true) {
    case info.status === "rejected":
      return "gone";
    case info.value.kind === "folder":
      return "folder";
    case info.value.modified == null:
      return `undated ${info.value.size}`;
    default:
      return `file ${info.value.size}`;
  }
});

//// iterators zipped by hand and closed early
//~ returns {"pairs":[[1,"c1"],[2,"c2"]],"closed":["issues","customers"]}
const closed: string[] = [];
function* noting<T>(name: string, items: Iterable<T>) {
  try {
    yield* items;
  } finally {
    closed.push(name);
  }
}
const zip = function* <A, B>(as: Iterable<A>, bs: Iterable<B>, most: number): Generator<[A, B]> {
  const a = as[Symbol.iterator](), b = bs[Symbol.iterator]();
  for (let i = 0; i < most; i++) {
    const [x, y] = [a.next(), b.next()];
    if (x.done || y.done) break;
    yield [x.value, y.value];
  }
  a.return?.();
  b.return?.();
};

const [{ issues }, { customers }] = await Promise.all([tracker.list_issues(), crm.find_customers()]);
const zipped = zip(noting("issues", issues), noting("customers", customers), 2);
return { pairs: [...zipped].map(([{ number }, { id }]) => [number, id]), closed };

//// calls begun first and gathered later
//~ returns {"web":2,"api":1,"health":["cache"]}
const begun: Record<string, Promise<any>> = {};
for (const project of ["web", "api"]) begun[project] = tracker.list_issues({ project, state: "open" });
const health = metrics.health();
health.catch(() => {});

const counted: Record<string, number> = {};
for (const [project, pending] of Object.entries(begun)) ({ total: counted[project] } = await pending);
const { parts } = await health;
return { ...counted, health: Object.keys(parts).filter((part) => !parts[part].ok) };
