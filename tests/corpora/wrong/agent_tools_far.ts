//// an alias of the server
//~ throws close_issue
const t = tracker;
const { issues } = await t.list_issues({ label: "feature" });
for (const issue of issues) {
  await t.close_issue({ number: issue.number }); //~ error close_issue
}
return issues.length;

//// a tool taken out of its server
//~ throws search_customers
const search = crm.search_customers, page = await search({ query: "ac" }); //~ error search_customers
return page.customers.map((customer) => customer.name);

//// a server given to a helper
//~ throws list_issue
const openTitles = async (api) => {
  const page = await api.list_issue({ state: "open" }); //~ error list_issue list_issues
  return page.issues.map((issue) => issue.title);
};
return openTitles(tracker);

//// a server in a field
//~ throws all_issues
class Board {
  private readonly api = tracker;

  async columns() {
    const { issues } = await this.api.all_issues({}); //~ error all_issues
    return Object.groupBy(issues, (issue: any) => issue.state);
  }
}
return new Board().columns();

//// behind a condition on something else
//~ throws bulk_update
const { total, issues } = await tracker.list_issues({ state: "open" });
if (total > 2) {
  await tracker.bulk_update({ numbers: issues.map((i) => i.number), labels: ["stale"] }); //~ error bulk_update
}
return total;

//// an action of a table that does not exist
//~ gives ["closed","get by get_issue","close by undefined"] instead of ["closed","get by get_issue","close by update_issue"]
const actions = {
  get: tracker.get_issue,
  close: tracker.close_isue, //~ warning close_isue
};
const issue = await actions.get({ number: 3 });
return [issue.state, ...Object.entries(actions).map(([name, tool]) => `${name} by ${tool?.name}`)];

//// steps of which one is missing
//~ gives ["ok","missing"] instead of ["ok","ok"]
const steps: Array<[string, any]> = [
  ["projects", tracker.list_projects],
  ["metrics", metrics.list_metric], //~ missed warning list_metric list_metrics
];
const report: string[] = [];
for (const [name, step] of steps) {
  if (!step) {
    console.warn(`there is no ${name}`);
    report.push("missing");
    continue;
  }
  await step({});
  report.push("ok");
}
return report;

//// an optional step that is never taken
//~ gives null instead of "c1"
async function firstId(search) {
  const page = search ? await search({ query: "acme" }) : null;
  return page ? page.customers[0].id : null;
}
return firstId(crm.find_customer); //~ missed warning find_customer find_customers

//// a default that never applies
//~ gives {"names":2} instead of {"names":3}
const list = (path, lister = async () => ["a", "b"]) => lister({ path });
const names = await list("/notes", files.list_folder); //~ missed warning list_folder
return { names: names.length };

//// a class with a tool in a field
//~ gives "1 of 2 ready" instead of "2 of 2 ready"
class Notifier {
  send = my_mail.send_mesage; //~ warning send_mesage send_message
  load = my_mail.get_message;
  get state() {
    const ready = [this.send, this.load].filter(Boolean);
    return `${ready.length} of 2 ready`;
  }
}
return new Notifier().state;

//// tools by name, of which one is misspelt
//~ gives ["latest"] instead of ["latest","query"]
const readers = { latest: metrics.latest, query: metrics.querry }; //~ warning querry query
const usable = Object.keys(readers).filter((name) => Boolean(readers[name]));
return usable;
