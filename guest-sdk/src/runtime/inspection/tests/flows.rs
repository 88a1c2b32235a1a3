use super::check;

#[test]
fn results_are_followed_into_functions_and_out_of_them() {
    insta::assert_snapshot!(check(
        r"
const titleOf = (issue) => issue.title; const all = (list, key) => list.map((item) => key(item));
function first(list) { return list[0] } const curried = (name) => async (read) => read(await gh.get({ name }));
titleOf(await gh.one()); all((await gh.list()).items, titleOf); first((await gh.list()).items).label;
const { id } = await curried('x')((it) => it.inner); const made = () => ({ get: async () => gh.made() });
(await made().get()).of; const { get } = made(); (await get()).taken; const bound = titleOf.bind(null);
[1].map(async (n) => await gh.each({ n })).length; const kept = await Promise.all([1].map(one)); kept[0].x;
async function one(n) { return gh.each({ n }) }
"
    ), @r#"
    3:97 `gh.get` gh/get({name: "x"}) Awaited
      5:9 `id` reads inner.id
      5:46 `it.inner` reads inner
    4:18 `gh.one` gh/one() Awaited
      2:34 `issue.title` reads title guarded
    4:40 `gh.list` gh/list() Awaited
      2:34 `issue.title` reads items.[].title guarded
      2:73 `list.map` reads items.map()
      4:48 `(await gh.list()).items` reads items
    4:81 `gh.list` gh/list() Awaited
      3:36 `list[0]` reads items.[]
      4:89 `(await gh.list()).items` reads items
      4:96 `first((await gh.list()).items).label` reads items.[].label
    5:96 `gh.made` gh/made() Awaited
      6:22 `(await made().get()).of` reads of
      6:64 `(await get()).taken` reads taken
    7:31 `gh.each` gh/each({n: 1}) Awaited
    8:35 `gh.each` gh/each({n: 1}) Awaited
    "#);
}

#[test]
fn results_are_followed_through_classes() {
    insta::assert_snapshot!(check(
        r"
class Base { constructor(server) { this.server = server } async load() { this.data = await this.server.load(); return this } }
class Heir extends Base { #kept = []; static async make() { const it = new Heir(gh); await it.load(); return it }
  get first() { return this.data.items[0] } async more() { this.#kept.push(await super.load()); return this.#kept }
  names() { return this.data.items.map((item) => item.name) } static byId = (id) => gh.find({ id }) }
const heir = await Heir.make(); heir.first.title; heir.names(); await heir.more(); (await Heir.byId(1)).found;
class Typed { constructor(private readonly tools, readonly limit = 1) {} list = async () => this.tools.list({ limit: this.limit }) }
const typed = new Typed(my_server); (await typed.list()).rows;
class Never { load() { return gh.never() } } const shape = { api: gh, async all() { return this.api.all() } }; (await shape.all()).y;
"
    ), @"
    2:104 `this.server.load` gh/load() Awaited
      4:34 `this.data.items` reads items
      4:40 `this.data.items[0]` reads items.[]
      5:30 `this.data.items` reads items
      5:36 `this.data.items.map` reads items.map()
      5:55 `item.name` reads items.[].name
      6:44 `heir.first.title` reads items.[].title
    5:88 `gh.find` gh/find({id: 1}) Awaited
      6:105 `(await Heir.byId(1)).found` reads found
    7:104 `this.tools.list` my_server/list({limit: ?}) Awaited
      8:58 `(await typed.list()).rows` reads rows
    9:34 `gh.never` gh/never() Awaited
    9:101 `this.api.all` gh/all() Awaited
      9:132 `(await shape.all()).y` reads y
    ");
}

#[test]
fn results_are_followed_through_lists_maps_and_generators() {
    insta::assert_snapshot!(check(
        r"
function* walk(list) { for (const item of list) yield item } async function* pages() { yield* (await gh.page()).items }
for (const item of walk((await gh.list()).items)) item.a; for await (const item of pages()) item.b;
const cache = new Map(); cache.set(1, await gh.kept()); cache.get(1).c; for (const [, v] of cache) v.d; [...cache.values()][0].e;
const byId = new Map((await gh.all()).map((one) => [one.id, one])); byId.get(2).f;
const set = new Set((await gh.set()).items); for (const one of set) one.g; const state = { rows: [] }; state.rows.push(await gh.row());
state.rows[0].h; Object.values((await gh.record()).parts)[0].i; for (const [k, v] of Object.entries((await gh.record()).parts)) v.j;
for (const [n, item] of (await gh.list()).items.entries()) item.k; let late; if (state) late = await gh.x(); else late = await gh.y(); late.l;
const memo = {}; const get = (id) => (memo[id] ??= gh.memo({ id })); (await get(1)).m; get(2).n;
({ o: late } = await gh.o()); const grouped = Object.groupBy((await gh.list()).items, (item) => item.p);
"
    ), @"
    2:105 `gh.page` gh/page() Awaited
      2:95 `(await gh.page()).items` reads items.[]
      2:113 `(await gh.page()).items` reads items
      3:84 `pages()` reads items.[]
      3:98 `item.b` reads items.[].b
    3:35 `gh.list` gh/list() Awaited
      2:43 `list` reads items.[]
      3:20 `walk((await gh.list()).items)` reads items.[]
      3:43 `(await gh.list()).items` reads items
      3:56 `item.a` reads items.[].a
    4:48 `gh.kept` gh/kept() Awaited
      4:70 `cache.get(1).c` reads c
      4:102 `v.d` reads d
      4:128 `[...cache.values()][0].e` reads e
      5:81 `byId.get(2).f` reads f
    5:32 `gh.all` gh/all() Awaited
      5:39 `(await gh.all()).map` reads map()
      5:57 `one.id` reads [].id
      5:81 `byId.get(2).f` reads [].f
    6:31 `gh.set` gh/set() Awaited
      6:21 `(await gh.set()).items` reads items.[]
      6:38 `(await gh.set()).items` reads items
      6:64 `set` reads items.[]
      6:73 `one.g` reads items.[].g
    6:129 `gh.row` gh/row() Awaited
      7:15 `state.rows[0].h` reads h
    7:42 `gh.record` gh/record() Awaited
      7:52 `(await gh.record()).parts` reads parts
      7:62 `Object.values((await gh.record()).parts)[0].i` reads parts.[?].i
    7:111 `gh.record` gh/record() Awaited
      7:121 `(await gh.record()).parts` reads parts
      7:131 `v.j` reads parts.[?].j
    8:35 `gh.list` gh/list() Awaited
      8:43 `(await gh.list()).items` reads items
      8:49 `(await gh.list()).items.entries` reads items.entries()
      8:65 `item.k` reads items.[].k
    8:105 `gh.x` gh/x() Awaited
      8:141 `late.l` reads l
    8:131 `gh.y` gh/y() Awaited
      8:141 `late.l` reads l
    9:55 `gh.memo` gh/memo({id: ?}) Awaited
      9:85 `(await get(1)).m` reads m
    10:25 `gh.o` gh/o() Awaited
      8:141 `late.l` reads o.l
      10:4 `o: late` reads o
    10:72 `gh.list` gh/list() Awaited
      10:80 `(await gh.list()).items` reads items
      10:102 `item.p` reads items.[].p
    9:95 `get(2).n` promise of `gh.memo`: property n, wait for `get(…)` before `.n`
    ");
}

#[test]
fn what_may_be_something_else_is_guarded() {
    insta::assert_snapshot!(check(
        r"
const label = (x) => x.a; label(await gh.one()); label({ a: 1 }); const unknown = (x) => x.b; window.use(unknown);
const rows = (await gh.list()).map((r) => ({ ...r, extra: 1 })); rows[0].extra; rows[0].c; const out = { ...(await gh.one()), d: 1 }; out.d;
const either = flag ? await gh.one() : { e: 1 }; either.e; const list = []; list.push(await gh.one()); fill(list); list[0].f;
function fill(l) { l.push({ f: 1 }) } const held = { p: gh.p() }; for (const k in held) held[k] = await held[k]; held.p.g;
let value = gh.v(); value = await value; value.h; class Late { then(ok) { ok(1) } } (await new Late()).i;
const handlers = { one: (x) => x.j }; handlers[kind](await gh.one()); const proxied = wrap(await gh.one()); proxied.k;
"
    ), @"
    2:42 `gh.one` gh/one() Awaited
      2:24 `x.a` reads a guarded
    2:95 `window` undeclared window.use
    3:24 `gh.list` gh/list() Awaited
      3:32 `(await gh.list()).map` reads map()
      3:89 `rows[0].c` reads [].c
    3:119 `gh.one` gh/one() Awaited
    4:16 `flag` undeclared flag
    4:32 `gh.one` gh/one() Awaited
      4:57 `either.e` reads e guarded
    4:96 `gh.one` gh/one() Awaited
      4:124 `list[0].f` reads f guarded
    5:60 `gh.p` gh/p() Elsewhere
      5:121 `held.p.g` reads g guarded
    6:16 `gh.v` gh/v() Awaited
      6:48 `value.h` reads h guarded
    7:48 `kind` undeclared kind
    7:63 `gh.one` gh/one() Awaited
    7:87 `wrap` undeclared wrap
    7:101 `gh.one` gh/one() Awaited
    ");
}
