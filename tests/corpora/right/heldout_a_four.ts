//// terse js, open bugs with last comment
//~ returns [{"n":1,"t":"Login fails on Safari","last":"Looking into it."},{"n":4,"t":"Timeout on export","last":"Agreed."}]
const { issues } = await tracker.list_issues({ label: 'bug', state: 'open' })
return Promise.all(issues.map(async i => {
  const { comments } = await tracker.list_comments({ issue: i.number })
  return { n: i.number, t: i.title, last: comments[comments.length - 1]?.body }
}))

//// default export with helper object and options
//~ returns {"ok":true,"rows":3,"md":"| name | city | zip |\n|---|---|---|\n| Acme | Berlin | 10115 |\n| Bolt | Austin | - |\n| Corvus | Oslo | 0150 |"}
const defaults = { limit: 10, columns: ['name', 'city', 'zip'] };

const helpers = {
  flatten({ address, ...rest }) {
    return { ...rest, ...address };
  },
  markdown(rows, columns) {
    const line = (cells) => '| ' + cells.join(' | ') + ' |';
    return [
      line(columns),
      '|' + columns.map(() => '---').join('|') + '|',
      ...rows.map((row) => line(columns.map((c) => row[c] ?? '-'))),
    ].join('\n');
  },
};

export default async function report(options = {}) {
  const { limit, columns } = { ...defaults, ...options };
  const { customers } = await crm.find_customers({ limit });
  const rows = customers.map(helpers.flatten);
  return { ok: true, rows: rows.length, md: helpers.markdown(rows, columns) };
}

//// main function with steps and a log of progress
//~ returns {"steps":["issues","orders","mail"],"counts":{"issues":5,"orders":4,"mail":3},"ms":"ok"}
async function main() {
  const startedAt = Date.now();
  const steps = [];
  const counts = {};

  async function step(name, fn) {
    steps.push(name);
    const value = await fn();
    counts[name] = Array.isArray(value) ? value.length : value.total;
    return value;
  }

  await step('issues', () => tracker.list_issues({}));
  await step('orders', () => crm.list_orders({}));
  await step('mail', () => my_mail.list_messages({}));

  for (const name of steps) {
    if (!(name in counts)) throw new Error('no count of ' + name);
  }

  const ms = Date.now() - startedAt;
  return { steps, counts, ms: ms < 30000 ? 'ok' : 'slow' };
}

//// then chain with nested results
//~ returns "Acme: o1=120.5 EUR (2x A-1, 1x B-7), o2=80 EUR (1x A-1)"
const describe = ({ id, total, currency, lines }) => {
  const items = lines.map((line) => `${line.quantity}x ${line.sku}`).join(', ');
  return `${id}=${total} ${currency} (${items})`;
};

return crm
  .find_customers({ tier: 'enterprise' })
  .then(({ customers }) => customers[0])
  .then((customer) =>
    crm.list_orders({ customer_id: customer.id }).then(({ orders }) => ({ customer, orders })),
  )
  .then(({ customer, orders }) => {
    const parts = orders.map(describe);
    return `${customer.name}: ${parts.join(', ')}`;
  })
  .catch((error) => {
    console.error('could not build the report', error);
    return 'failed: ' + error.message;
  });

//// async filter and async sort helpers of its own
//~ returns {"active":[1,4],"ranked":[4,1,3],"some":true,"every":false}
const asyncFilter = async (list, test) => {
  const keep = await Promise.all(list.map(test));
  return list.filter((_, i) => keep[i]);
};
const asyncSortBy = async (list, score) => {
  const scored = await Promise.all(list.map(async (item) => ({ item, score: await score(item) })));
  return scored.sort((a, b) => b.score - a.score).map((s) => s.item);
};
const asyncSome = async (list, test) => {
  for (const item of list) if (await test(item)) return true;
  return false;
};

const commentCount = async (issue) => (await tracker.list_comments({ issue: issue.number })).total;
const { issues } = await tracker.list_issues({});

const commented = await asyncFilter(issues, async (i) => (await commentCount(i)) > 0);
const active = commented.filter((i) => i.state === 'open');
const ranked = await asyncSortBy(commented, commentCount);

return {
  active: active.map((i) => i.number),
  ranked: ranked.map((i) => i.number),
  some: await asyncSome(issues, async (i) => (await commentCount(i)) > 2),
  every: !(await asyncSome(issues, async (i) => (await commentCount(i)) === 0)),
};

//// reduce with an awaited accumulator
//~ returns {"sum":6,"sizes":133,"perProject":{"web":2,"api":4}}
const { issues } = await tracker.list_issues({});
const sum = await issues.reduce(async (accPromise, issue) => {
  const acc = await accPromise;
  const { total } = await tracker.list_comments({ issue: issue.number });
  return acc + total;
}, Promise.resolve(0));

const names = await files.list_directory({ path: '/notes' });
let sizes = 0;
for (const info of await Promise.all(names.map((n) => files.get_file_info({ path: '/notes/' + n })))) {
  sizes += info.size;
}

const perProject = await issues.reduce(
  (chain, { number, project }) =>
    chain.then(async (acc) => {
      const { comments } = await tracker.list_comments({ issue: number });
      acc[project] = (acc[project] || 0) + comments.length;
      return acc;
    }),
  Promise.resolve({}),
);
return { sum, sizes, perProject };

