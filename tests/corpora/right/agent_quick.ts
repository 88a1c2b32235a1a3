//// one line
//~ returns 5
return (await tracker.list_issues()).total

//// a promise as the final expression
//~ returns 2
tracker.list_issues({ state: "closed" }).then(r => r.issues.length)

//// fenced code
//~ returns "Dark mode"
```typescript
const issue = await tracker.get_issue({ number: 2 });
return issue.title;
```

//// var and index loops
//~ returns "o1,o2,o3,o4,"
var result = await crm.list_orders({});
var ids = "";
for (var i = 0; i < result.orders.length; i++) {
  var order = result.orders[i];
  ids = ids + order.id + ",";
}
return ids;

//// callTool in two ways
//~ returns ["Dark mode","Corvus"]
const issue = await callTool("tracker", "get_issue", { number: 2 });
const customer = await callTool("crm.get_customer", { id: "c3" });
return [issue.title, customer.name];

//// JSON text as value
//~ returns "[{\"sku\":\"A-1\",\"quantity\":1,\"price\":80}]"
const response = await crm.get_order({ id: "o2" });
return JSON.stringify(response.lines);

//// a function that calls itself
//~ returns {"name":"cpu","value":0.75}
return (async () => {
  const latest = await metrics.latest({ metric: 'cpu' });
  return { name: 'cpu', value: latest.value };
})();

//// one name for several shapes
//~ returns ["Login fails on Safari","Dark mode","Timeout on export"]
let issues = await tracker.list_issues({ state: "open" });
issues = issues.issues;
issues = issues.map(i => i.title);
return issues;

//// wrapped or not
//~ returns ["web","api"]
const data = await tracker.list_projects();
const projects = Array.isArray(data) ? data : data.result;
return projects.map(p => p.name);

//// a default for a wrapper that is not there
//~ returns 3
const listing = await files.list_directory({ path: "/notes" });
const entries = listing.result ?? listing;
return entries.length;

//// a main function that is called
//~ returns {"open":[1,2,4],"closed":[3,5]}
async function main() {
  // Step 1: get all issues
  const response = await tracker.list_issues({ limit: 100 });

  // Step 2: split them by state
  const open = [];
  const closed = [];
  for (const issue of response.issues) {
    if (issue.state === "open") {
      open.push(issue.number);
    } else {
      closed.push(issue.number);
    }
  }

  // Step 3: return the result
  return { open: open, closed: closed };
}

await main();

//// then with a block body
//~ returns {"numbers":[1,2],"titles":["Login fails on Safari","Dark mode"]}
var out = {};
await tracker.list_issues({ project: "web", state: "open" }).then(function (res) {
  out.numbers = res.issues.map(function (x) { return x.number; });
  out.titles = res.issues.map(function (x) { return x.title; });
});
return out;

//// checks too much
//~ returns ["Acme: Berlin","Bolt: Austin","Corvus: Oslo"]
const res = await crm.find_customers({ query: "" });
if (!res || !res.customers || !Array.isArray(res.customers)) {
  return "No customers found";
}
const list = [];
for (const c of res.customers) {
  if (c && c.address && c.address.city) {
    list.push(c.name + ": " + c.address.city);
  } else {
    list.push(c?.name + ": unknown");
  }
}
return list;

//// reads a field under any of its names
//~ returns [{"id":1,"who":"ada"},{"id":2,"who":"none"}]
const page = await tracker.list_issues({ project: "web", state: "open" });
const rows = page.issues ?? page.items ?? page.data ?? [];
return rows.map((row) => ({
  id: row.number ?? row.id,
  who: row.assignee?.login ?? row.owner?.login ?? "none",
}));
