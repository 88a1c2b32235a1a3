//// forEach with an async callback
//~ gives "" instead of "Login fails on Safari, Dark mode, Timeout on export"
const { issues } = await tracker.list_issues({ state: "open" });
const titles: string[] = [];
issues.forEach(async (issue) => { //~ warning forEach
  const full = await tracker.get_issue({ number: issue.number });
  titles.push(full.title);
});
return titles.join(", ");

//// a counter in an async forEach
//~ gives {"closed":0} instead of {"closed":3}
let closed = 0;
const page = await tracker.list_issues({ state: "open" });
page.issues.forEach(async function (issue) { //~ warning forEach
  await tracker.update_issue({ number: issue.number, state: "closed" });
  closed += 1;
});
return { closed };

//// a then-chain in a loop that nobody awaits
//~ gives {"done":0} instead of {"done":2}
let done = 0;
for (const number of [2, 5]) {
  tracker.update_issue({ number, labels: ["triaged"] }).then(() => { //~ warning update_issue
    done++;
  });
}
return { done };

//// the value comes after the return
//~ gives {} instead of {"created":6}
let created;
tracker.create_issue({ project: "web", title: "Add a favicon" }).then((issue) => { created = issue.number; }); //~ warning create_issue
return { created };

//// try without await catches nothing
//~ gives "deleted" instead of "not found"
try {
  tracker.delete_issue({ number: 99 }); //~ warning delete_issue
  return "deleted";
} catch (error) {
  return "not found";
}

//// map as a loop
//~ gives 0 instead of 3
const { customers } = await crm.find_customers({});
const log: string[] = [];
customers.map(async (c) => { log.push((await crm.list_orders({ customer_id: c.id })).orders[0].id); }); //~ warning
return log.length;

//// an async helper is not awaited
//~ gives "archived: none" instead of "archived: 2"
const archived: number[] = [];
async function archive(number: number) {
  const issue = await tracker.update_issue({ number, state: "closed" });
  archived.push(issue.number);
}

archive(2); //~ warning archive
return `archived: ${archived.join(", ") || "none"}`;

//// no return in a block body of then
//~ gives {"issue":6} instead of {"issue":6,"comment":17}
const result: any = {};
result.comment = await tracker
  .create_issue({ project: "api", title: "Add paging" })
  .then((issue) => {
    result.issue = issue.number;
    tracker.add_comment({ issue: issue.number, body: "Will do." }).then((comment) => comment.id); //~ warning add_comment
  });
return result;

//// no return in a block body of map
//~ gives [null,null] instead of [{"project":"web","total":3},{"project":"api","total":2}]
const projects = await tracker.list_projects();
const pages = await Promise.all(
  projects.map((project) => {
    tracker.list_issues({ project: project.name }); //~ warning list_issues
  }),
);
return pages.map((page, i) => page && { project: projects[i].name, total: page.total });

//// a condition in front of a dropped call
//~ gives {"sent":null} instead of {"sent":"m4"}
let sent: string | null = null;
const { total } = await tracker.list_issues({ label: "bug", state: "open" });
total > 1 && my_mail.send_message({ to: ["lin@example.com"], subject: "Bugs", body: `There are ${total}.` }).then((m) => (sent = m.id)); //~ warning send_message
return { sent };

//// a fluent class that starts calls
//~ gives 0 instead of 2
class Batch {
  saved: string[] = [];
  add(number: number) {
    tracker.get_issue({ number }).then((issue) => this.saved.push(issue.title)); //~ warning get_issue
    return this;
  }
}
return new Batch().add(1).add(4).saved.length;

//// a named async function in forEach
//~ gives 0 instead of 39
let bytes = 0;
const measure = async (name: string) => {
  const info = await files.get_file_info({ path: `/notes/${name}` });
  bytes += info.size;
};
["todo.txt", "data.csv"].forEach(measure); //~ warning forEach
return bytes;

//// Promise.all without await
//~ gives "0 of 3" instead of "3 of 3"
const { orders } = await crm.list_orders({});
const unpaid = orders.filter((order) => order.status !== "refunded");
let confirmed = 0;
Promise.all(unpaid.map(async (order) => { confirmed += (await crm.get_order({ id: order.id })).id ? 1 : 0; })); //~ warning all
return `${confirmed} of ${unpaid.length}`;

//// forEach of an object's entries
//~ gives "{}" instead of "{\"web\":3,\"api\":2}"
const totals: Record<string, number> = { web: 0, api: 0 };
const filled: Record<string, number> = {};
Object.entries(totals).forEach(async ([project]) => { //~ warning forEach
  const { total } = await tracker.list_issues({ project });
  filled[project] = total;
});
return JSON.stringify(filled);

//// forEach of a Map
//~ gives {"spent":0} instead of {"spent":215.5}
const byCustomer = new Map([["Acme", "c1"], ["Bolt", "c2"]]);
let spent = 0;
byCustomer.forEach(async (id, name) => { //~ warning forEach
  const { orders } = await crm.list_orders({ customer_id: id });
  for (const order of orders) spent += order.total;
  console.log(name, spent);
});
return { spent };

//// a dropped write in finally
//~ gives {"status":"paid","restored":false} instead of {"status":"paid","restored":true}
let restored = false;
let status;
try {
  status = (await crm.set_order_status({ id: "o2", status: "paid" })).status;
} finally {
  crm.set_order_status({ id: "o2", status: "open" }).then(() => { restored = true; }); //~ warning set_order_status
}
return { status, restored };

//// callTool that nobody awaits
//~ gives 0 instead of 1
let written = 0;
const report = "all is well\n";
if (report.length > 0) {
  callTool("files", "write_file", { path: "/notes/report.txt", content: report }) //~ warning write_file
    .then(() => written++);
}
return written;
