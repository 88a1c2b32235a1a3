//// await in a callback that is not async
//~ throws await
const { issues } = await tracker.list_issues({ state: "open" });
const threads = issues.map((issue) => {
  const { comments } = await tracker.list_comments({ issue: issue.number }); //~ error await
  return { number: issue.number, comments: comments.length };
});
return threads;

//// await in a function that is not async
//~ throws await
function customerName(id: string): string {
  return (await crm.get_customer({ id })).name; //~ error await
}

return customerName("c1");

//// the same name twice
//~ throws issues
// open ones
const { issues } = await tracker.list_issues({ state: "open" });
console.log(issues.length);

// closed ones
const { issues } = await tracker.list_issues({ state: "closed" }); //~ error issues
return issues.length;

//// a parenthesis that is not closed
//~ throws Expected
const page = await tracker.list_issues({ label: "bug" }; //~ error
return page.total;

//// Python
//~ throws Expected
projects = await tracker.list_projects({})
for project in projects: //~ error
    print(project["name"])

//// an object where a block stands
//~ throws Expected
const { customers } = await crm.find_customers({});
return customers.map(c => { name: c.name, city: c.address.city }); //~ error

//// a condition that is not closed
//~ throws Expected
const health = await metrics.health({});
if (health.ok === false { //~ error
  return Object.keys(health.parts);
}
return [];

//// a line that goes on by itself
//~ throws name
const lead = "ada"
const first = await tracker.list_projects()
[0].name //~ error await
return first + " " + lead

//// await in a sort callback
//~ throws await
const { orders } = await crm.list_orders({});
orders.sort((a, b) => (await crm.get_customer({ id: a.customer_id })).name < b.id ? -1 : 1); //~ error await
return orders.map((o) => o.id);
