//// camel case
//~ throws listIssues
const result = await tracker.listIssues({ state: "open" }); //~ error listIssues list_issues
return result.issues.map((issue) => issue.title);

//// plural for singular
//~ throws get_issues
const wanted = [1, 2];
const issues = await Promise.all(wanted.map((number) => tracker.get_issues({ number }))); //~ error get_issues
return issues.map(({ title }) => title);

//// a server that is called otherwise
//~ throws github
const { issues } = await github.list_issues({ owner: "acme", repo: "web", state: "open" }); //~ error github
return issues.length;

//// the mail server by another name
//~ throws mail
async function main() {
  const { total } = await tracker.list_issues({ state: "open" });
  const inbox = await mail.list_messages({ folder: "inbox" }); //~ error mail
  return { total, inbox: inbox.length };
}
return main();

//// camel case below tools
//~ throws sendMessage
const { issues } = await tracker.list_issues({ label: "bug", state: "open" });
const body = issues.map((i) => `- ${i.title}`).join("\n");
await tools.my_mail.sendMessage({ to: ["ada@example.com"], subject: "Open bugs", body }); //~ error sendMessage send_message
return issues.length;

//// a prefix too many
//~ throws get_latest
const readings = {};
for (const metric of ["cpu", "memory"]) {
  const { value, unit } = await metrics.get_latest({ metric }); //~ error get_latest
  readings[metric] = `${value} ${unit}`;
}
return readings;

//// callTool with an unknown tool
//~ throws find_issues
const found = await callTool("tracker", "find_issues", { query: "export" }); //~ error find_issues
return found.issues.map((issue: any) => issue.number);

//// callTool with an unknown server
//~ throws filesystem
const text = await callTool("filesystem", "read_text_file", { path: "/notes/todo.txt" }); //~ error filesystem
return text.split("\n").length;

//// raw names in brackets
//~ throws send-mail
const mail = tools["my-mail"];
const sent = await mail["send-mail"]({ to: ["lin@example.com"], subject: "Hi", body: "Hello" }); //~ error send-mail
return sent.id;

//// a tool of another server
//~ throws list_orders
const [{ customers }, { orders }] = await Promise.all([
  crm.find_customers({}),
  tracker.list_orders({ status: "open" }), //~ error list_orders
]);
return orders.map((order) => customers.find((c) => c.id === order.customer_id).name);

//// hyphens for underscores
//~ throws list-comments
const { issues } = await tracker.list_issues({ state: "open" });
const threads = await Promise.all(
  issues.map((issue) => tracker["list-comments"]({ issue: issue.number })) //~ error list-comments list_comments
);
return threads.map((thread) => thread.total);

//// names of a well-known file server
//~ throws read_file
// Read every file in the folder
const names = await files.list_directory({ path: "/notes" });
const contents: Record<string, string> = {};
for (const name of names) {
  contents[name] = await files.read_file({ path: `/notes/${name}` }); //~ error read_file
}
return Object.keys(contents);

//// two unknown tools
//~ throws get_all_orders
const orders = await crm.get_all_orders(); //~ error get_all_orders
const customers = await crm.list_customers(); //~ error list_customers
return { orders: orders.length, customers: customers.length };

//// catch at the end of a chain does not help
//~ throws list_project
const projects = await tracker
  .list_project({}) //~ error list_project list_projects
  .catch(() => []);
return projects.length;
