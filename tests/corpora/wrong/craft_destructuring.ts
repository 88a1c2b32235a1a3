//// a misspelt property deep in a pattern
//~ gives {"count":3} instead of {"count":3,"titel":"Login fails on Safari"}
const {
  total: count,
  issues: [{ titel }], //~ warning titel title
} = await tracker.list_issues({ state: "open" });
return { count, titel };

//// a wrapping that is not there
//~ throws issues
const {
  data: { issues }, //~ warning data
} = await tracker.list_issues({ project: "web" });
return issues.length;

//// a promise taken apart
//~ throws map
const { issues } = tracker.list_issues({ label: "bug" }); //~ error issues
return issues.map((issue) => issue.number);

//// a callback's parameter with a field of another tracker
//~ throws login
const { issues } = await tracker.list_issues({ project: "web" });
return issues.map(({ number, creator: { login } }) => `${number} by ${login}`); //~ warning creator

//// the head of a loop with a name that lines do not have
//~ gives {} instead of {"A-1":2,"B-7":1}
const { lines } = await crm.get_order({ id: "o1" });
const counts: Record<string, number> = {};
for (const { sku, qty } of lines) { //~ warning qty
  counts[sku] = qty;
}
return counts;

//// a misspelt tool taken from a namespace
//~ throws function
const { list_isues: list } = tracker; return (await list({ state: "open" })).total; //~ error list_isues list_issues

//// read from the rest after it was taken out
//~ gives ["5 issues","undefined in all"] instead of ["5 issues","5 in all"]
const { total, ...rest } = await tracker.list_issues({});
return [`${rest.issues.length} issues`, `${rest.total} in all`]; //~ missed warning total

//// two results taken in the wrong order
//~ throws length
const [
  { comments }, //~ warning comments
  { issues }, //~ warning issues
] = await Promise.all([
  tracker.list_issues({ project: "api" }),
  tracker.list_comments({ issue: 3 }),
]);
return { comments: comments.length, issues: issues.length };

//// Promise.all taken apart without await
//~ throws iterable
const calls = [crm.get_customer({ id: "c1" }), crm.get_customer({ id: "c2" })];
const [{ name: first }, { name: second }] = Promise.all(calls); //~ error
return [first, second];

//// assigned from a result that has it under another name
//~ gives {"numbers":[3,5]} instead of {"count":2,"numbers":[3,5]}
let count: number | undefined;
let issues: any[] = [];
({ issues, count } = await tracker.list_issues({ state: "closed" })); //~ warning count
return { count, numbers: issues.map(({ number }) => number) };

//// a nested field with a longer name
//~ gives ["Berlin ","Austin ","Oslo "] instead of ["Berlin 10115","Austin ","Oslo 0150"]
const { customers } = await crm.find_customers({});
const place = ({ address: { city, zipcode } }) => [city, zipcode].join(" "); //~ warning zipcode
return customers.map(place);

//// a login under the name of another service
//~ gives {} instead of {"1":"ada","4":"lin"}
const owners: Record<number, string> = {};
for (const number of [1, 4]) {
  const {
    assignee: { username: owner }, //~ warning username
  } = await tracker.get_issue({ number });
  owners[number] = owner;
}
return owners;

//// arguments from which the rest took the required one
//~ throws number
const change = { number: 2, state: "closed" } as const;
const { number, ...fields } = change;
const updated = await tracker.update_issue(fields); //~ error number
return [number, updated.state];
