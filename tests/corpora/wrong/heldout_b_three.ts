//// a generator that delegates to what a promise lacks
//~ throws issues
async function* all(state: "open" | "closed") {
  yield* tracker.list_issues({ state }).issues; //~ error issues await
}

const titles: string[] = [];
for await (const { title } of all("closed")) titles.push(title);
return titles;

//// a pool over a spread promise
//~ throws iter
const pool = async <T, R>(items: T[], work: (item: T) => Promise<R>) => {
  const out: R[] = [];
  const entries = items.entries();
  const worker = async () => {
    for (const [at, item] of entries) out[at] = await work(item);
  };
  await Promise.all([worker(), worker()]);
  return out;
};

const projects = [...tracker.list_projects()]; //~ error await
return pool(projects, async ({ name: project }: any) => (await tracker.list_issues({ project })).total);

//// labelled loops over a list of another name
//~ throws items
let hit = 0;
outer: for (const { name: project } of await tracker.list_projects()) {
  const page = await tracker.list_issues({ project, state: "open" });
  for (const { number, comments } of page.items) { //~ warning items
    if (comments > 2) {
      hit = number;
      break outer;
    }
  }
}
return hit;

//// pages cut by a count that is never told
//~ gives [] instead of [1,2,3,4]
async function* allButLast() {
  const page = await tracker.list_issues({ limit: 100 });
  yield* page.issues.slice(0, page.totals - 1); //~ warning totals total
}

const numbers: number[] = [];
for await (const { number } of allButLast()) numbers.push(number);
return numbers;

//// a winner that is read before the race
//~ gives [null] instead of [0.75]
const fail = (ms: number) => new Promise<never>((_, no) => setTimeout(no, ms, new Error("too slow")));
const latest = metrics.latest({ metric: "cpu" });
const clock = fail(20);
clock.catch(() => {});
await Promise.race([latest, clock]);
const { value } = latest; //~ error value await
return [value];

//// a recursive walk that collects nothing
//~ gives [null,null,null] instead of ["Login fails on Safari","Dark mode","Rate limit too low"]
const walk = async (number: number, seen: string[] = []): Promise<string[]> => {
  const issue = await tracker.get_issue({ number });
  seen.push(issue.titel); //~ warning titel title
  return number < 3 ? walk(number + 1, seen) : seen;
};
return walk(1);

//// entries of a map that are not waited for
//~ gives {} instead of {"web":2,"api":1}
const counts: Record<string, number> = {};
const jobs = new Map(["web", "api"].map((project) => [project, { project, state: "open" }] as const));
jobs.forEach(async (args, project) => { //~ warning forEach
  ({ total: counts[project] } = await tracker.list_issues(args));
});
return { ...counts };

//// queued jobs that let go of their calls
//~ gives [null,null] instead of ["open","open"]
type Job = () => Promise<any> | void;
const queue: Job[] = [3, 5].map((number) => () => {
  tracker.update_issue({ number, state: "open" }); //~ warning update_issue
});

const done: unknown[] = [];
for (let job; (job = queue.shift()); ) done.push((await job())?.state);
return done;

//// a driven generator with a number in quotes
//~ throws number
const drive = (steps: () => Generator<any, any, any>) => {
  const run = steps();
  const next = (value?: unknown): any => {
    const { done, value: step } = run.next(value);
    return done ? step : Promise.resolve(step).then(next);
  };
  return next();
};

return drive(function* () {
  const { title } = yield tracker.get_issue({ number: "1" }); //~ warning number
  return title;
});

//// workers that call a misspelt tool
//~ throws get_costumer
const ids = ["c1", "c2", "c3"].values();
const names: string[] = [];
const worker = async () => {
  for (const id of ids) names.push((await callTool("crm", "get_costumer", { id })).name); //~ error get_costumer get_customer
};
await Promise.all([worker(), worker()]);
return names;

//// answers together, one taken apart wrongly
//~ throws customer
const [{ issues }, { customer }] = await Promise.all([ //~ warning customer customers
  tracker.list_issues({ project: "web" }),
  crm.find_customers({ tier: "pro" }),
]);
return [issues.length, customer.length];

//// settled metrics with a unit of the wrong number
//~ gives [null,null] instead of ["ratio","MiB"]
const settled = await Promise.allSettled((["cpu", "memory"] as const).map((metric) => metrics.latest({ metric })));
return settled.map((one) => (one.status === "fulfilled" ? one.value.units : String(one.reason))); //~ warning units unit

//// a timer that answers with what a promise lacks
//~ gives [null] instead of [true]
const soon = <T>(work: () => T) => new Promise<T>((done) => setTimeout(() => done(work()), 1));
const gone = await soon(() => tracker.delete_issue({ number: 5 }).deleted); //~ error deleted await
return [gone];
