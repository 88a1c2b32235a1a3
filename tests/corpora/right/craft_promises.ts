//// a semaphore
//~ returns {"most":2,"titles":[21,9,18,17,21]}
class Semaphore {
  #free: number;
  #waiting: (() => void)[] = [];
  most = 0;
  #busy = 0;

  constructor(size: number) {
    this.#free = size;
  }

  async run<T>(act: () => Promise<T>): Promise<T> {
    if (this.#free === 0) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#free--;
    this.most = Math.max(this.most, ++this.#busy);
    try {
      return await act();
    } finally {
      this.#busy--;
      const next = this.#waiting.shift();
      if (next) next();
      else this.#free++;
    }
  }
}

const semaphore = new Semaphore(2);
const issues = await Promise.all([1, 2, 3, 4, 5].map((number) => semaphore.run(() => tracker.get_issue({ number }))));
return { most: semaphore.most, titles: issues.map(({ title }) => title.length) };

//// workers that share an index
//~ returns [2,0,1,3,0]
async function pool<T>(jobs: (() => Promise<T>)[], size: number): Promise<T[]> {
  const done: T[] = new Array(jobs.length);
  let next = 0;
  const worker = async () => {
    while (next < jobs.length) {
      const at = next++;
      done[at] = await jobs[at]();
    }
  };
  await Promise.all(Array.from({ length: size }, worker));
  return done;
}

const { issues } = await tracker.list_issues({});
const jobs = issues.map(
  ({ number: issue }) =>
    () =>
      tracker.list_comments({ issue }),
);
return (await pool(jobs, 3)).map(({ total }) => total);

//// batches one after another
//~ returns {"Acme":200.5,"Bolt":15,"Corvus":900}
const { customers } = await crm.find_customers({});
const spent: Record<string, number> = {};
const size = 2;
for (let start = 0; start < customers.length; start += size) {
  const batch = customers.slice(start, start + size);
  const lists = await Promise.all(batch.map(({ id }) => crm.list_orders({ customer_id: id })));
  lists.forEach(({ orders }, index) => {
    spent[batch[index].name] = orders.reduce((sum, { total }) => sum + total, 0);
  });
}
return spent;

//// settled calls told apart by their status
//~ returns {"sizes":[20,30],"reasons":["no such file"]}
const paths = ["/notes/todo.txt", "/notes/nothing.txt", "/notes/data.csv"];
const settled = await Promise.allSettled(paths.map((path) => files.get_file_info({ path })));
const sizes = settled.filter((one) => one.status === "fulfilled").map((one) => one.value.size);
const reasons = settled.flatMap((one) => (one.status === "rejected" ? [one.reason.message] : []));
return { sizes, reasons };

//// a race with a timer that is cleared
//~ returns [2,"too late"]
function within<T>(call: Promise<T>, ms: number): Promise<T> {
  let timer: any;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("too late")), ms);
  });
  return Promise.race([call, late]).finally(() => clearTimeout(timer));
}

const projects = await within(tracker.list_projects(), 20000);
const never = await within(new Promise<never>(() => {}), 5).catch((error) => error.message);
return [projects.length, never];

//// a chain with then, catch and finally
//~ returns {"value":"Bolt: 1 order","steps":["found","counted","done"]}
const steps: string[] = [];
const note =
  (step: string) =>
  <T>(value: T) => (steps.push(step), value);

const value = await crm
  .find_customers({ tier: "free" })
  .then(note("found"))
  .then(({ customers: [customer] }) =>
    crm.list_orders({ customer_id: customer.id }).then((result) => ({ ...result, customer })),
  )
  .then(note("counted"))
  .then(({ customer, total }) => `${customer.name}: ${total} order${total === 1 ? "" : "s"}`)
  .catch((error) => `failed: ${error.message}`)
  .finally(() => void steps.push("done"));
return { value, steps };

//// promises in an object, awaited by name
//~ returns {"projects":2,"health":false,"mail":"Hello"}
async function all<T extends Record<string, unknown>>(promises: T): Promise<{ [K in keyof T]: Awaited<T[K]> }> {
  const values = await Promise.all(Object.values(promises));
  return Object.fromEntries(Object.keys(promises).map((key, index) => [key, values[index]])) as any;
}

