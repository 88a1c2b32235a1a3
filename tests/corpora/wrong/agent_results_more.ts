//// the type of a file
//~ gives [{"name":"todo.txt"},{"name":"data.csv"}] instead of [{"name":"todo.txt","type":"file"},{"name":"data.csv","type":"file"}]
const list = [];
for (const name of ["todo.txt", "data.csv"]) {
  const info = await files.get_file_info({ path: "/notes/" + name });
  list.push({ name, type: info.type }); //~ warning type
}
return list;

//// total_count
//~ gives {} instead of {"bugs":3}
const response = await tracker.list_issues({ label: "bug", limit: 1 });
return { bugs: response.total_count }; //~ warning total_count

//// a wrapper around one row
//~ throws customer
const { customer } = await crm.get_customer({ id: "c2" }); //~ warning customer
return customer.email;

//// a wrapper around what was made
//~ throws issue
const created = await tracker.create_issue({ project: "web", title: "Add a favicon", body: "16 by 16." });
return `Created #${created.issue.number}`; //~ warning issue

//// success of a deletion
//~ gives {"number":5} instead of {"number":5,"deleted":true}
const number = 5;
const outcome = await tracker.delete_issue({ number });
return { number, deleted: outcome.success }; //~ warning success

//// the name of a user
//~ gives ["1 → undefined","4 → undefined"] instead of ["1 → ada","4 → lin"]
const { issues } = await tracker.list_issues({ label: "bug", state: "open" });
const lines = [];
for (const { number, assignee } of issues) {
  if (assignee) lines.push(`${number} → ${assignee.username}`); //~ warning username
}
return lines;

//// data points
//~ throws data
const { unit, data } = await metrics.query({ metric: "memory", range: { from: "10:00" } }); //~ warning data
return data.map((point) => `${point.value} ${unit}`);

//// the time of a point
//~ gives [{"v":256},{"v":512}] instead of [{"t":"10:00","v":256},{"t":"11:00","v":512}]
const { series } = await metrics.query({ metric: "memory", range: { from: "10:00", to: "12:00" } });
return series.map((point) => ({ t: point.timestamp, v: point.value })); //~ warning timestamp

//// the time of a reading
//~ gives "0.75 at undefined" instead of "0.75 at 2026-03-01T00:00:00Z"
const { value, timestamp } = await metrics.latest({ metric: "cpu" }); //~ warning timestamp
return `${value} at ${timestamp}`;

//// the status of the whole
//~ gives {"parts":["db","cache"]} instead of {"healthy":false,"parts":["db","cache"]}
const health = await metrics.health({});
return { healthy: health.healthy, parts: Object.keys(health.parts) }; //~ warning healthy

//// the reason of a part
//~ gives ["cache: undefined"] instead of ["cache: cold"]
const { parts } = await metrics.health({ verbose: true });
const failing = Object.entries(parts).filter(([, part]) => !part.ok);
return failing.map(([name, part]) => `${name}: ${part.error}`); //~ warning error

//// names of metrics that are texts
//~ gives [null,null,null] instead of ["cpu","memory","requests"]
const { metrics: available } = await metrics.list_metrics();
return available.map(({ name }) => name); //~ warning name

//// three misspelt properties
//~ gives ["undefined undefined (undefined)"] instead of ["o1 120.5 (paid)"]
const { orders } = await crm.list_orders({ customer_id: "c1", status: "paid" });
const out: string[] = [];
for (const order of orders) {
  const id = order.order_id; //~ warning order_id
  const total = order.totl; //~ warning totl total
  const state = order.stauts; //~ warning stauts status
  out.push(`${id} ${total} (${state})`);
}
return out;

//// a filter that never matches
//~ gives 0 instead of 2
const { orders } = await crm.list_orders({});
return orders.filter((order) => order.state === "paid").length; //~ warning state

//// names of another mapper's rows
//~ gives "| # | Title |\n| undefined | Rate limit too low |" instead of "| # | Title |\n| 3 | Rate limit too low |"
const { issues } = await tracker.list_issues({ project: "api", state: "closed" });
const table = ["| # | Title |", ...issues.map((i) => `| ${i.num} | ${i.title} |`)]; //~ warning num
return table.join("\n");

//// structured content
//~ throws structuredContent
const found = await tracker.search_issues({ query: "typo" });
const numbers = found.structuredContent.issues.map((issue: any) => issue.number); //~ warning structuredContent
return numbers;
