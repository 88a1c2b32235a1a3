//// misspelt behind an optional chain of something else
//~ gives [null,null,null] instead of ["ada",null,"lin"]
const { issues } = await tracker.list_issues({ label: "bug" });
return issues.map((issue) => issue.assignee?.username); //~ warning username

//// misspelt in a pattern with a default of its own elsewhere
//~ gives [null] instead of [3]
const { issues } = await tracker.list_issues({ label: "auth" });
return issues.map(({ assignee: { nick } = { nick: "?" } as any }) => nick); //~ missed warning nick

//// tool looked for on tools
//~ throws tools.get_issue is not a function
return (await tools.get_issue({ number: 1 })).title; //~ missed error get_issue tracker.get_issue

//// callTool with one object
//~ throws takes the names of a server and of a tool
return await callTool({ server: "tracker", tool: "get_issue", arguments: { number: 1 } }); //~ missed error callTool

//// callTool with the name of a tool only
//~ throws takes the names of a server and of a tool
return await callTool("get_issue", { number: 1 }); //~ error tracker.get_issue

//// call forgotten
//~ gives [null] instead of ["Login fails on Safari"]
const issue = await tracker.get_issue;
return [issue.title]; //~ missed warning title

//// property of the tool instead of the result
//~ gives [null] instead of ["Login fails on Safari"]
return [(tracker.get_issue as any).title]; //~ missed warning title

//// text of arguments
//~ throws takes one object with named arguments
return await tracker.get_issue(JSON.stringify({ number: 1 })); //~ error get_issue

//// range as text
//~ throws wrong arguments
return await metrics.query({ metric: "cpu", range: JSON.stringify({ from: "10:00" }) }); //~ error range

//// range as a text of a date
//~ throws wrong arguments
return await metrics.query({ metric: "cpu", range: new Date(0).toISOString() }); //~ error range

//// recipients joined
//~ throws wrong arguments
return await my_mail.send_message({ to: ["a@example.com", "b@example.com"].join(","), subject: "s", body: "b" }); //~ error to

//// number written with toString
//~ throws wrong arguments
const number = 2;
return await tracker.get_issue({ number: number.toString() }); //~ error number

//// date where a text is meant
//~ throws wrong arguments
return await metrics.query({ metric: "cpu", range: { from: Date.now() } }); //~ error from

//// texts of a loop as numbers
//~ throws wrong arguments
const titles = [];
for (const number of ["1", "2"]) titles.push((await tracker.get_issue({ number })).title); //~ error number
return titles;

//// texts of a map as numbers
//~ throws wrong arguments
return await Promise.all(["1", "2"].map((number) => tracker.get_issue({ number }))); //~ error number

//// keys as numbers
//~ throws wrong arguments
const wanted = { 1: "first", 2: "second" };
for (const number of Object.keys(wanted)) await tracker.get_issue({ number }); //~ error number

//// names of for in as numbers
//~ throws wrong arguments
for (const number in { 1: true }) await tracker.get_issue({ number }); //~ error number

//// helper wrong from every caller
//~ throws wrong arguments
const get = (number: any) => tracker.get_issue({ number }); //~ error number
return [await get("1"), await get("2")];

//// settled without value
//~ gives [null] instead of ["Login fails on Safari"]
const settled = await Promise.allSettled([tracker.get_issue({ number: 1 })]);
return settled.map((one: any) => one.title); //~ missed warning title

//// async in flatMap
//~ gives [null,null] instead of ["Seen on Safari 19 too.","Looking into it."]
const rows: any[] = [1, 2].flatMap(async (issue) => (await tracker.list_comments({ issue })).comments);
return rows.map((row) => row.body); //~ error body

//// sum of an async reduce
//~ gives "[object Promise]0" instead of 2
return await [1, 2].reduce(async (sum: any, number) => sum + (await tracker.get_issue({ number })).comments, 0); //~ warning promise

//// condition on a promise
//~ gives "all is well" instead of "not well"
async function isWell() { return (await metrics.health({})).ok; }
if (isWell()) return "all is well"; //~ warning isWell
return "not well";

//// not of a promise
//~ gives "all is well" instead of "not well"
async function isWell() { return (await metrics.health({})).ok; }
return !isWell() ? "not well" : "all is well"; //~ warning isWell

//// misspelt in groups
//~ gives [null,null] instead of ["Login fails on Safari","Timeout on export"]
const { issues } = await tracker.list_issues({ label: "bug" });
const byState: any = Object.groupBy(issues, (issue) => issue.state);
return byState.open.map((issue: any) => issue.titel); //~ warning titel

//// misspelt in an object by number
//~ gives [null] instead of ["Login fails on Safari"]
const { issues } = await tracker.list_issues({ label: "auth" });
const byNumber: any = Object.fromEntries(issues.map((issue) => [issue.number, issue]));
return [byNumber[1].titel]; //~ warning titel

//// misspelt in an object made by reduce
//~ gives [null] instead of ["Login fails on Safari"]
const { issues } = await tracker.list_issues({ label: "auth" });
const byNumber = issues.reduce((all: any, issue) => { all[issue.number] = issue; return all; }, {});
return [byNumber[1].titel]; //~ missed warning titel

//// misspelt in a try around everything
//~ gives [null] instead of ["Login fails on Safari"]
try {
  const issue: any = await tracker.get_issue({ number: 1 });
  return [issue.titel]; //~ warning titel
} catch (error) {
  return `failed: ${error}`;
}

