use super::check;

#[test]
fn reads_of_results_are_followed() {
    insta::assert_snapshot!(check(
        r"
const r = await gh.list();
const { items, total = 0, page: { next }, ...others } = r;
for (const { title, user: { login } } of items) console.log(title, login);
const titles = r.items.filter(i => i.open).map(({ name }) => name);
const first = r.items[0].id; const same = r.items.find(i => i.id === 1).label;
(await gh.get()).deep.er;
gh.get().then(x => x.via).then(y => y.more);
const copy = [...r.items]; copy.forEach(c => c.inCopy);
others.rest.of;
return r.items.sort((a, b) => a.x - b.y).slice(0, 3).reduce((sum, i) => sum + i.size, 0);
"
    ), @"
    2:20 `gh.list` gh/list() Awaited
      3:9 `items` reads items
      3:16 `total` reads total guarded
      3:27 `page` reads page
      3:35 `next` reads page.next
      4:14 `title` reads items.[].title
      4:21 `user` reads items.[].user
      4:29 `login` reads items.[].user.login
      4:42 `items` reads items.[]
      5:18 `r.items` reads items
      5:24 `r.items.filter` reads items.filter()
      5:38 `i.open` reads items.[].open guarded
      5:44 `r.items.filter(i => i.open).map` reads items.map()
      5:51 `name` reads items.[].name
      6:17 `r.items` reads items
      6:23 `r.items[0]` reads items.[]
      6:26 `r.items[0].id` reads items.[].id
      6:45 `r.items` reads items
      6:51 `r.items.find` reads items.find()
      6:63 `i.id` reads items.[].id
      6:73 `r.items.find(i => i.id === 1).label` reads items.[].label
      9:18 `...r.items` reads items.[]
      9:20 `r.items` reads items
      9:48 `c.inCopy` reads items.[].inCopy
      10:8 `others.rest` reads rest
      10:13 `others.rest.of` reads rest.of
      11:10 `r.items` reads items
      11:16 `r.items.sort` reads items.sort()
      11:33 `a.x` reads items.[].x
      11:39 `b.y` reads items.[].y
      11:42 `r.items.sort((a, b) => a.x - b.y).slice` reads items.slice()
      11:54 `r.items.sort((a, b) => a.x - b.y).slice(0, 3).reduce` reads items.reduce()
      11:81 `i.size` reads items.[].size
    7:11 `gh.get` gh/get() Awaited
      7:18 `(await gh.get()).deep` reads deep
      7:23 `(await gh.get()).deep.er` reads deep.er
    8:4 `gh.get` gh/get() Dropped, wait for `gh.get().then(x => x.via).then(…)`
      8:22 `x.via` reads via
      8:39 `y.more` reads via.more
    ");
}

#[test]
fn results_of_several_calls_are_told_apart() {
    insta::assert_snapshot!(check(
        r#"
const [a, { b }] = await Promise.all([gh.a(), gh.b()]);
a.x;
const all = await Promise.all(["1"].map((id) => gh.c({ id })));
all.map(c => c.y); all[0].z; for (const c of all) c.w;
const each = await Promise.all(["1"].map(async (id) => { const got = await gh.d({ id }); return got.inner; }));
each.flatMap(e => e.list).map(l => l.name);
const settled = await Promise.allSettled([gh.e(), gh.f()]);
settled[1].value.v;
const one = async (id) => { const it = await gh.g({ id }); return it.found; };
(await one(1)).field;
const got = [], jobs = []; got.push(...(await gh.i()).items); got[0].of; for (const n of [1]) jobs.push(gh.j({ n }));
for (const job of await Promise.all(jobs)) job.done; const mixed = []; mixed.push(await gh.k(), { x: 1 }); mixed[0].x;
mixed.push(1); [...(await gh.l()).items, { own: 1 }].map(x => x.own); [...mixed, await gh.m()].map(x => x.own);
const { gh: g2 } = tools; let late; try { late = await g2.h() } finally {} late.kept;
"#
    ), @r#"
    2:42 `gh.a` gh/a() Awaited
      3:3 `a.x` reads x
    2:50 `gh.b` gh/b() Awaited
      2:13 `b` reads b
    4:52 `gh.c` gh/c({id: "1"}) Awaited
      5:16 `c.y` reads y
      5:27 `all[0].z` reads z
      5:53 `c.w` reads w
    6:79 `gh.d` gh/d({id: "1"}) Awaited
      6:101 `got.inner` reads inner
      7:21 `e.list` reads inner.list
      7:38 `l.name` reads inner.list.[].name
      7:38 `l.name` reads inner.list.name
    8:46 `gh.e` gh/e() Awaited coped with
    8:54 `gh.f` gh/f() Awaited coped with
      9:18 `settled[1].value.v` reads v
    10:49 `gh.g` gh/g({id: 1}) Awaited
      10:70 `it.found` reads found
      11:16 `(await one(1)).field` reads found.field
    12:50 `gh.i` gh/i() Awaited
      12:40 `...(await gh.i()).items` reads items.[]
      12:55 `(await gh.i()).items` reads items
      12:67 `got[0]` reads items.[]
      12:70 `got[0].of` reads items.[].of
    12:108 `gh.j` gh/j({n: 1}) Awaited
      13:48 `job.done` reads done
    13:92 `gh.k` gh/k() Awaited
      13:117 `mixed[0].x` reads x guarded
      14:107 `x.own` reads own guarded
    14:30 `gh.l` gh/l() Awaited
      14:20 `...(await gh.l()).items` reads items.[]
      14:35 `(await gh.l()).items` reads items
      14:65 `x.own` reads items.[].own guarded
    14:91 `gh.m` gh/m() Awaited
      14:107 `x.own` reads own guarded
    15:59 `g2.h` gh/h() Awaited
      15:81 `late.kept` reads kept
    "#);
}

#[test]
fn what_the_script_tests_for_or_assigns_is_guarded() {
    insta::assert_snapshot!(check(
        r#"
const r = await gh.a();
r?.a; r.b?.length; r.c ?? 0; r.d || 1; if (r.e) r.e.f; const { g = 1 } = r; "h" in r; r.h;
const i = r.i; if (!i) throw 1; typeof r.j; r.k = 2; r.k; r.list.push({ l: 1 }); r.list[0].l;
try { r.m } catch {}
for (const o of r.list) { o.added = 1; o.added; o.real; }
const s = await gh.b(); s[r.n] = 1; s.p;
const t = (await gh.c()) ?? []; t.map(x => x.q); (await gh.c() ?? { z: 1 }).z;
let u = await gh.d(); u = 3; u.v;
Object.assign(await gh.e(), {}).w; const y = Object.assign({}, { extra: 1 }); r.extra;
r.len.length === undefined; r.n2 > 1;
const v = await gh.f(); const w = Array.isArray(v) ? v : v.items; w.map(x => x.y); typeof v.z === "string" && v.z.deep;
"#
    ), @"
    2:20 `gh.a` gh/a() Awaited
      3:4 `r?.a` reads a
      3:9 `r.b` reads b guarded
      3:12 `r.b?.length` reads b.length
      3:22 `r.c` reads c guarded
      3:32 `r.d` reads d guarded
      3:46 `r.e` reads e guarded
      3:51 `r.e` reads e guarded
      3:53 `r.e.f` reads e.f
      3:64 `g` reads g guarded
      3:89 `r.h` reads h guarded
      4:13 `r.i` reads i guarded
      4:42 `r.j` reads j guarded
      4:61 `r.list` reads list
      4:66 `r.list.push` reads list.push()
      4:84 `r.list` reads list
      4:89 `r.list[0]` reads list.[]
      5:9 `r.m` reads m
      6:17 `r.list` reads list.[]
      6:19 `r.list` reads list
      7:29 `r.n` reads n
      11:3 `r.len` reads len
      11:7 `r.len.length` reads len.length guarded
      11:31 `r.n2` reads n2
    7:20 `gh.b` gh/b() Awaited
    8:21 `gh.c` gh/c() Awaited
      8:35 `t.map` reads map()
      8:46 `x.q` reads [].q guarded
    8:60 `gh.c` gh/c() Awaited
      8:77 `(await gh.c() ?? { z: 1 }).z` reads z guarded
    9:18 `gh.d` gh/d() Awaited
      9:32 `u.v` reads v guarded
    10:24 `gh.e` gh/e() Awaited
    12:20 `gh.f` gh/f() Awaited
    ");
}
