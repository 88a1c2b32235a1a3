use super::check;

#[test]
fn promises_used_as_results_are_told() {
    insta::assert_snapshot!(check(
        r#"
const r = gh.a(); r.items.length; r["x"]; r?.y; `${r}`; r + 1; r > 2; r === "text"; [...r]; for (const x of r) {}
const { b } = gh.b(); const [c] = gh.c(); gh.d().items.map(i => i.id); JSON.stringify(gh.e());
Object.keys(gh.f()); String(gh.g());
r.then; r.toString(); r.hasOwnProperty("x"); r == null;
const list = [1].map(i => gh.h({ i })); list[0].x; list.map(p => p.y);
const get = (id) => gh.i({ id }); get(1).z; const got = get(2); got.w;
"#
    ), @r#"
    2:14 `gh.a` gh/a() Elsewhere
      2:21 `r.items` promise: property items
      2:37 `r["x"]` promise: property x
      2:46 `r?.y` promise: property y
      2:52 `r` promise: converted
      2:57 `r` promise: converted
      2:64 `r` promise: converted
      2:71 `r` promise: converted
      2:89 `...r` promise: iterated
      2:109 `r` promise: iterated
    3:18 `gh.b` gh/b() Elsewhere
      3:9 `b` promise: property b
    3:38 `gh.c` gh/c() Elsewhere
      3:29 `[c]` promise: iterated
    3:46 `gh.d` gh/d() Elsewhere
      3:50 `gh.d().items` promise: property items
    3:90 `gh.e` gh/e() Elsewhere
      3:87 `gh.e()` promise: converted
    4:16 `gh.f` gh/f() Elsewhere
      4:13 `gh.f()` promise: iterated
    4:32 `gh.g` gh/g() Elsewhere
      4:29 `gh.g()` promise: converted
    6:30 `gh.h` gh/h({i: ?}) Elsewhere
      6:49 `list[0].x` promise: property x
      6:68 `p.y` promise: property y
    7:24 `gh.i` gh/i({id: ?}) Elsewhere
      7:42 `get(1).z` promise: property z
      7:69 `got.w` promise: property w
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
    ), @r"
    2:14 `gh.a` gh/a() Awaited
      2:40 `r.x` reads x
    3:17 `gh.b` gh/b() Awaited
    3:25 `gh.c` gh/c() Awaited
    4:34 `gh.d` gh/d() Awaited
    5:17 `gh.e` gh/e() Awaited guarded
      5:33 `x.y` reads y guarded
    5:82 `gh.f` gh/f() Awaited
    6:24 `gh.g` gh/g() Awaited guarded
    6:60 `gh.h` gh/h() Awaited
      6:68 `x.y` reads y guarded
    6:98 `gh.i` gh/i() Elsewhere guarded
    7:24 `gh.j` gh/j() Elsewhere guarded
    7:37 `gh.k` gh/k() Elsewhere guarded
    7:56 `gh.l` gh/l() Awaited
    7:99 `gh.m` gh/m() Elsewhere guarded
    8:21 `gh.n` gh/n() Awaited
      8:42 `(await obj.p).z` reads z
    8:56 `gh.o` gh/o() Elsewhere guarded
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
    ), @r"
    2:4 `gh.a` gh/a() Dropped
    2:27 `gh.b` gh/b() Dropped
    2:50 `gh.c` gh/c() Dropped
    3:21 `gh.d` gh/d({i: ?}) Dropped
    3:54 `gh.e` gh/e({i: ?}) Dropped
    3:84 `gh.f` gh/f({i: ?}) Dropped
    4:35 `gh.g` gh/g({i: ?}) Awaited
    5:35 `gh.h` gh/h({i: ?}) Awaited
    6:25 `gh.i` gh/i() Dropped
    6:48 `gh.j` gh/j() Dropped
    6:66 `gh.k` gh/k() Dropped
    6:75 `gh.l` gh/l() Dropped
    6:106 `gh.m` gh/m(?) Dropped
    7:4 `gh.last` gh/last() Awaited
    4:5 async forEach
    5:50 async forEach
    ");
}
