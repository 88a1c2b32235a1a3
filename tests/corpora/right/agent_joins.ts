//// customers with their orders
//~ returns [{"customer":"Acme","orders":["o1","o2"]},{"customer":"Bolt","orders":["o3"]},{"customer":"Corvus","orders":["o4"]}]
const [{ customers }, { orders }] = await Promise.all([crm.find_customers({}), crm.list_orders({})]);

const ordersByCustomer = new Map<string, typeof orders>();
for (const order of orders) {
  if (!ordersByCustomer.has(order.customer_id)) ordersByCustomer.set(order.customer_id, []);
  ordersByCustomer.get(order.customer_id)!.push(order);
}

return customers.map((customer) => ({
  customer: customer.name,
  orders: (ordersByCustomer.get(customer.id) ?? []).map((order) => order.id),
}));

//// order with its customer inlined
//~ returns {"id":"o4","customer":{"name":"Corvus","city":"Oslo"},"label":"Corvus owes NOK 900"}
const order = await crm.get_order({ id: "o4" });
const customer = await crm.get_customer({ id: order.customer_id });
const enriched = { ...order, customer: { name: customer.name, city: customer.address.city } };
return {
  id: enriched.id,
  customer: enriched.customer,
  label: `${enriched.customer.name} owes ${enriched.currency} ${enriched.total}`,
};

//// mails from those who have open issues
//~ returns [{"issue":1,"assignee":"ada","mails":["Hello"]},{"issue":4,"assignee":"lin","mails":["Numbers"]}]
const { issues } = await tracker.list_issues({ state: "open" });
const inbox = await my_mail.list_messages({ folder: "inbox" });
const mailsFrom = (login: string) => inbox.filter((message: any) => message.from.split("@")[0] === login);
return issues
  .filter((issue) => issue.assignee !== null)
  .map((issue) => ({
    issue: issue.number,
    assignee: issue.assignee!.login,
    mails: mailsFrom(issue.assignee!.login).map((m: any) => m.subject),
  }));

//// who comments most
//~ returns {"lin":3,"ada":3}
const { issues } = await tracker.list_issues({});
const threads = await Promise.all(
  issues.filter(i => i.comments).map(i => tracker.list_comments({ issue: i.number }))
);
const authors = threads.flatMap((t) => t.comments).map((c) => c.author.login);
const counts: Record<string, number> = {};
for (const a of authors) counts[a] = (counts[a] || 0) + 1;
return counts;

//// fields added to rows and read afterwards
//~ returns ["Acme: 120.5 over 2 order(s)","Corvus: 900 over 1 order(s)"]
const { customers } = await crm.find_customers();
for (const customer of customers) {
  const { orders } = await crm.list_orders({ customer_id: customer.id });
  customer.orders = orders;
  customer.spent = orders.filter((o) => o.status === "paid").reduce((s, o) => s + o.total, 0);
}
return customers
  .filter((c) => c.spent > 100)
  .map((c) => `${c.name}: ${c.spent} over ${c.orders.length} order(s)`);

//// sales by article
//~ returns {"A-1":{"sold":3,"revenue":180,"orders":["o1","o2"]},"B-7":{"sold":10,"revenue":920.5,"orders":["o1","o4"]},"C-3":{"sold":3,"revenue":15,"orders":["o3"]}}
const { orders } = await crm.list_orders({});
const skus = {};
for (const { id, lines } of orders) {
  for (const { sku, quantity, price } of lines) {
    const entry = (skus[sku] ??= { sold: 0, revenue: 0, orders: [] });
    entry.sold += quantity;
    entry.revenue += quantity * price;
    entry.orders.push(id);
  }
}
return skus;

//// snapshot for an incident
//~ returns {"failing":["cache"],"cpuPercent":75,"openBugs":["Login fails on Safari","Timeout on export"]}
const [health, cpu, bugs] = await Promise.all([
  metrics.health({}),
  metrics.latest({ metric: "cpu" }),
  tracker.list_issues({ label: "bug", state: "open" }),
]);
const failing = Object.keys(health.parts).filter((name) => health.parts[name].ok === false);
return {
  failing,
  cpuPercent: Math.round(cpu.value * 100),
  openBugs: bugs.issues.map(({ title }) => title),
};

//// folder listing with sizes
//~ returns ["config.json (83 B, 2026-03-02)","data.csv (30 B)","todo.txt (20 B, 2026-03-01)"]
const folder = "/notes";
const names = await files.list_directory({ path: folder });
const infos = await Promise.all(
  names.map(async (name) => ({ name, ...(await files.get_file_info({ path: `${folder}/${name}` })) })),
);
return infos
  .sort((a, b) => b.size - a.size)
  .map(({ name, size, modified }) => `${name} (${size} B${modified ? `, ${modified}` : ""})`);

//// amounts of a CSV file beside closed issues
//~ returns [{"number":3,"who":"Ada Byron","amount":8},{"number":5,"who":"Lin Chen","amount":4}]
const csv = await files.read_text_file({ path: "/notes/data.csv" });
const [header, ...rows] = csv.trim().split("\n").map((line) => line.split(","));
const records = rows.map((row) => Object.fromEntries(header.map((key, i) => [key, row[i]])));
const amounts = records.reduce((acc, r) => ({ ...acc, [r.name]: (acc[r.name] ?? 0) + Number(r.amount) }), {});
const { issues } = await tracker.list_issues({ state: "closed" });
return issues.map((i) => ({
  number: i.number,
  who: i.assignee?.name,
  amount: amounts[i.assignee?.login ?? ""] ?? 0,
}));

//// every customer is fetched once
//~ returns {"named":["o1 Acme","o2 Acme","o3 Bolt","o4 Corvus"],"lookups":3}
const cache = new Map<string, Promise<any>>();
const customerOf = (id: string) => {
  let found = cache.get(id);
  if (!found) cache.set(id, (found = crm.get_customer({ id })));
  return found;
};
const { orders } = await crm.list_orders({});
const named = await Promise.all(
  orders.map(async (order) => `${order.id} ${(await customerOf(order.customer_id)).name}`),
);
return { named, lookups: cache.size };

//// started early and awaited late
//~ returns [{"number":3,"mine":false},{"number":4,"mine":true}]
const pendingIssues = tracker.list_issues({ project: "api" });
const pendingProjects = tracker.list_projects();
const leads = Object.fromEntries((await pendingProjects).map((p) => [p.name, p.lead]));
const { issues } = await pendingIssues;
return issues.map((issue) => ({ number: issue.number, mine: issue.assignee?.login === leads[issue.project] }));

//// an object of promises, awaited by a helper
//~ returns [120.5,"Acme",1]
const allOf = async <T extends Record<string, Promise<any>>>(tasks: T) => {
  const entries = await Promise.all(
    Object.entries(tasks).map(async ([key, task]) => [key, await task] as const),
  );
  return Object.fromEntries(entries) as { [K in keyof T]: Awaited<T[K]> };
};
const { order, customer, hits } = await allOf({
  order: crm.get_order({ id: "o1" }),
  customer: crm.get_customer({ id: "c1" }),
  hits: tracker.search_issues({ query: "export", sort: "created" }),
});
return [order.total, customer.name, hits.total];
