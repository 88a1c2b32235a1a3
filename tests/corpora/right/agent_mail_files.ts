//// a to-do list becomes issues to be made
//~ returns [{"project":"web","title":"Buy milk"},{"project":"web","title":"Buy bread"}]
const text: string = await files.read_text_file({ path: "/notes/todo.txt" });
return text
  .split(/\r?\n/)
  .filter(Boolean)
  .filter((line) => !line.startsWith("call "))
  .map((line) => ({ project: "web", title: `Buy ${line}` }));

//// a config that is text or parsed
//~ returns {"url":"https://a.example.com:8080","hosts":2}
const raw = await files.read_text_file({ path: "/notes/config.json" });
const config = typeof raw === "string" ? JSON.parse(raw) : raw;
const { port, hosts: [first, ...others], tls: { enabled = false } = {} } = config;
return { url: `${enabled ? "https" : "http"}://${first}:${port}`, hosts: 1 + others.length };

//// sums a CSV file by name
//~ returns [["ada",8],["lin",4]]
const csv = await files.read_text_file({ path: "/notes/data.csv" });
const [head, ...lines] = csv.trim().split("\n");
const index = Object.fromEntries(head.split(",").map((name, i) => [name, i]));
const sums = new Map();
for (const line of lines) {
  const cells = line.split(",");
  const name = cells[index.name];
  sums.set(name, (sums.get(name) ?? 0) + Number(cells[index.amount]));
}
return [...sums];

//// addresses of all mails, counted
//~ returns {"ada@example.com":3,"me@example.com":3,"lin@example.com":1}
const messages = await my_mail.list_messages({});
const tally: Record<string, number> = {};
const bump = (address: string) => { tally[address] = (tally[address] ?? 0) + 1; };
for (const { from, to = [] } of messages) [from, ...to].forEach(bump);
return tally;

//// numbers in a mail's body
//~ returns {"count":3,"sum":49,"from":"lin"}
const message = await tools["my-mail"]["get-message"]({ id: "m2" });
const numbers = message.body.match(/\d+/g)?.map(Number) ?? [];
return {
  count: numbers.length,
  sum: numbers.reduce((a, b) => a + b, 0),
  from: message.from.replace(/@.*$/, ""),
};

//// answers an unread mail and cleans up
//~ returns [{"subject":"Re: Hello","to":["ada@example.com"],"quoted":"> See you on Monday."}]
const unread = await my_mail["list-messages"]({ unread: true, folder: "inbox" });
const replies = [];
for (const mail of unread) {
  const reply = await my_mail["send-message"]({
    to: [mail.from],
    subject: mail.subject.startsWith("Re:") ? mail.subject : `Re: ${mail.subject}`,
    body: `> ${mail.body}\n\nYes!`,
    cc: [],
  });
  replies.push({ subject: reply.subject, to: reply.to, quoted: reply.body.split("\n")[0] });
  await my_mail.delete({ id: reply.id });
}
return replies;

//// walks a folder recursively
//~ returns {"/notes":133,"files":3}
const kinds = { file: 0, folder: 0 };
async function sizeOf(path: string): Promise<number> {
  const info = await files.get_file_info({ path });
  kinds[info.kind] += 1;
  if (info.kind === "file") return info.size;
  const names = await files.list_directory({ path });
  const sizes = await Promise.all(names.map((name) => sizeOf(`${path}/${name}`)));
  return sizes.reduce((a, b) => a + b, 0);
}
return { "/notes": await sizeOf("/notes"), files: kinds.file };

//// an empty folder and a missing one
//~ returns ["/notes: 3 entries","/empty: empty","/gone: no such folder"]
const describe = async (path) => {
  const entries = await files.list_directory({ path }).catch((error) => error);
  if (entries instanceof Error) return `${path}: ${entries.message}`;
  return `${path}: ${entries.length ? entries.length + " entries" : "empty"}`;
};
return await Promise.all(["/notes", "/empty", "/gone"].map((path) => describe(path)));

//// first lines of a file
//~ returns ["milk","bread"]
const head = await files.read_text_file({ path: "/notes/todo.txt", head: 2 });
const lines = String(head).split("\n");
return lines.slice(0, 2);

//// writes a report and tells what came back
//~ returns {"answer":"written","bytes":40}
const { orders } = await crm.list_orders({ customer_id: "c1" });
let content = "id;total\n";
content += orders.map((o) => [o.id, o.total.toFixed(2)].join(";")).join("\n");
content = content.trimEnd() + "\n-- " + orders.length + " orders\n";
const answer = await files.write_file({ path: "/notes/orders.csv", content, mode: "overwrite" });
return { answer, bytes: new TextEncoder().encode(content).length };

//// threads by subject
//~ returns {"Hello":["m1","m3"],"Numbers":["m2"]}
const all = await my_mail.list_messages();
const threads = all.reduce((acc, { id, subject }) => {
  const key = subject.replace(/^(Re|Fwd):\s*/i, "");
  (acc[key] || (acc[key] = [])).push(id);
  return acc;
}, {} as Record<string, string[]>);
return threads;

//// an answer that is empty
//~ returns {"alive":true,"length":0}
const pong = await metrics.ping();
const text = pong === undefined || pong === null ? "" : String(pong);
return { alive: true, length: text.trim().length };
