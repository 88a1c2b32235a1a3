//// a memoized promise whose property is read
//~ gives [null,null] instead of ["Login fails on Safari","Dark mode"]
const cache: Record<number, any> = {};
const get = (number: number) => (cache[number] ??= tracker.get_issue({ number }));

const titles: string[] = [];
for (const number of [1, 2]) titles.push(get(number).title); //~ error title
return titles;

//// a function applied to a tool without await
//~ gives {} instead of {"all":5}
const apply = <A, R>(fn: (arg: A) => R, arg: A): R => fn(arg);

const { total } = apply(tracker.list_issues, {}); //~ error total
return { all: total };

//// a then-callback that takes apart what is not there
//~ throws length
const count = (state: "open" | "closed") =>
  tracker
    .list_issues({ state })
    .then(({ isues }) => isues.length); //~ warning isues issues

return { open: await count("open"), closed: await count("closed") };

//// a callback given by name
//~ gives [null,null] instead of ["Rate limit too low","Timeout on export"]
function titleOf(issue: any) {
  return issue.tilte; //~ warning tilte title
}

const { issues } = await tracker.list_issues({ project: "api" });
return issues.map(titleOf);

//// an alias of a tool with a number as text
//~ throws number
const { get_issue: fetchIssue } = tracker;
const issue = await fetchIssue({ number: "4" }); //~ error number
return issue.title;

//// a default that the tool refuses
//~ throws sort
async function newest({ project = "web" }: { project?: string } = {}) {
  const { issues } = await tracker.list_issues({ project, sort: "newest" }); //~ error sort
  return issues[0];
}

return (await newest()).number;

//// a tool called with call
//~ throws issue
const thread = await tracker.list_comments.call(null, { issue: "1" }); //~ error issue
return thread.total;

//// a callback with a body that drops the call
//~ gives [null,null] instead of ["open","open"]
const reopen = (number: number) => {
  tracker.update_issue({ number, state: "open" }); //~ warning update_issue
};

const issues = await Promise.all([3, 5].map(reopen));
return issues.map((issue: any) => issue?.state);

//// an async function called at once and taken apart
//~ throws map
const { customers } = (async () => crm.find_customers({ tier: "pro" }))(); //~ error customers
return customers.map((customer) => customer.name);

//// promises of a helper added
//~ gives "[object Promise]1" instead of 4
const count = async (state: "open" | "closed") => (await tracker.list_issues({ state })).total;

const next = count("open") + 1; //~ warning
return next;

//// an unknown tool in a callback
//~ throws fetch_issue
const numbers = new Set([1, 4]);
const load = async (number: number) => {
  const { title, state } = await tracker.fetch_issue({ number }); //~ error fetch_issue
  return `${title} (${state})`;
};
return Promise.all([...numbers].map(load));

//// a factory around a misspelt server
//~ throws trakcer
function createClient(project: string) {
  const list = async (more = {}) => (await trakcer.list_issues({ project, ...more })).issues; //~ error trakcer tracker
  return { list, open: () => list({ state: "open" }) };
}

const client = createClient("web");
return (await client.open()).length;

//// a method of text called on a promise
//~ throws split
const lines = (path: string) => files.read_text_file({ path }).split("\n").filter(Boolean); //~ error split

const todo = lines("/notes/todo.txt");
return todo.length;

//// a curried function that reads what orders do not have
//~ gives [null,null] instead of [120.5,900]
const ordersOf = (status: "open" | "paid") => async (read: (order: any) => unknown) =>
  (await crm.list_orders({ status })).orders.map(read);

const paid = ordersOf("paid");
return paid((order) => order.totals); //~ warning totals total

//// a composed function given names of another server
//~ throws list_directories
const compose =
  <A, B, C>(outer: (value: B) => C, inner: (value: A) => Promise<B>) =>
  async (value: A) =>
    outer(await inner(value));

const entries = compose(
  (names: string[]) => names.length,
  (path: string) => files.list_directories({ path }), //~ error list_directories list_directory
);
return entries("/notes");
