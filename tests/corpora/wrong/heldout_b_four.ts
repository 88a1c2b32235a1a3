//// groups by a property of another name
//~ gives [null] instead of ["open","closed"]
const { issues } = await tracker.list_issues({ label: "bug" });
const groups = Map.groupBy(issues, ({ status }) => status); //~ warning status
return [...groups.keys()];

//// set algebra over owners that do not exist
//~ gives ["ada","lin"] instead of []
const [{ issues }, projects] = await Promise.all([tracker.list_issues({}), tracker.list_projects()]);
const owners = new Set<unknown>(projects.map((project) => project.owner)); //~ warning owner
const assignees = new Set<unknown>(issues.flatMap(({ assignee }) => assignee?.login ?? []));
return [...assignees.difference(owners)];

//// a renamed parameter out of a nested pattern
//~ gives [["Acme",null],["Bolt",null],["Corvus",null]] instead of [["Acme","Berlin"],["Bolt","Austin"],["Corvus","Oslo"]]
const { customers } = await crm.find_customers({});
return customers.map(({
  name: who,
  address: { town: where }, //~ warning town
  ...others
}) => [who, where]);

//// numbers out of an array pattern
//~ gives [1,null] instead of [1,2]
const {
  issues: [
    { number: first },
    { numer: second }, //~ warning numer number
  ],
} = await tracker.list_issues({ state: "open" });
return [first, second];

//// a cache that is filled with a promise
//~ throws iter
const cache: { orders?: any } = {};
cache.orders ??= crm.list_orders({ status: "paid" });

let sum = 0;
for (const { total } of cache.orders.orders) sum += total; //~ error orders await
return sum;

//// a block where an expression was meant
//~ gives [1,0] instead of [1,2]
let rounds = 0;
const reopen = (number: number) => {
  rounds ||= 1, tracker.update_issue({ number, state: "open" }); //~ warning update_issue
};
const reopened: unknown[] = await Promise.all([3, 5].map(reopen));
return [rounds, reopened.filter(Boolean).length];

//// a file written in a catch that does not wait
//~ gives "?" instead of "written"
const ensure = async (path: string): Promise<unknown> => {
  try {
    return (await files.get_file_info({ path })).kind;
  } catch {
    files.write_file({ path, content: "" }); //~ warning write_file
  }
};
return (await ensure("/notes/new.txt")) ?? "?";

//// entries made of a misspelt assignee
//~ gives {} instead of {"1":"ada","4":"lin"}
const { issues } = await tracker.list_issues({ state: "open", label: "bug" });
return Object.fromEntries(
  issues.map(({
    number,
    assigne: who, //~ missed warning assigne assignee
  }) => [number, who?.login]),
);

//// entries of a part of a promise
//~ throws null
const sick = Object.entries(metrics.health({ verbose: true }).parts) //~ error parts await
  .filter(([, { ok }]: any) => !ok)
  .map(([name]) => name);
return sick;

//// arguments completed by a spread and a misspelt key
//~ throws titel
const defaults = { project: "web", title: "Untitled", labels: [] } as const;
const { number } = await tracker.create_issue({ ...defaults, titel: "Slow search" }); //~ error titel title
return number;

//// a switch over true that returns what is not told
//~ gives ["folder",null] instead of ["folder",20]
const measure = async (path: string) => {
  const info = await files.get_file_info({ path });
  switch (true) {
    case info.kind === "folder":
      return "folder";
    default:
      return info.bytes; //~ warning bytes
  }
};
return Promise.all(["/notes", "/notes/todo.txt"].map(measure));

//// holes in an array of calls
//~ throws limit
const [, , { total }] = await Promise.all([, , tracker.list_issues({ limit: "all" })]) as any[]; //~ error limit
return total;

//// a closure that adds up a count of another name
//~ gives {"value":null} instead of {"value":5}
const counter = (() => {
  let value = 0;
  return {
    async add(project: "web" | "api") {
      value += (await tracker.list_issues({ project })).count; //~ warning count
    },
    get value() {
      return value;
    },
  };
})();

for (const project of ["web", "api"] as const) await counter.add(project);
return { value: counter.value };
