//// pages from an async generator
//~ returns [1,2,4]
async function* openIssues(step = 1) {
  let seen = 0;
  for (let limit = step; ; limit += step) {
    const page = await tracker.list_issues({ state: "open", limit });
    yield* page.issues.slice(seen);
    seen = page.issues.length;
    if (seen >= page.total) return;
  }
}

const numbers: number[] = [];
for await (const issue of openIssues(2)) numbers.push(issue.number);
return numbers;

//// a generator of promises given to Promise.all
//~ returns [[0.75,512],["ratio","MiB"]]
function* requests() {
  for (const metric of ["cpu", "memory"] as const) yield metrics.latest({ metric });
}

const values = (await Promise.all(requests())).map((latest) => latest.value);
const [cpu, memory] = [...requests()];
return [values, [(await cpu).unit, (await memory).unit]];

//// for await over a list of calls
//~ returns ["Looking into it.","Agreed."]
const calls = [1, 4].map((issue) => tracker.list_comments({ issue }));
const bodies: string[] = [];
for await (const { comments } of calls) bodies.push(comments.at(-1).body);
return bodies;

//// a generator driven like an async function
//~ returns "2 Done."
async function drive<T>(steps: Generator<Promise<any>, T, any>): Promise<T> {
  let step = steps.next();
  while (!step.done) step = steps.next(await step.value);
  return step.value;
}

function* plan() {
  const { issues } = yield tracker.list_issues({ project: "api" });
  const { comments } = yield tracker.list_comments({ issue: issues[0].number });
  return `${issues.length} ${comments[0].body}`;
}

return drive(plan());

//// a driven generator that catches what is thrown into it
//~ returns ["milk","none: no such file"]
async function drive(steps: Generator<any, any, any>) {
  let step = steps.next();
  while (!step.done) {
    let value: unknown;
    try {
      value = await step.value;
    } catch (error) {
      step = steps.throw(error);
      continue;
    }
    step = steps.next(value);
  }
  return step.value;
}

const firstLine = (path: string) =>
  drive(
    (function* () {
      try {
        const text: string = yield files.read_text_file({ path });
        return text.split("\n")[0];
      } catch (error) {
        return `none: ${(error as Error).message}`;
      }
    })(),
  );

return [await firstLine("/notes/todo.txt"), await firstLine("/notes/todo.md")];

//// a pipeline of async generators
//~ returns ["lin/2","ada/1"]
type Stage = (source: AsyncIterable<any> | Iterable<any>) => AsyncIterable<any>;

const map = (fn: (item: any) => any): Stage =>
  async function* (source) {
    for await (const item of source) yield fn(item);
  };
const filter = (keep: (item: any) => boolean): Stage =>
  async function* (source) {
    for await (const item of source) if (keep(item)) yield item;
  };
const take = (count: number): Stage =>
  async function* (source) {
    for await (const item of source) {
      yield item;
      if (--count === 0) return;
    }
  };
const pipe = (source: any, ...stages: Stage[]) => stages.reduce((stream, stage) => stage(stream), source);

const { issues } = await tracker.list_issues({});
const stream = pipe(
  issues,
  filter((issue) => issue.comments > 0),
  map((issue) => tracker.list_comments({ issue: issue.number })),
  map(({ comments, total }) => `${comments[0].author.login}/${total}`),
  take(2),
);
return Array.fromAsync(stream);

//// a recursive generator over a file that is JSON
//~ returns {"port":8080,"hosts.0":"a.example.com","hosts.1":"b.example.com","tls.enabled":true}
function* walk(node: unknown, path: string[] = []): Generator<[string, unknown]> {
  if (node === null || typeof node !== "object") {
    yield [path.join("."), node];
    return;
  }
  for (const [key, value] of Object.entries(node)) yield* walk(value, [...path, key]);
}

const config = await files.read_text_file({ path: "/notes/config.json" });
return Object.fromEntries(walk(config));

