//// retries with a growing delay
//~ returns {"title":"Login fails on Safari","calls":2}
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function withRetry<T>(fn: () => Promise<T>, attempts = 3, delay = 5): Promise<T> {
  let lastError: unknown;
  for (let attempt = 1; attempt <= attempts; attempt++) {
    try {
      return await fn();
    } catch (error) {
      lastError = error;
      if (attempt < attempts) await sleep(delay * 2 ** attempt);
    }
  }
  throw lastError;
}

let calls = 0;
const issue = await withRetry(async () => {
  calls += 1;
  if (calls < 2) throw new Error("flaky");
  return tracker.get_issue({ number: 1 });
});
return { title: issue.title, calls };

//// one file is missing
//~ returns [{"path":"/notes/todo.txt","size":20},{"path":"/notes/missing.txt","problem":"no such file"}]
const results = [];
for (const path of ["/notes/todo.txt", "/notes/missing.txt"]) {
  try {
    results.push({ path, size: (await files.get_file_info({ path })).size });
  } catch (error) {
    results.push({ path, problem: error instanceof Error ? error.message : String(error) });
  }
}
return results;

//// tells a tool's error from others
//~ returns {"tool":"tracker.get_issue","code":"tool_error","retry":false}
try {
  const { title } = await tracker.get_issue({ number: 99 });
  return { title };
} catch (e) {
  if (e instanceof ToolError && e.code === "tool_error") {
    return { tool: `${e.server}.${e.tool}`, code: e.code, retry: e.retryable };
  }
  throw e;
}

//// null instead of an error
//~ returns {"known":"Acme","unknown":"not found"}
const safe = <T,>(p: Promise<T>): Promise<T | null> => p.catch(() => null);
const [known, unknown] = await Promise.all([
  safe(crm.get_customer({ id: "c1" })),
  safe(crm.get_customer({ id: "c9" })),
]);
return { known: known?.name, unknown: unknown?.name ?? "not found" };

//// pairs of error and value
//~ returns ["there is nothing in issues with number 77",true,null,"lin"]
const to = (promise) => promise.then((data) => [null, data], (error) => [error, undefined]);
const [missing, none] = await to(tracker.get_issue({ number: 77 }));
const [problem, issue] = await to(tracker.get_issue({ number: 4 }));
return [missing.message, none === undefined, problem, issue.assignee.login];

//// a race with a timer
//~ returns 3
function withTimeout<T>(promise: Promise<T>, ms: number): Promise<T> {
  let timer: any;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`timed out after ${ms} ms`)), ms);
  });
  return Promise.race([promise, timeout]).finally(() => clearTimeout(timer));
}
const { total } = await withTimeout(tracker.list_issues({ project: "web" }), 20000);
return total;

//// a server that may be missing
//~ returns {"skipped":true,"open":3}
const { total: open } = await tracker.list_issues({ state: "open" });
if (!("calendar" in tools)) {
  return { skipped: true, open };
}
const events = await tools.calendar.list_events({ days: 7 });
return { open, events: events.length };

//// a newer tool if there is one
//~ returns ["Dark mode"]
const search = tracker.search_issues_v2 ?? tracker.search_issues;
const { issues } = await search({ query: "dark" });
await tracker.mark_as_seen?.({ numbers: issues.map((i) => i.number) });
return issues.map((i) => i.title);

//// checks that may fail in three ways
//~ returns {"database":"pass","cache":"fail","inbox":"pass","secrets":"crashed (no such folder)"}
// Runs the checks one after another and records how each of them ended.
type Check = { name: string; run: () => Promise<boolean> };
const checks: Check[] = [
  { name: "database", run: async () => (await metrics.health({})).parts.db.ok },
  { name: "cache", run: async () => (await metrics.health({})).parts["cache"].ok },
  { name: "inbox", run: async () => (await my_mail.list_messages({ folder: "inbox" })).length > 0 },
  { name: "secrets", run: async () => (await files.list_directory({ path: "/secrets" })).length === 0 },
];
const report: Record<string, string> = {};
for (const { name, run } of checks) {
  try {
    report[name] = (await run()) ? "pass" : "fail";
  } catch (error) {
    report[name] = `crashed (${(error as Error).message})`;
  } finally {
    console.debug(name);
  }
}
return report;

//// a class collects values and errors
//~ returns {"values":[["cpu",0.75]],"errors":["file: no such file"]}
class Collector {
  #errors = [];
  values = [];
  async add(label, promise) {
    try {
      this.values.push({ label, value: await promise });
    } catch (error) {
      this.#errors.push(`${label}: ${error.message}`);
    }
    return this;
  }
  get errors() {
    return this.#errors.length ? this.#errors : undefined;
  }
}
const c = new Collector();
await c.add("cpu", metrics.latest({ metric: "cpu" }));
await c.add("file", files.read_text_file({ path: "/nope" }));
return { values: c.values.map(({ label, value }) => [label, value.value]), errors: c.errors };

//// a breaker that opens
//~ returns ["no such file","no such file","skipped","skipped"]
function breaker(fn, threshold = 2) {
  let failures = 0;
  return async (...args) => {
    if (failures >= threshold) return { skipped: true };
    try {
      const value = await fn(...args);
      failures = 0;
      return { value };
    } catch (error) {
      failures++;
      return { failed: error.message };
    }
  };
}
const info = breaker(files.get_file_info);
const outcome = [];
for (const name of ["a", "b", "todo.txt", "c"]) outcome.push(await info({ path: "/notes/" + name }));
return outcome.map((o) => o.value?.size ?? o.failed ?? "skipped");

//// an unknown tool inside try
//~ returns 3
let open;
try {
  open = await tracker.count_issues({ state: "open" });
} catch {
  open = (await tracker.list_issues({ state: "open" })).total;
}
return open;

//// typeof on a global
//~ returns {"sent":false,"reason":"no chat"}
const text = `${(await metrics.latest({ metric: "requests" })).value} requests per second`;
if (typeof slack !== "undefined") {
  await slack.post_message({ channel: "#ops", text });
  return { sent: true };
}
return { sent: false, reason: "no chat" };
