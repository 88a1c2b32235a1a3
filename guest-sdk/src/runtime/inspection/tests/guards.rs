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
    ), @r"
    2:16 `gh.a` gh/a() Awaited guarded
    3:16 `gh.b` gh/b() Awaited
    4:10 `gh.c` gh/c() Awaited guarded
    4:39 `gh.c2` gh/c2() Awaited guarded
    5:10 `gh.d` gh/d() Awaited guarded
    5:21 `gh?.e` gh/e() Dropped
    5:26 `nope` undeclared nope.f
    5:55 `tools.nope?.g` nope/g() Awaited guarded
    6:8 `gh.h` gh/h guarded
    6:20 `gh.h` gh/h() Awaited guarded
    6:49 `gh.i` gh/i() Awaited guarded
    6:64 `gh.j` gh/j guarded
    6:87 `gh.j` gh/j() Dropped guarded
    7:30 `gh.k` gh/k() Awaited guarded
    8:22 `l` gh/l guarded
    8:40 `l` gh/l() Awaited guarded
    9:36 `tools.other.m` other/m() Awaited guarded
    9:71 `tools.third` third/* guarded
    9:92 `tools.fourth` fourth/*
    11:11 `gh.end` gh/end() Awaited
    12:10 `gh.n` gh/n() Awaited guarded
    13:75 `gh.o` gh/o() Elsewhere guarded
    ");
    insta::assert_snapshot!(check(
        "if (Object.keys(my_server).includes('a')) await my_server.z(); if (false) await my_server.b();\nconst DEBUG = false; DEBUG && my_server.c();\nconst has = (s, t) => names.has(t); if (has('gh', 'a')) await gh.a();\nconst names = new Set(['b', 'c']); const ok = names.has('b'); if (!ok) throw 1;\nawait gh.b(); await gh.c(); await gh.d({ is: 'd' });"
    ), @r#"
    1:59 `my_server.z` my_server/z() Awaited guarded
    1:91 `my_server.b` my_server/b() Awaited guarded
    2:41 `my_server.c` my_server/c() Dropped guarded
    3:66 `gh.a` gh/a() Awaited guarded
    5:10 `gh.b` gh/b() Awaited guarded
    5:24 `gh.c` gh/c() Awaited
    5:38 `gh.d` gh/d({is: "d"}) Awaited
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
    ), @r"
    2:35 `gh.a` gh/a() Awaited guarded
    3:36 `gh.b` gh/b() Awaited
    4:35 `gh.c` gh/c() Awaited guarded
    5:34 `gh.d` gh/d() Awaited
    7:21 `gh.e` gh/e() Elsewhere guarded
    8:42 `gh.f` gh/f() Awaited
    9:45 `gh.g` gh/g() Awaited guarded
    10:30 `gh.h` gh/h() Dropped
    10:55 `gh.i` gh/i() Elsewhere
    10:81 `gh.j` gh/j() Elsewhere guarded
    10:107 `gh.k` gh/k() Elsewhere guarded
    12:33 `gh.l` gh/l() Awaited
    12:50 `gh.m` gh/m() Dropped guarded
    13:25 `gh.n` gh/n() Awaited
    14:26 `gh.o` gh/o() Elsewhere guarded
    15:59 `gh.p` gh/p() Awaited
    16:34 `gh.q` gh/q() Awaited guarded
    17:34 `gh.r` gh/r() Awaited
    18:21 `gh.s` gh/s() Elsewhere guarded
    19:5 async forEach
    ");
}
