//// the name of another tracker's filter
//~ throws status
const { issues } = await tracker.list_issues({ status: "open" }); //~ error status state
return issues.length;

//// a number as text
//~ throws number
const issue = await tracker.get_issue({ number: "4" }); //~ error number
return issue.title;

//// id for number
//~ throws number
async function assigneeOf(project: "web" | "api") {
  const issue = await tracker.get_issue({ id: 4 }); //~ error number
  return issue.project === project ? issue.assignee?.name : null;
}
return assigneeOf("api");

//// all is no state
//~ throws state
const counts: Record<string, number> = {};
for (const project of ["web", "api"] as const) {
  const { total } = await tracker.list_issues({ project, state: "all" }); //~ error state
  counts[project] = total;
}
return counts;

//// the project is missing
//~ throws project
const titles = ["Add a favicon", "Add a sitemap"];
const created = [];
for (const title of titles) {
  created.push(await tracker.create_issue({ title, labels: ["feature"] })); //~ error project
}
return created.map((issue) => issue.number);

//// a limit that is too high
//~ throws limit
return (await tracker.list_issues({ limit: 1000, state: "open" })).issues.map((i) => i.title); //~ error limit

//// one address instead of a list
//~ throws to
const message = await my_mail.send_message({ //~ error send
  to: "ada@example.com",
  subject: "Hello",
  body: "How are you?",
});
return message.id;

//// a priority in words
//~ throws priority
const { total } = await tracker.list_issues({ label: "bug", state: "open" });
const sent = await tools["my-mail"]["send-message"]({ //~ error priority
  to: ["lin@example.com"],
  subject: `${total} bugs`,
  body: "Please have a look.",
  priority: "high",
});
return sent.id;

//// one label instead of a list
//~ throws labels
const { issues: unlabelled } = await tracker.list_issues({ project: "api", state: "closed" });
return Promise.all(
  unlabelled.map(({ number }) =>
    tracker.update_issue({ number, labels: "triaged" }) //~ error labels
  ),
);

//// names of another tracker's comment tool
//~ throws issue_number
const comment = await tracker.add_comment({ issue_number: 1, body: "Me too." }); //~ error issue_number
return comment.id;

//// positional arguments
//~ throws get_issue
const fetchAll = (numbers) => Promise.all(numbers.map((n) => tracker.get_issue({ number: n })));
const [first] = await fetchAll([1]);
const second = await tracker.get_issue(2); //~ error get_issue
return [first.title, second.title];

//// a text as the only argument
//~ throws get_customer
const customer = await crm.get_customer("c1"); //~ error get_customer
return customer.email;

//// three texts as arguments
//~ throws send_message
await my_mail.send_message("ada@example.com", "Hello", "How are you?"); //~ error send_message
return "sent";

//// wrong names in a nested list
//~ throws quantity
const order = await crm.create_order({ //~ error quantity
  customer_id: "c2",
  lines: [
    { sku: "A-1", quantity: 1, price: 50 },
    { sku: "B-7", qty: 2, price: 20.5 },
  ],
  currency: "USD",
});
return order.id;

//// an empty list where one is needed
//~ throws lines
const draft = await crm.create_order({ customer_id: "c3", lines: [], notes: null }); //~ error lines
return draft.status;

//// a range in words
//~ throws range
const { series } = await metrics.query({ metric: "memory", range: "last 24h" }); //~ error range
return series.length;

//// a range that is not nested
//~ throws range
const { series, unit } = await metrics.query({ //~ error range
  metric: "cpu",
  from: "2026-03-01T00:00:00Z",
  to: "2026-03-02T00:00:00Z",
});
return { unit, max: Math.max(...series.map((point) => point.value ?? 0)) };
