//// a promise in a template
//~ gives "Projects: [object Promise]" instead of "Projects: web,api"
const projects = tracker.list_projects();
return `Projects: ${projects}`; //~ warning

//// a promise behind a plus
//~ gives "CPU: [object Promise]" instead of "CPU: 0.75"
async function cpu() {
  const { value } = await metrics.latest({ metric: "cpu" });
  return value;
}
const line = "CPU: " + cpu(); //~ warning
return line;

//// one more than a promise
//~ gives "[object Promise]1" instead of 6
const countAll = async () => (await tracker.list_issues({})).total;
const next = countAll() + 1; //~ warning
return next;

//// a promise as a number
//~ gives [null] instead of [900]
const totalOf = (id) => crm.get_order({ id }).then((order) => order.total);
const total = Number(totalOf("o4")); //~ warning
return [total];

//// a sum over async callbacks
//~ gives "[object Promise]3" instead of 5
return [1, 4].reduce(async (sum, number) => sum + (await tracker.get_issue({ number })).comments, 0); //~ warning

//// a helper in a list of lines
//~ gives ["c1: [object Promise]","c3: [object Promise]"] instead of ["c1: Acme","c3: Corvus"]
async function nameOf(id: string): Promise<string> {
  const customer = await crm.get_customer({ id });
  return customer.name;
}
const ids = ["c1", "c3"];
return ids.map((id) => `${id}: ${nameOf(id)}`); //~ warning

//// String of a promise
//~ gives 16 instead of 20
const text = String(files.read_text_file({ path: "/notes/todo.txt" })); //~ warning
return text.length;

//// a mail about a promise
//~ gives "Health: [object Promise]" instead of "Health: bad"
const health = metrics.health({}).then((answer) => (answer.ok ? "good" : "bad"));
const sent = await my_mail.send_message({
  to: ["ada@example.com"],
  subject: "Status",
  body: `Health: ${health}`, //~ warning
});
return sent.body;

//// a promise as an argument
//~ throws promise
const { issues } = await tracker.list_issues({ label: "feature" });
const number = tracker.get_issue({ number: issues[0].number }).then((issue) => issue.number);
return await tracker.list_comments({ issue: number }); //~ error promise

//// an async helper's promise as an argument
//~ throws promise
const buildBody = async () => {
  const { issues } = await tracker.list_issues({ state: "open" });
  return issues.map((issue) => `- ${issue.title}`).join("\n");
};
const message = await my_mail.send_message({ to: ["lin@example.com"], subject: "Open", body: buildBody() }); //~ error promise
return message.id;

//// a call inside the arguments of another
//~ throws promise
const comment = await tracker.add_comment({ issue: tracker.create_issue({ project: "web", title: "Favicon" }), body: "Please." }); //~ error promise
return comment.id;

//// a promise instead of arguments
//~ throws promise
const order = await crm.get_order({ id: "o1" });
const customer = crm.get_customer({ id: order.customer_id });
return await crm.list_orders(customer); //~ error promise

//// written to a file without await
//~ throws promise
const content = files.read_text_file({ path: "/notes/todo.txt" });
await files.write_file({ path: "/notes/copy.txt", content, mode: "overwrite" }); //~ error promise
return "copied";
