//// grouped by a property that issues do not have
//~ gives [["undefined",5]] instead of [["open",3],["closed",2]]
const { issues } = await tracker.list_issues({});
const groups = Object.groupBy(issues, (issue: any) => issue.status); //~ warning status
return Object.entries(groups).map(([status, list]) => [status, list!.length]);

//// an index by a name that customers do not have
//~ gives 1 instead of 3
const { customers } = await crm.find_customers({});
const byId = new Map(customers.map((customer) => [customer.customer_id, customer])); //~ warning customer_id
return byId.size;

//// a sum of what orders do not have
//~ gives [null] instead of [1115.5]
const { orders } = await crm.list_orders({});
const sum = orders.reduce((sum, order) => sum + order.amount, 0); //~ warning amount
return [sum];

//// a result kept in an object and read as a list
//~ gives {"projects":2} instead of {"issues":5,"projects":2}
const data = {
  issues: await tracker.list_issues({}),
  projects: await tracker.list_projects(),
};
const count = data.issues.length; //~ warning length
return { issues: count, projects: data.projects.length };

//// a wrapping that was taken off before
//~ throws map
const store = new Map<string, any>();
const projects = await tracker.list_projects();
for (const project of projects.result.map((one: any) => ({ ...one }))) store.set(project.name, project); //~ warning result
return [...store.keys()];

//// sorted by a property under another name
//~ gives [1,2,4] instead of [4,1,2]
const sortBy = <T>(list: T[], key: (item: T) => number) =>
  list
    .map((item) => [key(item), item] as const)
    .sort(([a], [b]) => b - a || 0)
    .map(([, item]) => item);

const { issues } = await tracker.list_issues({ state: "open" });
return sortBy(issues, (issue: any) => issue.comment_count).map((issue: any) => issue.number); //~ warning comment_count

//// a set of a promise
//~ throws iterable
const names = new Set(files.list_directory({ path: "/notes" })); //~ error
return names.has("todo.txt");

//// a promise spread into a row
//~ gives 1 instead of 11
const issue: any = { ...tracker.get_issue({ number: 2 }), votes: 3 }; //~ error
return Object.keys(issue).length;

//// a table of loaders, one with a misspelt tool
//~ throws get_isssue
const load = {
  order: (id: string) => crm.get_order({ id }),
  issue: (number: number) => tracker.get_isssue({ number }), //~ error get_isssue get_issue
};
const [order, issue] = await Promise.all([load.order("o1"), load.issue(4)]);
return [order.total, issue.title];

//// promises kept in a map and read when they are taken out
//~ throws city
const cache = new Map<string, any>();
for (const id of ["c1", "c2"]) cache.set(id, crm.get_customer({ id }));
const cities: string[] = [];
for (const [, customer] of cache) {
  cities.push(customer.address.city); //~ error address
}
return cities;

//// lines of orders under the name of another shop
//~ throws iterable
const articles = new Set<string>();
for (const order of (await crm.list_orders({ status: "paid" })).orders) {
  for (const { sku } of order.items) articles.add(sku); //~ warning items
}
return [...articles];

//// parts of the health under another name
//~ throws object
const health = await metrics.health();
const sick: string[] = [];
for (const [name, part] of Object.entries<{ ok: boolean }>(health.components)) { //~ warning components
  if (!part.ok) sick.push(name);
}
return sick;

//// a record's values shown by what they do not have
//~ gives ["db: undefined","cache: undefined"] instead of ["db: true","cache: false"]
const { parts } = await metrics.health({ verbose: true });
return Object.entries<any>(parts).map(([name, part]) => `${name}: ${part.healthy}`); //~ warning healthy

//// a nested tally with two names wrong
//~ gives {"undefined":{"undefined":1}} instead of {"EUR":{"paid":1,"open":1},"USD":{"refunded":1},"NOK":{"paid":1}}
type Tally = Record<string, Record<string, number>>;
const { orders } = await crm.list_orders({});
const tally = orders.reduce<Tally>((tally, order) => {
  const branch = (tally[order.curency] ??= {}); //~ warning curency currency
  branch[order.state] = (branch[order.status] ?? 0) + 1; //~ warning state
  return tally;
}, {});
return tally;