const { projects, health, mail } = await all({
  projects: tracker.list_projects(),
  health: metrics.health(),
  mail: tools["my-mail"]["get-message"]({ id: "m1" }),
});
return { projects: projects.length, health: health.ok, mail: mail.subject };

//// one after another with reduce
//~ returns [2,0,1]
return [1, 2, 3].reduce(
  async (before, issue) => {
    const totals = await before;
    const { total } = await tracker.list_comments({ issue });
    return [...totals, total];
  },
  Promise.resolve([] as number[]),
);

//// a lock made of a chain
//~ returns ["begin 1","end 1","begin 4","end 4","begin 3","end 3"]
let tail: Promise<unknown> = Promise.resolve();
const locked = <T>(act: () => Promise<T>): Promise<T> => {
  const turn = tail.then(act, act);
  tail = turn;
  return turn;
};

const log: string[] = [];
await Promise.all(
  [1, 4, 3].map((issue) =>
    locked(async () => {
      log.push(`begin ${issue}`);
      await tracker.list_comments({ issue });
      log.push(`end ${issue}`);
    }),
  ),
);
return log;

//// the first that succeeds, and the others waited for
//~ returns ["milk",["rejected","fulfilled"]]
const attempts = ["/notes/todo.md", "/notes/todo.txt"].map((path) => files.read_text_file({ path }));
const text: string = await Promise.any(attempts);
const settled = await Promise.allSettled(attempts);
return [text.split("\n")[0], settled.map(({ status }) => status)];

//// a write that is begun, looked after and awaited at the end
//~ returns {"lines":3,"audit":"written"}
const audit = files
  .write_file({ path: "/log/audit.txt", content: "started", mode: "append" })
  .catch((error) => `not written: ${error.message}`);
const text = await files.read_text_file({ path: "/notes/todo.txt" });
const lines = text.trim().split("\n").length;
return { lines, audit: await audit };

//// calls gathered for one turn of the loop
//~ returns {"names":["Acme","Corvus","Acme"],"rounds":1}
function createLoader<K, V>(load: (keys: K[]) => Promise<Map<K, V>>) {
  let queue: { key: K; resolve: (value: V | undefined) => void; reject: (error: unknown) => void }[] = [];
  return (key: K) => {
    const { promise, resolve, reject } = Promise.withResolvers<V | undefined>();
    if (queue.push({ key, resolve, reject }) === 1) {
      queueMicrotask(async () => {
        const batch = queue;
        queue = [];
        try {
          const values = await load(batch.map((one) => one.key));
          for (const one of batch) one.resolve(values.get(one.key));
        } catch (error) {
          for (const one of batch) one.reject(error);
        }
      });
    }
    return promise;
  };
}

let rounds = 0;
const customer = createLoader(async (ids: string[]) => {
  rounds++;
  const { customers } = await crm.find_customers({});
  return new Map(customers.filter(({ id }) => ids.includes(id)).map((one) => [one.id, one]));
});
const found = await Promise.all(["c1", "c3", "c1"].map(customer));
return { names: found.map((one) => one?.name), rounds };

//// promises with a property of their own
//~ returns ["web: 3","api: 2"]
const calls = (["web", "api"] as const).map((project) =>
  Object.assign(tracker.list_issues({ project }), { project }),
);
const lines: string[] = [];
for (const call of calls) lines.push(`${call.project}: ${(await call).total}`);
return lines;

//// retries with a growing pause
//~ returns {"result":"gave up: no such folder","pauses":[1,2,4],"names":0}
const pauses: number[] = [];
const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

async function retry<T>(act: (attempt: number) => Promise<T>, times = 3, pause = 1): Promise<T> {
  try {
    return await act(times);
  } catch (error) {
    if (times === 0) throw error;
    pauses.push(pause);
    await sleep(pause);
    return retry(act, times - 1, pause * 2);
  }
}

const result = await retry(() => files.list_directory({ path: "/void" })).then(
  (names) => names.join(),
  (error) => `gave up: ${error.message}`,
);
const { length: names } = await retry(() => files.list_directory({ path: "/empty" }));
return { result, pauses, names };