//// batches that can be told to stop
//~ returns [[1,2],[3,4],"stopped",true]
function* batches<T>(items: T[], size: number): Generator<T[], string, boolean | undefined> {
  for (let start = 0; start < items.length; start += size) {
    const stop = yield items.slice(start, start + size);
    if (stop) return "stopped";
  }
  return "done";
}

const { issues } = await tracker.list_issues({ limit: 100 });
const steps = batches(issues, 2);
const { value: first } = steps.next();
const { value: second } = steps.next();
const { value: end, done } = steps.next(true);
return [first.map((issue) => issue.number), second.map((issue) => issue.number), end, done];

//// a class that is iterated asynchronously and adds a field
//~ returns [15]
class Thread {
  constructor(private readonly issue: number) {}

  async *[Symbol.asyncIterator]() {
    const { comments } = await tracker.list_comments({ issue: this.issue });
    for (const comment of comments) yield { ...comment, isMine: comment.author.login === "ada" };
  }
}

const mine: number[] = [];
for await (const { id, isMine } of new Thread(4)) if (isMine) mine.push(id);
return mine;

//// iterator helpers on a result
//~ returns {"logins":["ada","lin","lin"],"first":{"number":3,"rank":1}}
const { issues } = await tracker.list_issues();
const logins = issues
  .values()
  .filter((issue) => issue.assignee !== null)
  .map((issue) => issue.assignee.login)
  .drop(1)
  .toArray();
const first = Iterator.from(issues)
  .filter((issue) => issue.state === "closed")
  .map(({ number }, index) => ({ number, rank: index + 1 }))
  .next().value;
return { logins, first };

//// an async generator left early
//~ returns ["see 3","end"]
const log: string[] = [];

async function* closed() {
  const { issues } = await tracker.list_issues({ state: "closed" });
  try {
    for (const issue of issues) {
      log.push(`see ${issue.number}`);
      yield issue;
    }
  } finally {
    log.push("end");
  }
}

for await (const issue of closed()) {
  if (issue.labels.length === 0) break;
}
return log;

//// two async generators merged as their values come
//~ returns [1,2,3,4,5]
async function* merge<T>(...sources: AsyncIterable<T>[]) {
  const ahead = new Map<AsyncIterator<T>, Promise<{ from: AsyncIterator<T>; step: IteratorResult<T> }>>();
  const advance = (from: AsyncIterator<T>) => ahead.set(from, from.next().then((step) => ({ from, step })));
  for (const source of sources) advance(source[Symbol.asyncIterator]());
  while (ahead.size > 0) {
    const { from, step } = await Promise.race(ahead.values());
    if (step.done) {
      ahead.delete(from);
      continue;
    }
    advance(from);
    yield step.value;
  }
}

async function* numbers(project: "web" | "api") {
  for (const { number } of (await tracker.list_issues({ project })).issues) yield number;
}

const all: number[] = [];
for await (const number of merge(numbers("web"), numbers("api"))) all.push(number);
return all.sort((a, b) => a - b);

//// a generator method that yields calls to be made
//~ returns ["closed","open"]
const plan = {
  *steps(numbers: Iterable<number>) {
    for (const number of numbers) yield () => tracker.get_issue({ number });
  },
};

const states: string[] = [];
for (const step of plan.steps(new Set([3, 4, 3]))) states.push((await step()).state);
return states;

//// an endless generator zipped with a result
//~ returns {"A":"web","B":"api"}
function* letters() {
  for (let code = 65; ; code++) yield String.fromCharCode(code);
}

function* zip<A, B>(left: Iterable<A>, right: Iterable<B>): Generator<[A, B]> {
  const others = right[Symbol.iterator]();
  for (const one of left) {
    const { value, done } = others.next();
    if (done) return;
    yield [one, value];
  }
}

const projects = await tracker.list_projects();
return Object.fromEntries([...zip(letters(), projects)].map(([letter, { name }]) => [letter, name]));
