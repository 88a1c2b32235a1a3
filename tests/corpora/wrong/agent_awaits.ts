//// destructured without await
//~ throws await
// List the issues of the API project that somebody works on
const { issues } = tracker.list_issues({ project: "api" }); //~ error issues await
return issues.filter((issue) => issue.assignee).map((issue) => issue.title);

//// await binds to the property
//~ gives {} instead of {"paid":2}
const paid = await crm.list_orders({ status: "paid" }).total; //~ error total await
return { paid };

//// loop over a promise
//~ throws await
const leads = {};
for (const project of tracker.list_projects()) { //~ error await
  leads[project.name] = project.lead;
}
return leads;

//// a promise spread into a list
//~ throws await
const planned = [{ name: "infra", lead: "ada", archived: false }];
const projects = [...tracker.list_projects(), ...planned]; //~ error await
return projects.map((p) => p.name);

//// a list destructured from a promise
//~ throws await
const [first, second] = files.list_directory({ path: "/notes" }); //~ error await
return `${first} and ${second}`;

//// inside an async helper with types
//~ throws await
interface Issue { number: number; title: string }

async function getOpenTitles(project: "web" | "api"): Promise<string[]> {
  const page = tracker.list_issues({ project, state: "open" });
  return page.issues.map((issue: Issue) => issue.title); //~ error issues await
}

return {
  web: await getOpenTitles("web"),
  api: await getOpenTitles("api"),
};

//// deep property of a call
//~ throws await
const city = crm.get_customer({ id: "c1" }).address.city; //~ error address await
return city.toUpperCase();

//// array method on a call
//~ throws map
const subjects = my_mail.list_messages({ folder: "inbox" }).map((m) => m.subject); //~ error map await
return subjects.join(", ");

//// compared without await
//~ gives {"cpu":"ok"} instead of {"cpu":"high"}
const level = metrics.latest({ metric: "cpu" }).value > 0.7 ? "high" : "ok"; //~ error value await
return { cpu: level };

//// a chain over several lines
//~ throws await
const names = crm
  .find_customers({ tier: "pro" })
  .customers //~ error customers await
  .map((customer) => customer.name)
  .sort();
return names;

//// assigned later
//~ gives [null] instead of [5]
let page;
let attempts = 0;
while (!page && attempts < 3) {
  attempts++;
  page = tracker.list_issues({ limit: 1 });
}
return [page.total]; //~ error total await

//// entries of a promise's property
//~ throws convert
const broken = [];
for (const [name, part] of Object.entries(metrics.health({}).parts)) { //~ error parts await
  if (!part.ok) broken.push(name);
}
return broken;

//// in a template
//~ gives "Next: undefined" instead of "Next: Login fails on Safari"
const next = tracker.get_issue({ number: 1 });
return `Next: ${next.title}`; //~ error title await

//// calculated from a promise
//~ gives null instead of 241
const { get_order: fetchOrder } = crm;
const order = fetchOrder({ id: "o1" });
const doubled = order.total * 2; //~ error total await
return doubled;

//// one of three is awaited
//~ gives {"issues":5} instead of {"issues":5,"orders":4,"unit":"ratio"}
const issues = await tracker.list_issues({});
const orders = crm.list_orders({});
const cpu = metrics.latest({ metric: "cpu" });
return {
  issues: issues.total,
  orders: orders.total, //~ error total await
  unit: cpu.unit, //~ error unit await
};

//// callTool without await
//~ throws await
const result = callTool("crm", "find_customers", { tier: "enterprise" });
const [customer] = result.customers; //~ error customers await
return customer.email;
