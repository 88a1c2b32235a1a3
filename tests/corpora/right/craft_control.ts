//// labelled loops
//~ returns {"found":"Streaming would help.","looked":3}
const { issues } = await tracker.list_issues({});
let found: string | undefined;
let looked = 0;
search: for (const issue of issues) {
  if (issue.comments === 0) continue;
  looked++;
  const { comments } = await tracker.list_comments({ issue: issue.number });
  for (const comment of comments) {
    if (comment.body === "Done.") continue search;
    if (comment.body.startsWith("Streaming")) {
      found = comment.body;
      break search;
    }
  }
}
return { found, looked };

//// a state machine with a switch
//~ returns ["load","choose","show","done: Large exports time out."]
type State = "load" | "choose" | "show" | "done";
let state: State = "load";
let data: any;
const trace: string[] = [];
while (state !== "done") {
  trace.push(state);
  switch (state) {
    case "load":
      data = await tracker.list_issues({ state: "open" });
      state = "choose";
      break;
    case "choose":
      data = data.issues.reduce((most: any, issue: any) => (issue.comments > most.comments ? issue : most));
      state = "show";
      break;
    case "show":
      data = (await tracker.get_issue({ number: data.number })).body;
      state = "done";
      break;
  }
}
trace.push(`${state}: ${data}`);
return trace;

//// a table of transitions with async handlers
//~ returns {"path":["list","read","count","end"],"words":4,"lines":3}
const context: Record<string, any> = {};
const machine: Record<string, (ctx: typeof context) => Promise<string> | string> = {
  async list(ctx) {
    ctx.names = await files.list_directory({ path: "/notes" });
    return ctx.names.length ? "read" : "end";
  },
  async read(ctx) {
    ctx.text = await files.read_text_file({ path: `/notes/${ctx.names[0]}` });
    return "count";
  },
  count(ctx) {
    ctx.lines = ctx.text.trim().split("\n").length;
    ctx.words = ctx.text.trim().split(/\s+/).length;
    return "end";
  },
};

const path: string[] = [];
let at = "list";
for (; at in machine; at = await machine[at](context)) path.push(at);
path.push(at);
return { path, words: context.words, lines: context.lines };

//// a variable that holds one shape after another
//~ returns [5,"Login fails on Safari",2,"Seen on Safari 19 too."]
const seen: unknown[] = [];
let current: any = await tracker.list_issues({});
seen.push(current.total);
current = current.issues[0];
seen.push(current.title);
current = await tracker.list_comments({ issue: current.number });
seen.push(current.total);
[current] = current.comments;
seen.push(current.body);
return seen;

//// what is never reached
//~ returns {"total":5,"mode":"new"}
const isLegacy = false;
const { total } = await tracker.list_issues({});
if (isLegacy) {
  const { count } = await tracker.list_tickets({ status: "any" });
  return { count, mode: "old" };
}
return { total, mode: "new" };
await tracker.close_all({});

//// a promise replaced by its value
//~ returns {"isOpen":true,"names":["ada"],"same":true}
let result: any = tracker.list_issues({ project: "web", state: "open" });
const pending = result;
result = await result;
let names: any = result.issues.map(async ({ assignee }: any) => assignee?.login);
names = (await Promise.all(names)).filter(Boolean);
return { isOpen: result.issues.every((issue) => issue.state === "open"), names, same: (await pending) === result };

//// set in one branch or another and told apart
//~ returns ["todo.txt, config.json, data.csv","20 bytes","missing: no such file"]
async function describe(path: string) {
  let entry;
  let error: Error | undefined;
  try {
    entry = await files.get_file_info({ path });
    if (entry.kind === "folder") entry = await files.list_directory({ path });
  } catch (caught) {
    error = caught as Error;
  }
  if (error) return `missing: ${error.message}`;
  return Array.isArray(entry) ? entry.join(", ") : `${entry.size} bytes`;
}

return [await describe("/notes"), await describe("/notes/todo.txt"), await describe("/notes/none")];

//// an assignment in the condition of a loop
//~ returns {"numbers":[1,2,4],"rounds":3}
const queue = [{ project: "web" }, { project: "api" }] as { project?: string }[];
const numbers: number[] = [];
let rounds = 0;
let filter: { project?: string } | undefined;
let page: any;
while ((rounds++, (filter = queue.shift()))) {
  if ((page = await tracker.list_issues({ ...filter, state: "open" })).total === 0) break;
  for (const { number } of page.issues) numbers.push(number);
}
return { numbers, rounds };

//// errors of our own with a cause
//~ returns ["StepError: comments of 1: too many","there is nothing in customers with id \"c9\"",404]
class StepError extends Error {
  override name = "StepError";
  constructor(
    message: string,
    readonly status: number,
    options?: { cause?: unknown },
  ) {
    super(message, options);
  }
}

const out: unknown[] = [];
try {
  const { total, comments } = await tracker.list_comments({ issue: 1 });
  if (total > 1) throw new StepError(`comments of ${comments[0].issue}: too many`, 413);
  out.push("few");
} catch (error) {
  out.push(String(error));
}
try {
  try {
    await crm.get_customer({ id: "c9" });
  } catch (cause) {
    throw new StepError("no customer", 404, { cause });
  }
} catch (error: any) {
  out.push(error.cause.message, error.status);
}
return out;

//// polling until something is so
//~ returns {"tries":3,"value":512}
const probes = [() => metrics.latest({ metric: "cpu" }), () => metrics.latest({ metric: "requests" })];
const last = () => metrics.latest({ metric: "memory" });
let tries = 0;
let latest: { value: number; unit: string };
do {
  latest = await (probes[tries] ?? last)();
  tries++;
  if (latest.unit !== "MiB") await new Promise((resolve) => setTimeout(resolve, 1));
} while (latest.unit !== "MiB" && tries < 10);
return { tries, value: latest.value };

//// finally that has the last word
//~ returns ["opened","failed: no such file","closed",true]
const log: unknown[] = [];
async function withLog<T>(act: () => Promise<T>) {
  log.push("opened");
  let isFailed = true;
  try {
    const result = await act();
    isFailed = false;
    return result;
  } catch (error) {
    log.push(`failed: ${(error as Error).message}`);
    return undefined;
  } finally {
    log.push("closed", isFailed);
  }
}
const text = await withLog(() => files.read_text_file({ path: "/notes/gone.txt" }));
return text === undefined ? log : text;

//// a stack instead of recursion
//~ returns ["ok=false","parts/cache/message=cold","parts/cache/ok=false","parts/db/ok=true"]
const stack: [string[], unknown][] = [[[], await metrics.health()]];
const leaves: string[] = [];
while (stack.length > 0) {
  const [path, value] = stack.pop()!;
  if (typeof value !== "object" || value === null) {
    leaves.push(`${path.join("/")}=${value}`);
    continue;
  }
  for (const [key, child] of Object.entries(value)) stack.push([[...path, key], child]);
}
return leaves.sort();

//// a switch over what kind of result it is
//~ returns ["list of 2","issue 3","text of 11","order o3"]
function kindOf(value: any) {
  switch (true) {
    case typeof value === "string":
      return `text of ${value.length}`;
    case Array.isArray(value):
      return `list of ${value.length}`;
    case "number" in value:
      return `issue ${value.number}`;
    default:
      return `order ${value.id}`;
  }
}
const [csv] = (await files.read_text_file({ path: "/notes/data.csv" })).split("\n");
const values = [await tracker.list_projects(), await tracker.get_issue({ number: 3 }), csv, await crm.get_order({ id: "o3" })];
return values.map(kindOf);
