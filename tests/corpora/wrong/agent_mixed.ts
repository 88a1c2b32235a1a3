//// a weekly report with three mistakes
//~ gives "Open: 3\nOldest: undefined\nLoad: [object Promise]\nsent: no" instead of "Open: 3\nOldest: 2026-03-01T09:00:00Z\nLoad: 0.75\nsent: yes"
/**
 * Weekly report: open issues, oldest date, load; sent by mail.
 */
const load = async () => (await metrics.latest({ metric: "cpu" })).value;

const { issues, total } = await tracker.list_issues({ state: "open" });
const oldest = issues[0];
const report = [
  `Open: ${total}`,
  `Oldest: ${oldest.created}`, //~ warning created created_at
  `Load: ${load()}`, //~ warning
];

let sent = "no";
my_mail.send_message({ to: ["ada@example.com"], subject: "Weekly", body: report.join("\n") }).then(() => { sent = "yes"; }); //~ warning send_message
report.push(`sent: ${sent}`);
return report.join("\n");

//// a sync between two servers
//~ throws createIssue
// For every refunded order an issue is opened and the customer is told.
const { orders } = await crm.list_orders({ status: "refunded" });
const opened = [];
for (const order of orders) {
  const customer = await crm.get_customer({ id: order.customer_id });
  const issue = await tracker.createIssue({ //~ error createIssue create_issue
    project: "web",
    title: `Refund of ${order.id} for ${customer.name}`,
    labels: ["refund"],
  });
  await my_mail.send_message({ //~ error send_message
    to: [customer.email],
    subject: "Your refund",
    message: "It is on its way.",
  });
  opened.push(issue.number);
}
return opened;

//// a helper with a wrong tool, called with a wrong argument
//~ throws PAID
async function details(ids: string[]) {
  const found = [];
  for (const id of ids) found.push(await crm.retrieve_order({ id })); //~ error retrieve_order
  return found;
}

const page = await crm.list_orders({ status: "PAID" }); //~ error status
return details(page.orders.map((order) => order.id));

//// awaited in the wrong place twice
//~ throws await
const issueTitles = await tracker.list_issues({ state: "closed" }).issues; //~ error issues await
const people = (await tracker.list_projects()).map((project) => project.lead);
const name = await crm.find_customers({ query: "acme" }).customers[0].name; //~ error customers await
return { titles: issueTitles.map((issue) => issue.title), people, name };

//// a retry around a call that is never awaited
//~ gives {"tries":1,"title":""} instead of {"tries":1,"title":"Timeout on export"}
async function retry(task, attempts = 3) {
  for (let i = 1; i <= attempts; i++) {
    try {
      await task();
      return i;
    } catch (error) {
      if (i === attempts) throw error;
    }
  }
}

let title = "";
const tries = await retry(() => {
  tracker.get_issue({ number: 4 }).then((issue) => { title = issue.title; }); //~ warning get_issue
});
return { tries, title };

//// a table of folders
//~ gives ["todo.txt undefined","config.json undefined","data.csv undefined"] instead of ["todo.txt 20","config.json 83","data.csv 30"]
type Entry = { name: string; bytes: number };

const path = "/notes";
const names: string[] = await files.list_directory({ path });
const entries: Entry[] = await Promise.all(
  names.map(async (name): Promise<Entry> => {
    const info = await files.get_file_info({ path: [path, name].join("/") });
    return { name, bytes: info.bytes }; //~ warning bytes
  }),
);
return entries.map(({ name, bytes }) => `${name} ${bytes}`);

//// a clean-up that closes too early
//~ gives {"closed":0,"left":["Login fails on Safari","Dark mode"]} instead of {"closed":2,"left":[]}
const { issues } = await tracker.list_issues({ project: "web", state: "open" });
let closed = 0;
const left = issues.map((issue) => issue.title);
issues.forEach(async (issue) => { //~ warning forEach
  const { state, title } = await tracker.update_issue({ number: issue.number, state: "closed" });
  if (state === "closed") closed++;
  left.splice(left.indexOf(title), 1);
});
return { closed, left: [...left] };

//// paging with names of another API
//~ throws page
const all = [];
let page = 1;
while (true) {
  const batch = await tracker.list_issues({ page, per_page: 50 }); //~ error page
  if (batch.issues.length === 0) break;
  all.push(...batch.issues);
  page++;
}
return all.length;

//// an unknown server among known ones
//~ throws database
const sources = await Promise.all([
  crm.list_orders({}),
  database.query({ sql: "select count(*) from orders" }), //~ error database
  metrics.health({}),
]);
return sources.length;

//// a comparison of two promises' properties
//~ gives "api" instead of "web"
const web = tracker.list_issues({ project: "web", state: "open" });
const api = tracker.list_issues({ project: "api", state: "open" });
const webTotal = web.total; //~ error total await
const apiTotal = api.total; //~ error total await
return webTotal > apiTotal ? "web" : "api";

//// filters with promises
//~ gives ["Login fails on Safari","Timeout on export"] instead of ["Timeout on export"]
const { issues } = await tracker.list_issues({ label: "bug", state: "open" });
const isBusy = async (issue) => (await tracker.list_comments({ issue: issue.number })).total > 2;
const busy = issues.filter(isBusy); //~ warning
return busy.map((issue) => issue.title);
