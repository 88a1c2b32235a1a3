//// labelled loops over what is not awaited
//~ throws iterable
let found: string | undefined;
search: for (const issue of [1, 4]) {
  for (const { body } of tracker.list_comments({ issue }).comments) { //~ error comments
    if (!body.startsWith("Streaming")) continue;
    found = body;
    break search;
  }
}
return found;

//// a state machine that counts by a wrong name
//~ gives {"steps":2} instead of {"steps":2,"count":5}
let state: "load" | "count" | "done" = "load";
let page: any;
let count: number | undefined;
let steps = 0;
while (state !== "done") {
  steps++;
  switch (state) {
    case "load":
      page = await tracker.list_issues({ limit: 100 });
      state = "count";
      break;
    case "count":
      count = page.count; //~ warning count
      state = "done";
      break;
  }
}
return { steps, count };

//// reassigned without await
//~ gives ["Login fails on Safari",null] instead of ["Login fails on Safari","Dark mode"]
let issue = await tracker.get_issue({ number: 1 });
const titles = [issue.title];
issue = tracker.get_issue({ number: 2 });
titles.push(issue.title); //~ missed error title
return titles;

//// a recursion that adds promises
//~ gives "0[object Promise][object Promise][object Promise]" instead of 133
async function sizeOf(path: string): Promise<number> {
  const info = await files.get_file_info({ path });
  if (info.kind === "file") return info.size;
  let sum: any = 0;
  for (const name of await files.list_directory({ path })) {
    sum += sizeOf(`${path}/${name}`); //~ warning
  }
  return sum;
}

return sizeOf("/notes");

//// a try that has no catch
//~ throws lock_issue
const log: string[] = [];
try {
  log.push("begin");
  await tracker.lock_issue({ number: 1 }); //~ error lock_issue
} finally {
  log.push("end");
}
return log;

//// a misspelt tool in finally
//~ throws send_mesage
let subject = "nothing";
try {
  const mails = await my_mail.list_messages({ unread: true });
  subject = mails[0].subject;
} finally {
  await my_mail.send_mesage({ to: ["me@example.com"], subject, body: "seen" }); //~ error send_mesage send_message
}
return subject;

//// a loop on a property of a promise
//~ gives 0 instead of 3
let rounds = 0;
while (tracker.list_issues({ state: "open" }).total > rounds) { //~ error total
  rounds++;
}
return rounds;

//// polling a promise
//~ gives {"tries":3,"value":[null,null,null]} instead of {"tries":3,"value":[0.75,0.75,0.75]}
let tries = 0;
const value: unknown[] = [];
do {
  const latest = metrics.latest({ metric: "cpu" });
  value.push(latest.value); //~ error value
  await new Promise((resolve) => setTimeout(resolve, 1));
} while (++tries < 3);
return { tries, value };

//// a tool with the name of two others
//~ throws search_issue
const words = "export timeout".split(" ");
const hits: number[] = [];
for (const query of words) {
  const { issues } = await tracker.search_issue({ query }); //~ error search_issue search_issues
  for (const { number } of issues) if (!hits.includes(number)) hits.push(number);
}
return hits;

//// arguments built with a value out of the enum
//~ throws state
const args: Record<string, unknown> = {};
args.project = "api";
args.state = "done";
const { total } = await tracker.list_issues(args); //~ error state
return total;

//// a misspelt length
//~ gives [] instead of ["Rate limit too low","Typo on the home page"]
const { issues } = await tracker.list_issues({ state: "closed" });
const titles: string[] = [];
for (let i = 0; i < issues.lenght; i++) titles.push(issues[i].title); //~ warning lenght length
return titles;

//// a handler of a machine that loses its call
//~ gives {"path":["read","write"],"answer":""} instead of {"path":["read","write"],"answer":"written"}
const context = { text: "", answer: "" };
const steps = {
  async read() {
    context.text = await files.read_text_file({ path: "/notes/todo.txt" });
    return "write";
  },
  write() {
    files
      .write_file({ path: "/out/todo.txt", content: context.text }) //~ warning write_file
      .then((answer: string) => (context.answer = answer));
    return "end";
  },
};
const path = ["read"];
path.push(await steps.read());
steps.write();
return { path, answer: context.answer };