//// local names like servers and tools
//~ returns {"files":3,"crm":["pro"],"metrics":{"cpu":0.75},"tracker":2}
const summary = {};

async function countFiles(path) {
  const files = await tools.files.list_directory({ path });
  return files.length;
}

async function tiersOf(country) {
  const { customers } = await crm.find_customers({});
  return customers.filter((c) => c.address.country === country).map(({ tier }) => tier);
}

summary.files = await countFiles('/notes');
summary.crm = await tiersOf('NO');
{
  const metrics = {};
  for (const metric of ['cpu']) metrics[metric] = (await tools.metrics.latest({ metric })).value;
  summary.metrics = metrics;
}
{
  const tracker = { issues: [1, 2], list() { return this.issues.length; } };
  summary.tracker = tracker.list();
}
return summary;

//// works out the call from a table of names
//~ returns {"tracker.list_projects":2,"crm.list_orders":4,"my-mail.list-messages":3,"metrics.list_metrics":3,"nowhere.nothing":null}
const calls = [
  ['tracker', 'list_projects', {}],
  ['crm', 'list_orders', {}],
  ['my-mail', 'list-messages', {}],
  ['metrics', 'list_metrics', {}],
  ['nowhere', 'nothing', {}],
];

function size(value) {
  if (Array.isArray(value)) return value.length;
  if (value && typeof value === 'object') {
    const list = Object.values(value).find(Array.isArray);
    return list ? list.length : Object.keys(value).length;
  }
  return null;
}

const out = {};
for (const [server, tool, args] of calls) {
  const key = `${server}.${tool}`;
  try {
    out[key] = size(await callTool(server, tool, args));
  } catch (e) {
    out[key] = null;
  }
}
return out;

//// shapes told apart by the presence of keys
//~ returns ["issue #2 Dark mode (open)","customer Bolt in Austin","order o3 15 USD","file 20 bytes","text milk"]
const label = (thing) => {
  if (typeof thing === 'string') return 'text ' + thing.split('\n')[0];
  if ('number' in thing) return `issue #${thing.number} ${thing.title} (${thing.state})`;
  if ('tier' in thing) return `customer ${thing.name} in ${thing.address.city}`;
  if ('lines' in thing) return `order ${thing.id} ${thing.total} ${thing.currency}`;
  if (thing.kind === 'file') return `file ${thing.size} bytes`;
  return 'unknown';
};

const things = await Promise.all([
  tracker.get_issue({ number: 2 }),
  crm.get_customer({ id: 'c2' }),
  crm.get_order({ id: 'o3' }),
  files.get_file_info({ path: '/notes/todo.txt' }),
  files.read_text_file({ path: '/notes/todo.txt' }),
]);
return things.map(label);

//// enriches rows in place before they are rendered
//~ returns "#4  Timeout on export      score=9  HOT\n#1  Login fails on Safari  score=6  HOT\n#2  Dark mode              score=1  -"
const { issues } = await tracker.list_issues({ state: 'open' });

for (const issue of issues) {
  issue.weight = issue.labels.includes('bug') ? 2 : 1;
  issue.score = issue.comments * issue.weight;
  if (issue.assignee) issue.score += issue.weight + (issue.comments > 2 ? 1 : 0);
  else issue.score += 1;
  issue.hot = issue.score > 5;
}

issues.sort((a, b) => b.score - a.score);
const width = Math.max(...issues.map(i => i.title.length));

return issues
  .map(i => [`#${i.number}`, i.title.padEnd(width), `score=${i.score}`, i.hot ? 'HOT' : '-'].join('  '))
  .join('\n');

//// arguments built step by step from a filter object
//~ returns [{"filter":"open web","n":2},{"filter":"closed","n":2},{"filter":"bug","n":2},{"filter":"all","n":5}]
function toArgs(filter) {
  const args = {};
  if (filter.state) args.state = filter.state;
  if (filter.project) args.project = filter.project;
  if (filter.labels?.length) args.label = filter.labels[0];
  if (filter.max) args.limit = Math.min(filter.max, 100);
  return args;
}

const filters = [
  { name: 'open web', state: 'open', project: 'web' },
  { name: 'closed', state: 'closed', labels: [] },
  { name: 'bug', labels: ['bug', 'auth'], max: 2 },
  { name: 'all', max: 5000 },
];

const out = [];
for (const { name, ...filter } of filters) {
  const res = await tracker.list_issues(toArgs(filter));
  out.push({ filter: name, n: res.issues.length });
}
return out;

//// fenced code with a tiny event emitter and background work
//~ returns {"events":["start","page:2","page:2","page:1","end"],"audit":"written"}
```js
const listeners = {};
const on = (name, fn) => { (listeners[name] ||= []).push(fn); };
const emitEvent = (name, payload) => (listeners[name] || []).forEach((fn) => fn(payload));

const events = [];
on('start', () => events.push('start'));
on('page', (page) => events.push('page:' + page.length));
on('end', () => events.push('end'));

let background;
on('end', () => {
  background = files.write_file({ path: '/notes/audit.log', content: events.join('\n') });
});

emitEvent('start');
const { issues } = await tracker.list_issues({});
for (let i = 0; i < issues.length; i += 2) emitEvent('page', issues.slice(i, i + 2));
emitEvent('end');

return { events, audit: await background };
```
