//// a formatter given by name
//~ gives ["1: undefined","2: undefined","4: undefined"] instead of ["1: Login fails on Safari","2: Dark mode","4: Timeout on export"]
function format(issue) {
  return `${issue.number}: ${issue.name}`; //~ warning name
}

const { issues } = await tracker.list_issues({ state: "open" });
return issues.map(format);

//// nested destructuring in a parameter
//~ throws author
const { issues } = await tracker.list_issues({ project: "web" });
return issues.map(({ title, author: { login } }) => `${title} (${login})`); //~ warning author

//// misspelt in the rest of a row
//~ gives {"number":4} instead of {"number":4,"labels":["bug","export"]}
const { number, ...rest } = await tracker.get_issue({ number: 4 });
return { number, labels: rest.lables }; //~ warning lables labels

//// the second of several results
//~ throws items
const [page, orders] = await Promise.all([
  tracker.list_issues({ state: "open" }),
  crm.list_orders({ status: "open" }),
]);
const open = page.issues.length;
return { open, orders: orders.items.map((order) => order.id) }; //~ warning items

//// an async helper that gives one row
//~ gives "undefined" instead of "Login fails on Safari"
const load = async (number: number) => tracker.get_issue({ number });
const issue = await load(1);
return `${issue.summary}`; //~ warning summary

//// in a then-callback
//~ throws results
return crm
  .find_customers({ tier: "free" })
  .then((page) => page.results.map((customer) => customer.name)); //~ warning results

//// a copy with one field more
//~ gives [{"urgent":true}] instead of [{"name":"Timeout on export","urgent":true}]
const { issues } = await tracker.list_issues({ label: "export" });
const copies = issues.map((issue) => ({ ...issue, urgent: issue.comments > 2 }));
return copies.map((copy) => ({ name: copy.titel, urgent: copy.urgent })); //~ warning titel title

//// rows of an async generator
//~ gives ["undefined","undefined"] instead of ["https://tracker.example.com/3","https://tracker.example.com/4"]
async function* issuesOf(project) {
  const { issues } = await tracker.list_issues({ project });
  for (const issue of issues) yield issue;
}
const links = [];
for await (const issue of issuesOf("api")) links.push(String(issue.html_url)); //~ warning html_url
return links;

//// a name in brackets
//~ gives {} instead of {"o1":"c1","o2":"c1"}
const { orders } = await crm.list_orders({ customer_id: "c1" });
const owners = {};
for (const order of orders) {
  owners[order.id] = order["customer"]; //~ warning customer
}
return owners;

//// an interface that is wishful
//~ gives [null,null] instead of [1,2]
interface Issue {
  id: number;
  title: string;
}
const page = await tracker.list_issues({ project: "web", state: "open" });
const issues = page.issues as unknown as Issue[];
return issues.map((issue: Issue): number => issue.id); //~ warning id

//// texts of comments
//~ gives [null,null] instead of ["Seen on Safari 19 too.","Looking into it."]
const { issues } = await tracker.list_issues({ label: "auth" });
const threads = await Promise.all(issues.map((issue) => tracker.list_comments({ issue: issue.number })));
return threads.flatMap((thread) => thread.comments.map((comment) => comment.text)); //~ warning text

//// a class around an order
//~ gives {"id":"o1","lines":null} instead of {"id":"o1","lines":2}
class OrderView {
  order;
  static async load(id) {
    const view = new OrderView();
    view.order = await crm.get_order({ id });
    return view;
  }
  toJSON() {
    const count = this.order.line_count; //~ warning line_count
    return { id: this.order.id, lines: Number(count) };
  }
}
return await OrderView.load("o1");

//// an alias of the tool
//~ gives "Berlin" instead of "Berlin, DE"
const { get_customer: customer } = crm;
const { address } = await customer({ id: "c1" });
return [address.city, address.country_code].filter(Boolean).join(", "); //~ warning country_code

//// callTool with an answer that has no such field
//~ throws has no value
const answer = await callTool("tracker", "list_issues", { project: "api" });
const list = answer.issue_list; //~ warning issue_list
return list.length;

//// settled, filtered and misread
//~ gives ["undefined"] instead of ["open"]
const settled = await Promise.allSettled(["o2", "o9"].map((id) => crm.get_order({ id })));
return settled
  .filter((result) => result.status === "fulfilled")
  .map((result) => `${result.value.state}`); //~ warning state

//// assigned in branches
//~ throws entries
let page;
const onlyOpen = true;
if (onlyOpen) {
  page = await tracker.list_issues({ state: "open" });
} else {
  page = await tracker.list_issues({});
}
const numbers = [];
for (const entry of page.entries) { //~ warning entries
  numbers.push(entry.number);
}
return numbers;
