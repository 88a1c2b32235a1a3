use super::check;

#[test]
fn promises_used_as_results_are_told() {
    insta::assert_snapshot!(check(
        r#"
const r = gh.a(); r.items.length; r["x"]; r?.y; `${r}`; r + 1; r > 2; r === "text"; [...r]; for (const x of r) {}
const { b } = gh.b(); const [c] = gh.c(); gh.d().items.map(i => i.id); JSON.stringify(gh.e());
Object.keys(gh.f()); String(gh.g());
r.then; r.toString(); r == null; const asked = gh.q(); asked.hasOwnProperty("x"); asked.x;
const list = [1].map(i => gh.h({ i })); list[0].x; list.map(p => p.y);
const get = (id) => gh.i({ id }); get(1).z; const got = get(2); got.w;
"#
    ), @r#"
    2:14 `gh.a` gh/a() Elsewhere
    3:18 `gh.b` gh/b() Elsewhere
    3:38 `gh.c` gh/c() Elsewhere
    3:46 `gh.d` gh/d() Elsewhere
    3:90 `gh.e` gh/e() Elsewhere
    4:16 `gh.f` gh/f() Elsewhere
    4:32 `gh.g` gh/g() Elsewhere
    5:51 `gh.q` gh/q() Elsewhere
    6:30 `gh.h` gh/h({i: 1}) Elsewhere
    7:24 `gh.i` gh/i({id: number}) Elsewhere
    2:21 `r.items` promise of `gh.a`: property items, wait for `gh.a()`
    2:37 `r["x"]` promise of `gh.a`: property x, wait for `gh.a()`
    2:46 `r?.y` promise of `gh.a`: property y, wait for `gh.a()`
    2:52 `r` promise of `gh.a`: converted, wait for `gh.a()`
    2:57 `r` promise of `gh.a`: converted, wait for `gh.a()`
    2:64 `r` promise of `gh.a`: converted, wait for `gh.a()`
    2:71 `r` promise of `gh.a`: converted, wait for `gh.a()`
    2:89 `...r` promise of `gh.a`: iterated, wait for `gh.a()`
    2:109 `r` promise of `gh.a`: iterated, wait for `gh.a()`
    3:9 `b` promise of `gh.b`: property b, wait for `gh.b()`
    3:29 `[c]` promise of `gh.c`: iterated, wait for `gh.c()`
    3:50 `gh.d().items` promise of `gh.d`: property items, wait for `gh.d()` before `.items`
    3:87 `gh.e()` promise of `gh.e`: converted, wait for `gh.e()`
    4:13 `gh.f()` promise of `gh.f`: iterated, wait for `gh.f()`
    4:29 `gh.g()` promise of `gh.g`: converted, wait for `gh.g()`
    5:89 `asked.x` promise of `gh.q`: property x guarded, wait for `gh.q()`
    6:49 `list[0].x` promise of `gh.h`: property x, wait for all of `[1].map(…)`
    6:68 `p.y` promise of `gh.h`: property y, wait for all of `[1].map(…)`
    7:42 `get(1).z` promise of `gh.i`: property z, wait for `get(…)` before `.z`
    7:69 `got.w` promise of `gh.i`: property w, wait for `get(…)`
    "#);
}

#[test]
fn promises_that_are_awaited_somewhere_are_fine() {
    insta::assert_snapshot!(check(
        r"
const p = gh.a(); const r = await p; r.x;
const all = [gh.b(), gh.c()]; await Promise.all(all);
async function get() { return gh.d() }
await get(); gh.e().then(x => x.y).catch(() => 0); const jobs = []; jobs.push(gh.f()); await Promise.all(jobs);
await Promise.race([gh.g(), 1]); for await (const x of [gh.h()]) x.y; function* gen() { yield gh.i() } gen();
const later = () => gh.j(); void gh.k(); let q; q = gh.l(); await q; class A { load() { return gh.m() } }
const obj = { p: gh.n() }; (await obj.p).z; let z = gh.o(); z = await z; z.y; await Promise.all([...[gh.p2()]]);
const batch = []; batch.push(gh.q()); while (batch.length) await Promise.all(batch.splice(0, 2));
return gh.last();
"
    ), @"
    2:14 `gh.a` gh/a() Awaited
      2:40 `r.x` reads x
    3:17 `gh.b` gh/b() Awaited
    3:25 `gh.c` gh/c() Awaited
    4:34 `gh.d` gh/d() Awaited
    5:17 `gh.e` gh/e() Awaited coped with
      5:33 `x.y` reads y
    5:82 `gh.f` gh/f() Awaited
    6:24 `gh.g` gh/g() Awaited coped with
    6:60 `gh.h` gh/h() Awaited
      6:68 `x.y` reads y
    6:98 `gh.i` gh/i() Dropped, wait for all of `gen()` likely
    7:24 `gh.j` gh/j() Elsewhere guarded
    7:37 `gh.k` gh/k() Elsewhere coped with
    7:56 `gh.l` gh/l() Awaited
    7:99 `gh.m` gh/m() Elsewhere guarded
    8:21 `gh.n` gh/n() Awaited
      8:42 `(await obj.p).z` reads z
    8:56 `gh.o` gh/o() Awaited
      8:76 `z.y` reads y guarded
    8:105 `gh.p2` gh/p2() Awaited
    9:33 `gh.q` gh/q() Awaited
    10:11 `gh.last` gh/last() Awaited
    ");
}

#[test]
fn promises_that_nothing_has_are_dropped() {
    insta::assert_snapshot!(check(
        r"
gh.a(); const unused = gh.b(); if (unused2()) gh.c();
[1].forEach(i => gh.d({ i })); [1].forEach(i => { gh.e({ i }); }); [1].map(i => gh.f({ i }));
[1].forEach(async i => { await gh.g({ i }); });
async function each(i) { await gh.h({ i }) } [1].forEach(each);
function unused2() { gh.i(); } Promise.all([gh.j()]); true && gh.k(); (gh.l(), 1); await [1].map(i => gh.m(i));
gh.last();
"
    ), @"
    2:4 `gh.a` gh/a() Dropped, wait for `gh.a()`
    2:27 `gh.b` gh/b() Dropped, wait for `gh.b()`
    2:50 `gh.c` gh/c() Dropped, wait for `gh.c()`
    3:21 `gh.d` gh/d({i: 1}) Dropped, wait for `[1].forEach(…)` of each
    3:54 `gh.e` gh/e({i: 1}) Dropped, wait for `gh.e(…)` of each in a plain function
    3:84 `gh.f` gh/f({i: 1}) Dropped, wait for all of `[1].map(…)`
    4:35 `gh.g` gh/g({i: 1}) Awaited
    5:35 `gh.h` gh/h({i: 1}) Awaited
    6:25 `gh.i` gh/i() Dropped, wait for `gh.i()` in a plain function
    6:48 `gh.j` gh/j() Dropped, wait for `Promise.all(…)`
    6:66 `gh.k` gh/k() Dropped, wait for `gh.k()`
    6:75 `gh.l` gh/l() Dropped, wait for `gh.l()`
    6:106 `gh.m` gh/m(1) Dropped, wait for all of `[1].map(…)`
    7:4 `gh.last` gh/last() Awaited
    4:5 async forEach
    5:50 async forEach
    ");
}

#[test]
fn where_to_wait_is_where_the_promise_is_given() {
    insta::assert_snapshot!(check(
        r#"
const load = (n) => gh.a({ n }); load(1).x; const one = load(2); one.y; await load(3).then(i => i).z;
const jobs = [1].map((n) => gh.b({ n })); jobs[0].x; for (const job of jobs) job.y; jobs.at(0)["z"];
const kept = []; for (const n of [1]) kept.push(gh.c({ n })); kept.map(k => k.x);
const plain = () => { const r = gh.d(); return r.x }; plain();
const show = (issue) => issue.x; show(gh.e()); const [first] = [1].map(async () => gh.f()); first.x;
const waited = await [1].map(async () => gh.g()); waited[0].x; (async () => gh.h())().x; ((gh.i()))?.x;
const { x } = load(4); const [y] = load(5); for (const z of load(6)) {}
"#
    ), @r#"
    2:24 `gh.a` gh/a({n: number}) Elsewhere
    3:32 `gh.b` gh/b({n: 1}) Elsewhere
    4:52 `gh.c` gh/c({n: 1}) Elsewhere
    5:36 `gh.d` gh/d() Elsewhere
    6:42 `gh.e` gh/e() Elsewhere
    6:87 `gh.f` gh/f() Elsewhere
    7:45 `gh.g` gh/g() Elsewhere
    7:80 `gh.h` gh/h() Elsewhere
    7:95 `gh.i` gh/i() Elsewhere
    2:42 `load(1).x` promise of `gh.a`: property x, wait for `load(…)` before `.x`
    2:70 `one.y` promise of `gh.a`: property y, wait for `load(…)`
    2:100 `load(3).then(i => i).z` promise of `gh.a`: property z, wait for `load(3).then(…)` before `.z`
    3:51 `jobs[0].x` promise of `gh.b`: property x, wait for all of `[1].map(…)`
    3:82 `job.y` promise of `gh.b`: property y, wait for all of `[1].map(…)`
    3:96 `jobs.at(0)["z"]` promise of `gh.b`: property z, wait for all of `[1].map(…)`
    4:79 `k.x` promise of `gh.c`: property x, wait for all of `kept`
    5:50 `r.x` promise of `gh.d`: property x, wait for `gh.d()` in a plain function
    6:31 `issue.x` promise of `gh.e`: property x, wait for `gh.e()`
    6:99 `first.x` promise of `[1].map`: property x, wait for all of `[1].map(…)`
    7:61 `waited[0].x` promise of `[1].map`: property x, wait for all of `[1].map(…)`
    7:87 `(async () => gh.h())().x` promise of ``: property x, wait for `(…)()` before `.x`
    7:102 `((gh.i()))?.x` promise of `gh.i`: property x, wait for `gh.i()` before `?.x`
    8:9 `x` promise of `gh.a`: property x, wait for `load(…)`
    8:30 `[y]` promise of `gh.a`: iterated, wait for `load(…)`
    8:61 `load(6)` promise of `gh.a`: iterated, wait for `load(…)`
    "#);
}

#[test]
fn where_to_wait_for_what_is_dropped() {
    insta::assert_snapshot!(check(
        r"
const load = (n) => gh.a({ n }); load(1); const unused = [1].map((n) => gh.b({ n })); gh.c().then(() => 1);
[1].forEach((n) => gh.d({ n })); [1].forEach((n) => { gh.e({ n }); }); const plain = () => { gh.f(); }; plain();
const save = async () => { await gh.g() }; save(); [1].map(save); const go = () => { save(); }; go();
const given = await gh.h({ body: gh.i() }); const { body } = given;
"
    ), @"
    2:24 `gh.a` gh/a({n: 1}) Dropped, wait for `load(…)`
    2:76 `gh.b` gh/b({n: 1}) Dropped, wait for all of `[1].map(…)`
    2:90 `gh.c` gh/c() Dropped, wait for `gh.c().then(…)`
    3:23 `gh.d` gh/d({n: 1}) Dropped, wait for `[1].forEach(…)` of each
    3:58 `gh.e` gh/e({n: 1}) Dropped, wait for `gh.e(…)` of each in a plain function
    3:97 `gh.f` gh/f() Dropped, wait for `gh.f()` in a plain function
    4:37 `gh.g` gh/g() Awaited
    5:24 `gh.h` gh/h({body: promise}) Awaited
      5:53 `body` reads body
    5:37 `gh.i` gh/i() Elsewhere
    4:44 `save` dropped, wait for `save()`
    4:56 `[1].map` dropped, wait for all of `[1].map(…)`
    4:86 `save` dropped, wait for `save()` in a plain function
    ");
}
