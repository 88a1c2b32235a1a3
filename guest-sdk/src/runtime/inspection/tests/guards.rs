use super::check;

#[test]
fn what_the_script_copes_with_is_guarded() {
    insta::assert_snapshot!(check(
        r#"
try { await gh.a() } catch {}
try { await gh.b() } finally {}
await gh.c().catch(() => 0); await gh.c2().then(1, 2);
await gh.d?.(); gh?.e(); nope?.f(); await tools.nope?.g();
if (gh.h) await gh.h(); if ("i" in gh) await gh.i(); typeof gh.j === "function" && gh.j();
await Promise.allSettled([gh.k()]);
const l = gh.l; if (!l) throw 1; await l();
if (tools.other) await tools.other.m(); if (tools.third) helper(tools.third); helper(tools.fourth);
function helper() {}
return gh.end();
await gh.n();
async function safe(promise) { return promise.catch(() => null) } safe(gh.o());
"#
    ), @"
    2:16 `gh.a` gh/a() Awaited guarded
    3:16 `gh.b` gh/b() Awaited
    4:10 `gh.c` gh/c() Awaited coped with
    4:39 `gh.c2` gh/c2() Awaited coped with
    5:10 `gh.d` gh/d() Awaited guarded
    5:21 `gh?.e` gh/e() Dropped, wait for `gh?.e()`
    5:26 `nope` undeclared nope.f
    5:55 `tools.nope?.g` nope/g() Awaited guarded
    6:8 `gh.h` gh/h guarded
    6:20 `gh.h` gh/h() Awaited guarded
    6:49 `gh.i` gh/i() Awaited guarded
    6:64 `gh.j` gh/j guarded
    6:87 `gh.j` gh/j() Dropped, wait for `gh.j()` guarded
    7:30 `gh.k` gh/k() Awaited coped with
    8:14 `gh.l` gh/l() Awaited at 8:40 `l` guarded
    9:36 `tools.other.m` other/m() Awaited guarded
    11:11 `gh.end` gh/end() Awaited
    12:10 `gh.n` gh/n() Awaited guarded
    13:75 `gh.o` gh/o() Awaited guarded
    ");
    insta::assert_snapshot!(check(
        "if (Object.keys(my_server).includes('a')) await my_server.z(); if (false) await my_server.b();\nconst DEBUG = false; DEBUG && my_server.c();\nconst has = (s, t) => names.has(t); if (has('gh', 'a')) await gh.a();\nconst names = new Set(['b', 'c']); const ok = names.has('b'); if (!ok) throw 1;\nawait gh.b(); await gh.c(); await gh.d({ is: 'd' });"
    ), @r#"
    1:59 `my_server.z` my_server/z() Awaited guarded
    1:91 `my_server.b` my_server/b() Awaited guarded
    2:41 `my_server.c` my_server/c() Elsewhere guarded
    3:66 `gh.a` gh/a() Awaited guarded
    5:10 `gh.b` gh/b() Awaited guarded
    5:24 `gh.c` gh/c() Awaited guarded
    5:38 `gh.d` gh/d({is: "d"}) Awaited guarded
    "#);
}

#[test]
fn functions_are_as_sure_as_their_calls() {
    insta::assert_snapshot!(check(
        r"
async function never() { await gh.a() }
async function direct() { await gh.b() } await direct();
async function inTry() { await gh.c() } try { await inTry() } catch {}
async function both() { await gh.d() } try { await both() } catch {} await both();
const safe = async (f) => { try { return await f() } catch { return null } };
await safe(() => gh.e());
await Promise.all([1].map(async () => gh.f()));
const jobs = [1].map(async () => { await gh.g(); return 1 }); await Promise.allSettled(jobs);
class K { constructor() { gh.h() } load() { return gh.i() } other() { return gh.j() } get x() { return gh.k() } }
await new K().load();
const o = { run: async () => gh.l(), skip() { gh.m() } }; await o.run();
(async () => { await gh.n() })();
function* g() { yield gh.o() } for (const p of g()) await p;
async function rec(n) { if (n) await rec(n - 1); await gh.p() } await rec(2);
async function self() { await gh.q(); await self() }
await new Promise((done) => { gh.r().then(done) });
setTimeout(() => gh.s(), 1);
[1].forEach(both);
"
    ), @"
    2:35 `gh.a` gh/a() Awaited guarded
    3:36 `gh.b` gh/b() Awaited
    4:35 `gh.c` gh/c() Awaited guarded
    5:34 `gh.d` gh/d() Awaited
    7:21 `gh.e` gh/e() Awaited guarded
    8:42 `gh.f` gh/f() Awaited
    9:45 `gh.g` gh/g() Awaited guarded
    10:30 `gh.h` gh/h() Dropped, wait for `gh.h()` in a plain function
    10:55 `gh.i` gh/i() Awaited
    10:81 `gh.j` gh/j() Elsewhere guarded
    10:107 `gh.k` gh/k() Elsewhere guarded
    12:33 `gh.l` gh/l() Awaited
    12:50 `gh.m` gh/m() Elsewhere guarded
    13:25 `gh.n` gh/n() Awaited
    14:26 `gh.o` gh/o() Awaited
    15:59 `gh.p` gh/p() Awaited
    16:34 `gh.q` gh/q() Awaited guarded
    17:34 `gh.r` gh/r() Elsewhere coped with
    18:21 `gh.s` gh/s() Elsewhere coped with
    13:2 `` dropped, wait for `(…)()`
    19:5 async forEach
    ");
}

#[test]
fn what_others_may_call_is_likely_to_fail() {
    insta::assert_snapshot!(check(
        r#"
bus.on("a", () => gh.a().x); const never = () => gh.b().x; setTimeout(() => gh.c().x, 1);
function* steps() { yield gh.d().x; } const run = steps(); for (const step of steps2()) step; function* steps2() { yield gh.e().x; }
const job = gh.f({}); try { await job } catch {} new Promise((done) => done(gh.g().x)).catch(String);
try { gh.h().x } finally { return 1 }
"#
    ), @"
    2:1 `bus` undeclared bus.on
    2:22 `gh.a` gh/a() Elsewhere guarded
    2:53 `gh.b` gh/b() Elsewhere guarded
    2:80 `gh.c` gh/c() Elsewhere
    3:30 `gh.d` gh/d() Elsewhere likely
    3:125 `gh.e` gh/e() Elsewhere
    4:16 `gh.f` gh/f({}) Awaited coped with
    4:80 `gh.g` gh/g() Elsewhere guarded
    5:10 `gh.h` gh/h() Elsewhere guarded
    2:26 `gh.a().x` promise of `gh.a`: property x likely, wait for `gh.a()` before `.x` in a plain function
    2:57 `gh.b().x` promise of `gh.b`: property x guarded, wait for `gh.b()` before `.x` in a plain function
    2:84 `gh.c().x` promise of `gh.c`: property x, wait for `gh.c()` before `.x` in a plain function
    3:34 `gh.d().x` promise of `gh.d`: property x likely, wait for `gh.d()` before `.x` in a plain function
    3:129 `gh.e().x` promise of `gh.e`: property x, wait for `gh.e()` before `.x` in a plain function
    4:84 `gh.g().x` promise of `gh.g`: property x guarded, wait for `gh.g()` before `.x` in a plain function
    5:14 `gh.h().x` promise of `gh.h`: property x guarded, wait for `gh.h()` before `.x`
    ");
}
