//// added to and not awaited
//~ gives ["Title: undefined"] instead of ["Title: Login fails on Safari"]
const found: any = tracker.get_issue({ number: 1 });
return ["Title: " + found.title]; //~ error title await

//// taken apart in a parameter
//~ throws undefined
const size = ({ title }: any) => title.length; //~ error title await tracker.get_issue
return size(tracker.get_issue({ number: 1 }));

//// await binds less than the dot
//~ gives [null] instead of [1]
return [await (tracker.list_issues({ label: "auth" }) as any).total]; //~ error total await

//// all without a list
//~ throws iterable
const [a, b]: any = await (Promise as any).all(tracker.get_issue({ number: 1 }), tracker.get_issue({ number: 2 })); //~ error await
return [a.title, b.title];

//// all not awaited
//~ throws not a function
const rows: any = Promise.all([1, 2].map((number) => tracker.get_issue({ number })));
return rows.map((row: any) => row.title); //~ error map Promise.all

//// async map filtered by property
//~ throws undefined
const list: any[] = [1, 2].map(async (number) => await tracker.get_issue({ number }));
return list.filter((issue) => issue.title.includes("a")); //~ error title

//// number given by place
//~ throws takes one object with named arguments
return await (tracker as any).get_issue(1); //~ error get_issue number

//// wrapped arguments
//~ throws wrong arguments
return await (tracker as any).get_issue({ arguments: { number: 1 } }); //~ error args.arguments args.number

//// names of another kind of host
//~ throws mcp__tracker__get_issue
return await mcp__tracker__get_issue({ number: 1 }); //~ error mcp__tracker__get_issue

//// server of another host through tools
//~ throws github
return await tools.github.list_issues({}); //~ error github tracker.list_issues

//// camel case
//~ throws getIssue
return await (tracker as any).getIssue({ number: 1 }); //~ error getIssue get_issue

//// constant of the wrong type
//~ throws wrong arguments
const id: any = "1";
return await tracker.get_issue({ number: id }); //~ error args.number "1"

//// listed as if it were the list
//~ throws not a function
const found: any = await tracker.list_issues({ label: "auth" });
return found.map((issue: any) => issue.title); //~ warning map issues

//// gone through as if it were the list
//~ throws iterable
const titles = [];
for (const issue of (await tracker.list_issues({ label: "auth" })) as any) titles.push(issue.title); //~ warning issues
return titles;

//// envelope that is not there
//~ throws undefined
const found: any = await tracker.list_issues({ label: "auth" });
return found.data.issues.length; //~ warning data issues

//// content blocks that are not there
//~ throws undefined
const found: any = await tracker.list_issues({ label: "auth" });
return JSON.parse(found.content[0].text).issues.length; //~ warning content

//// second of two results
//~ gives [null,3] instead of [1,3]
const [{ items }, { customers }]: any = await Promise.all([tracker.list_issues({ label: "auth" }), crm.find_customers({})]); //~ warning items issues
return [items, customers.length];

//// labels with names
//~ gives [null,null] instead of ["bug","auth"]
const { issues } = await tracker.list_issues({ label: "auth" });
return issues.flatMap((issue) => issue.labels.map((label: any) => label.name)); //~ warning name string

//// filtered by a state that is called otherwise
//~ gives 0 instead of 1
const { issues } = await tracker.list_issues({ label: "auth" });
return issues.filter((issue: any) => issue.status === "open").length; //~ warning status state

//// through a map by key
//~ gives [null] instead of ["Login fails on Safari"]
const { issues } = await tracker.list_issues({ label: "auth" });
const byNumber: any = new Map(issues.map((issue) => [issue.number, issue]));
return [byNumber.get(1).titel]; //~ warning titel title

//// through pages put together
//~ gives [null,null] instead of ["Login fails on Safari","Typo on the home page"]
let all: any[] = [];
for (const state of ["open", "closed"] as const) {
  const page = await tracker.list_issues({ project: "web", label: "bug", state });
  all = all.concat(page.issues);
}
return all.map((issue) => issue.titel); //~ warning titel title

//// through a helper and flat
//~ gives [null] instead of ["Login fails on Safari"]
async function load(label: string) { const { issues } = await tracker.list_issues({ label }); return issues; }
const rows: any[] = (await Promise.all(["auth"].map(load))).flat();
return rows.map((row) => row.titel); //~ warning titel title

//// settled value misspelt
//~ gives [null] instead of ["Login fails on Safari"]
const settled: any[] = await Promise.allSettled([tracker.get_issue({ number: 1 })]);
return settled.map((one) => one.value.titel); //~ warning titel title

//// helper not awaited
//~ throws not a function
const load: any = async (number: number) => (await tracker.get_issue({ number })).title;
return load(1).toUpperCase(); //~ error toUpperCase load

//// variable misspelt
//~ throws isues
const issues = await tracker.list_issues({ label: "auth" });
return isues.total; //~ error isues

//// method of a number
//~ throws not a function
const issue: any = await tracker.get_issue({ number: 1 });
return issue.number.padStart(3); //~ warning padStart number

//// date that is a text
//~ throws not a function
const issue: any = await tracker.get_issue({ number: 1 });
return issue.created_at.getFullYear(); //~ warning getFullYear string
