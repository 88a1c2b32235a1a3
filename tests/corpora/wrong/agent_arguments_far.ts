//// callTool with a status that is none
//~ throws status
const order = await callTool("crm", "set_order_status", { id: "o2", status: "cancelled" }); //~ error status
return order.status;

//// arguments in a constant
//~ throws sort
const query = { state: "open", sort: "created" };
const { issues } = await tracker.list_issues(query); //~ error sort
return issues.map((issue) => issue.number);

//// defaults that are spread
//~ throws per_page
const defaults = { per_page: 100 };
const page = await tracker.list_issues({ ...defaults, project: "web" }); //~ error per_page
return page.total;

//// a metric that is none
//~ throws metric
const disk = await metrics.latest({ metric: "disk" }); //~ error metric
return `${disk.value} ${disk.unit}`;

//// an alias of the tool
//~ throws assignee
const create = tracker.create_issue;
const issue = await create({ project: "web", title: "Add a sitemap", assignee: "ada" }); //~ error assignee
return issue.number;

//// a literal inside a helper
//~ throws state
const openIn = (project: "web" | "api") => tracker.list_issues({ project, state: "opened" }); //~ error state
const [web, api] = await Promise.all([openIn("web"), openIn("api")]);
return web.total + api.total;

//// a search by name
//~ throws name
const { customers } = await crm.find_customers({ name: "Acme" }); //~ error name
if (customers.length === 0) return "unknown";
const { orders } = await crm.list_orders({ customer_id: customers[0].id });
return orders.map((order) => order.id);

//// a folder under another name
//~ throws path
const names = await files.list_directory({ directory: "/notes" }); //~ error path
return names.filter((name) => name.endsWith(".txt"));

//// an object as a file's content
//~ throws content
const { issues } = await tracker.list_issues({ state: "open" });
const answer = await files.write_file({ //~ error content
  path: "/notes/issues.json",
  content: { count: issues.length },
});
return answer;

//// a list of what takes one
//~ throws number
const both = await tracker.get_issue({ number: [1, 2] }); //~ error number
return both.map((issue) => issue.title); //~ warning map

//// null for no limit
//~ throws limit
class Tracker {
  async all() {
    return (await tracker.list_issues({ limit: null })).issues; //~ error limit
  }
}
return (await new Tracker().all()).length;

//// plural of a filter
//~ throws labels
const bugs = await tracker
  .list_issues({ labels: ["bug"] }) //~ error labels label
  .then((page) => page.issues);
return bugs.length;

//// no arguments at all
//~ throws issue
const comments = [];
const { issues } = await tracker.list_issues({ state: "open" });
for (const issue of issues) {
  if (issue.comments === 0) continue;
  comments.push(...(await tracker.list_comments()).comments); //~ error issue
}
return comments.length;

//// a list as the argument
//~ throws delete_issue
const deleted = await tracker.delete_issue([5]); //~ error delete_issue
return deleted;

//// two objects
//~ throws update_issue
return await tracker.update_issue({ number: 2 }, { state: "closed" }); //~ error update_issue

//// two calls with wrong arguments
//~ throws id
const customer = await crm.get_customer({ customer_id: "c1" }); //~ error customer_id
const orders = await crm.list_orders({ customer_id: "c1", state: "open" }); //~ error state
return { name: customer.name, open: orders.total };
