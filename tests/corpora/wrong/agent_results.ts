//// wrapped in data
//~ throws data
const response = await tracker.list_issues({ state: "open" });
const titles = response.data.map((issue) => issue.title); //~ warning data
return titles;

//// content blocks of the protocol
//~ throws content
const result = await tracker.get_issue({ number: 1 });
const issue = JSON.parse(result.content[0].text); //~ warning content
return issue.title;

//// a list that is not wrapped
//~ throws projects
const response = await tracker.list_projects();
const names: string[] = [];
for (const project of response.projects) { //~ warning projects
  names.push(project.name);
}
return names;

//// result is unwrapped already
//~ throws result
const { result } = await files.list_directory({ path: "/notes" }); //~ warning result
return result.filter((name) => name.endsWith(".csv"));

//// camel case of a date
//~ gives [null,null,null] instead of ["2026-03-01T09:00:00Z","2026-03-02T10:30:00Z","2026-03-05T12:00:00Z"]
const { issues } = await tracker.list_issues({ project: "web" });
return issues.map((issue) => issue.createdAt); //~ warning createdAt created_at

//// camel case of a key
//~ throws customerId
const order = await crm.get_order({ id: "o3" });
const customer = await crm.get_customer({ id: order.customerId }); //~ warning customerId customer_id
return `${customer.name}: ${order.status}`;

//// id of an issue
//~ gives [{"title":"Dark mode"}] instead of [{"id":2,"title":"Dark mode"}]
const { issues } = await tracker.list_issues({ label: "feature" });
return issues.map((issue) => ({
  id: issue.id, //~ warning id
  title: issue.title,
}));

//// the user of an issue
//~ throws user
const issue = await tracker.get_issue({ number: 3 });
return `#${issue.number} by ${issue.user.login}`; //~ warning user

//// the user of a comment
//~ throws user
const { comments } = await tracker.list_comments({ issue: 4 });
return comments.map((c) => `${c.user.login}: ${c.body}`); //~ warning user

//// items of an order
//~ throws items
const { orders } = await crm.list_orders({ status: "paid" });
let quantity = 0;
for (const order of orders) {
  for (const item of order.items) { //~ warning items
    quantity += item.quantity;
  }
}
return quantity;

//// a sum of what is not there
//~ gives null instead of 1115.5
const { orders } = await crm.list_orders({});
return orders.reduce((sum, order) => sum + order.amount, 0); //~ warning amount

//// quantity cut short
//~ gives [null] instead of [80]
const order = await crm.get_order({ id: "o2" });
return order.lines.map((line) => line.qty * line.price); //~ warning qty

//// the city is in the address
//~ gives ["Acme: undefined","Bolt: undefined","Corvus: undefined"] instead of ["Acme: Berlin","Bolt: Austin","Corvus: Oslo"]
const { customers } = await crm.find_customers({});
return customers.map((c) => `${c.name}: ${c.city}`); //~ warning city

//// postal code
//~ gives {"name":"Acme"} instead of {"name":"Acme","code":"10115"}
const { name, address } = await crm.get_customer({ id: "c1" });
return { name, code: address.postal_code }; //~ warning postal_code

//// comments are a number
//~ throws map
const issue = await tracker.get_issue({ number: 1 });
return issue.comments.map((comment) => comment.body); //~ warning map

//// labels are texts
//~ gives {"1":[null,null],"4":[null,null]} instead of {"1":["bug","auth"],"4":["bug","export"]}
const { issues } = await tracker.list_issues({ state: "open", label: "bug" });
const labels: Record<number, string[]> = {};
for (const issue of issues) {
  labels[issue.number] = issue.labels.map((label) => label.name); //~ warning name
}
return labels;

//// the page is no list
//~ throws map
const issues = await tracker.list_issues({ state: "open" });
return issues.map((issue) => issue.title); //~ warning map

//// length of a page
//~ gives "undefined open issues" instead of "3 open issues"
const issues = await tracker.list_issues({ state: "open" });
return `${issues.length} open issues`; //~ warning length
