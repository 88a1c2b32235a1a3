//// a guard for another tool than is called
//~ throws count_isues
if (typeof tracker.count_issues === "function") return tracker.count_issues({});
const { count } = await tracker.count_isues({}); //~ error count_isues
return count;

//// a default for the length of what is not there
//~ throws length
const result = await tracker.list_issues({ state: "open" });
const count = result.items.length ?? 0; //~ warning items
return count;

//// arguments spread that hold an unknown name
//~ throws status
const base = { project: "web", status: "open" };
const { issues } = await tracker.list_issues({ ...base, limit: 5 }); //~ error status
return issues.length;

//// arguments whose later part spoils the earlier
//~ throws limit
const defaults = { project: "web", limit: 10 };
const page = await tracker.list_issues({ ...defaults, limit: "10" }); //~ error limit
return page.total;

//// a misspelt tool as a key of a map
//~ gives ["issues",null] instead of ["issues","comments"]
const nouns = new Map<unknown, string>([
  [tracker.list_issues, "issues"],
  [tracker.list_coments, "comments"], //~ warning list_coments list_comments
]);
return [tracker.list_issues, tracker.list_comments].map((tool) => nouns.get(tool));

//// a misspelt tool in a set of tools
//~ gives {"info":false,"text":true} instead of {"info":true,"text":true}
const harmless = new Set([files.read_text_file, files.list_directory, files.get_file_infos]); //~ warning get_file_infos get_file_info
const mayRepeat = (tool: unknown) => harmless.has(tool as any);
return { info: mayRepeat(files.get_file_info), text: mayRepeat(files.read_text_file) };

//// a shadowed name that ends before the call
//~ throws count
const totals = [{ count: () => 1 }, { count: () => 2 }].map((tracker) => tracker.count());
const all = await tracker.count({}); //~ error count
return totals.concat(all);

//// names of tools in another case
//~ throws sendMessage
const { total } = await tracker.list_issues({ state: "open" });
const draft = { to: ["me@example.com"], subject: "Open", body: `${total}` };
const sent = await my_mail.sendMessage(draft); //~ error sendMessage send_message
return sent.id;

//// a raw name that is misspelt
//~ throws get-mesage
const { "my-mail": mail } = tools;
const ids = ["m1", "m2"];
const subjects: string[] = [];
for (const id of ids) subjects.push((await mail["get-mesage"]({ id })).subject); //~ error get-mesage
return subjects;

//// a recipient that is no list
//~ throws to
const message = { subject: "Hello", body: "Fine." };
const sent = await my_mail.send_message({ ...message, to: "ada@example.com" }); //~ error to
return sent.subject;

//// a priority as a word
//~ throws priority
const urgent = true;
const options = { to: ["lin@example.com"], subject: "Export", body: "It times out." };
const { subject } = await tools["my-mail"]["send-message"]({ ...options, priority: "high" }); //~ error priority
return urgent ? subject : "";

//// a call before the try that was to guard it
//~ throws list_folders
const folders = await files.list_folders({ path: "/" }); //~ error list_folders
try {
  return folders.length;
} catch {
  return (await files.list_directory({ path: "/notes" })).length;
}

//// lines of an order with a name that is not known
//~ throws qty
const lines = [
  { sku: "A-1", quantity: 1, price: 5 },
  { sku: "B-7", quantity: 2, price: 10, qty: 2 },
];
const order = await crm.create_order({ customer_id: "c2", lines, currency: "USD" }); //~ error qty
return order.id;

//// a guard on one result that does not hold for another
//~ gives ["no cursor","undefined more"] instead of ["no cursor","3 more"]
const first = await tracker.list_issues({ limit: 2 });
const second = await tracker.list_issues({ project: "api" });
const cursor = first.next_cursor ? "more" : "no cursor";
return [cursor, `${second.remaining} more`]; //~ warning remaining
