//// await on a list of promises
//~ gives [null,null] instead of ["Login fails on Safari","Timeout on export"]
const numbers = [1, 4];
const issues = await numbers.map((number) => tracker.get_issue({ number }));
return issues.map((issue) => issue.title); //~ error title await

//// Promise.all that nobody awaits
//~ throws await
const { customers } = await crm.find_customers({});
const orders = Promise.all(customers.map((c) => crm.list_orders({ customer_id: c.id })));
return orders.flatMap((page) => page.orders).map((order) => order.id); //~ error flatMap await

//// Promise.all destructured at once
//~ throws await
const [open, closed] = Promise.all([ //~ error await
  tracker.list_issues({ state: "open" }),
  tracker.list_issues({ state: "closed" }),
]);
return { open: open.total, closed: closed.total };

//// an async helper called like a plain one
//~ throws await
async function buildSummary() {
  const { issues } = await tracker.list_issues({ state: "open" });
  return { lines: issues.map((issue) => `#${issue.number} ${issue.title}`) };
}

const summary = buildSummary();
return summary.lines.join("\n"); //~ error lines await

//// a plain helper that gives a promise
//~ gives {} instead of {"a":"Login fails on Safari"}
const fetchIssue = (number: number) => tracker.get_issue({ number });
const a = fetchIssue(1);
return { a: a.title }; //~ error title await

//// property read in a map callback
//~ gives [null,null,null] instead of ["Acme","Bolt","Corvus"]
const ids = ["c1", "c2", "c3"];
return ids.map((id) => crm.get_customer({ id }).name); //~ error name await

//// a method of a client class
//~ throws await
class TrackerClient {
  issue(number) {
    return tracker.get_issue({ number });
  }
}
const client = new TrackerClient();
return client.issue(3).title.toUpperCase(); //~ error title await

//// promises kept in an object
//~ gives {} instead of {"issues":5,"projects":2}
const data = {
  issues: tracker.list_issues({}),
  projects: tracker.list_projects(),
};
return {
  issues: data.issues.total, //~ error total await
  projects: data.projects.length, //~ error length await
};

//// promises pushed to a list
//~ gives [null,null] instead of [3,2]
const pages = [];
for (const project of ["web", "api"]) {
  pages.push(tracker.list_issues({ project }));
}
return pages.map((page) => page.total); //~ error total await

//// a promise given to a helper
//~ throws await
const countIssues = (page) => page.issues.length; //~ error issues await
return countIssues(tracker.list_issues({ state: "open" }));

//// a promise from either branch
//~ gives {"verbose":true} instead of {"verbose":true,"total":5}
const verbose = true;
const page = verbose ? tracker.list_issues({}) : tracker.list_issues({ limit: 1 });
return { verbose, total: page.total }; //~ error total await

//// a helper that is filtered with
//~ throws startsWith
const leadOf = async (name: string) => {
  const projects = await tracker.list_projects();
  return projects.find((project) => project.name === name)?.lead ?? "";
};
return ["web", "api"].filter((name) => leadOf(name).startsWith("a")); //~ error startsWith await

//// a getter that gives a promise
//~ gives {} instead of {"web":3}
class Project {
  constructor(private readonly name: "web" | "api") {}
  get page() {
    return tracker.list_issues({ project: this.name });
  }
}
const web = new Project("web");
return { web: web.page.total }; //~ error total await

//// the outer call is awaited, the inner one is not
//~ throws await
const { issues } = await tracker.list_issues({ state: "open" });
return issues.map((issue) => ({
  number: issue.number,
  thread: tracker.list_comments({ issue: issue.number }).comments.length, //~ error comments await
}));

//// two properties in a template
//~ gives ["undefined (undefined)","undefined (undefined)"] instead of ["Acme (enterprise)","Bolt (free)"]
const loaded = [crm.get_customer({ id: "c1" }), crm.get_customer({ id: "c2" })];
return loaded.map((customer) => `${customer.name} (${customer["tier"]})`); //~ error name await //~ error tier await

//// a then-chain is a promise too
//~ throws await
const titles = tracker
  .list_issues({ label: "bug" })
  .then(({ issues }) => issues.map((issue) => issue.title));
return titles.filter((title) => title.length < 20); //~ error filter await
