//// a promise delegated to
//~ throws iterable
function* names() {
  yield* tracker.list_projects(); //~ error
}

return [...names()].map((project) => project.name);

//// a loop over a call in an async generator
//~ throws iterable
async function* leads() {
  for (const { lead } of tracker.list_projects()) { //~ error
    yield lead;
  }
}

const out: string[] = [];
for await (const lead of leads()) out.push(lead);
return out;

//// for await over a promise of a list
//~ throws iterable
const sizes: number[] = [];
for await (const name of files.list_directory({ path: "/notes" })) { //~ error
  const { size } = await files.get_file_info({ path: `/notes/${name}` });
  sizes.push(size);
}
return sizes;

//// a misspelt property of what is yielded
//~ gives [null,null,null] instead of [1,2,4]
async function* openIssues() {
  const { issues } = await tracker.list_issues({ state: "open" });
  for (const issue of issues) yield issue;
}

const numbers: number[] = [];
for await (const issue of openIssues()) numbers.push(issue.nummber); //~ warning nummber number
return numbers;

//// a generator of calls, one with a metric that is not there
//~ throws metric
function* readings() {
  yield metrics.latest({ metric: "cpu" });
  yield metrics.latest({ metric: "disk" }); //~ error metric
}

return (await Promise.all(readings())).map(({ value }) => value);

//// calls to be made that lack what is required
//~ throws number
const plan = {
  *steps(titles: string[]) {
    for (const title of titles) yield () => tracker.update_issue({ title }); //~ error number
  },
};

const results: unknown[] = [];
for (const step of plan.steps(["Dark mode (beta)"])) results.push(await step());
return results;

//// a call dropped in an async generator
//~ gives {"asked":[3,5],"closed":0} instead of {"asked":[3,5],"closed":2}
let closed = 0;

async function* closeAll(numbers: number[]) {
  for (const number of numbers) {
    tracker.update_issue({ number, state: "closed" }).then(() => closed++); //~ warning update_issue
    yield number;
  }
}

const asked: number[] = [];
for await (const number of closeAll([3, 5])) asked.push(number);
return { asked, closed };

//// an iterator helper over a misspelt property
//~ throws login
const { issues } = await tracker.list_issues({ label: "bug" });
return issues
  .values()
  .filter((issue) => issue.state === "open")
  .map((issue) => issue.assigne.login) //~ warning assigne assignee
  .toArray();

//// a promise taken apart as a list
//~ throws iterable
function* pairs(items: string[]) {
  for (let i = 0; i + 1 < items.length; i += 2) yield [items[i], items[i + 1]];
}

const [first, second] = files.list_directory({ path: "/notes" }); //~ error
return [...pairs([first, second])];

//// promises from a generator put into text
//~ gives ["cpu [object Promise]","memory [object Promise]"] instead of ["cpu 0.75","memory 512"]
function* labelled() {
  for (const metric of ["cpu", "memory"] as const) {
    const latest = metrics.latest({ metric });
    yield `${metric} ${latest}`; //~ warning
  }
}

return [...labelled()];

//// an async generator that pages by an argument that is not there
//~ throws offset
async function* pages(size: number) {
  for (let offset = 0; ; offset += size) {
    const { issues } = await tracker.list_issues({ limit: size, offset }); //~ error offset
    if (issues.length === 0) return;
    yield* issues;
  }
}

const all = await Array.fromAsync(pages(2));
return all.length;

//// a thread iterated with the wrong name of its list
//~ throws iterable
class Thread {
  constructor(private readonly issue: number) {}

  async *[Symbol.asyncIterator]() {
    const thread = await tracker.list_comments({ issue: this.issue });
    for (const comment of thread.coments) yield comment.body; //~ warning coments comments
  }
}

const bodies: string[] = [];
for await (const body of new Thread(4)) bodies.push(body);
return bodies;
