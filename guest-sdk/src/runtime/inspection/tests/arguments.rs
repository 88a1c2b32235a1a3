use super::check;

#[test]
fn arguments_are_told_as_far_as_they_are_written_out() {
    insta::assert_snapshot!(check(
        r#"
const owner = "me"; let n = 1; let m = 2; m++;
await gh.a({ owner, n, m, s: 's' + n, t: `t`, u: `${n}`, v: -1, w: null, x: undefined, y: !0, z: 1n });
await gh.b({ list: [1, "two", ...owner], "quoted": { 3: true }, [owner]: 1, f() {}, g: () => 1, date: new Date() });
await gh.c({ a: 1, ...m, b: 2, a: 3 });
await gh.d("text"); await gh.e(1, 2); await gh.f(...[]); await gh.g(null); await gh.h({});
await gh.i({ state: n ? "open" : "closed", k: n ? 1 : 2, [n]: 1 } as any satisfies object);
"#
    ), @r#"
    3:10 `gh.a` gh/a({owner: "me", n: ?, m: number, s: text, t: "t", u: text, v: -1, w: null, x: undefined, y: boolean, z: ?}) Awaited
    4:10 `gh.b` gh/b({list: [1, "two", ...], quoted: {3: true}, me: 1, f: function, g: function, date: ?}) Awaited
    5:10 `gh.c` gh/c({a: 3, b: 2, ...}) Awaited
    6:10 `gh.d` gh/d("text") Awaited
    6:30 `gh.e` gh/e(?) Awaited 2 arguments
    6:48 `gh.f` gh/f(?) Awaited
    6:67 `gh.g` gh/g(null) Awaited
    6:85 `gh.h` gh/h({}) Awaited
    7:10 `gh.i` gh/i({state: ?, k: ?, ...}) Awaited
    "#);
}

#[test]
fn constants_are_followed_unless_they_change() {
    insta::assert_snapshot!(check(
        r#"
const base = { owner: "me", repo: "it" };
const query = { page: 1 }; query.page = 2;
const passed = { page: 1 }; fill(passed);
const list = ["a"]; list.push("b");
await gh.a(base); await gh.b({ ...base, n: 1 }); await gh.c(query); await gh.d(passed); await gh.e({ list });
function fill(o) { o.page = "x"; }
for (const id of [1, 2]) await gh.f({ id });
await gh.g({ toJSON() { return 1 } }); await gh.h({ __proto__: null, a: 1 }); await gh.i({ who: base.owner });
"#
    ), @r#"
    6:10 `gh.a` gh/a({owner: "me", repo: "it"}) Awaited guarded
    6:28 `gh.b` gh/b({owner: "me", repo: "it", n: 1}) Awaited guarded
    6:59 `gh.c` gh/c({page: ?}) Awaited
    6:78 `gh.d` gh/d(?) Awaited
    6:98 `gh.e` gh/e({list: ?}) Awaited
    8:35 `gh.f` gh/f({id: number}) Awaited
    9:10 `gh.g` gh/g(?) Awaited
    9:49 `gh.h` gh/h({a: 1, ...}) Awaited
    9:88 `gh.i` gh/i({who: "me"}) Awaited
    "#);
}

#[test]
fn promises_as_arguments_are_told() {
    insta::assert_snapshot!(check(
        r"
const user = gh.me();
await gh.a({ user, id: gh.id(), ok: await gh.id(), then: gh.id().then(x => x.id) });
await user;
"
    ), @"
    2:17 `gh.me` gh/me() Awaited
    3:10 `gh.a` gh/a({user: promise, id: promise, ok: ?, then: promise}) Awaited
    3:27 `gh.id` gh/id() Elsewhere
    3:46 `gh.id` gh/id() Awaited
    3:61 `gh.id` gh/id() Elsewhere
      3:78 `x.id` reads id
    ");
}

#[test]
fn what_is_written_down_is_bounded() {
    let long = "x".repeat(70_000);
    insta::assert_snapshot!(check(&format!("await gh.a({{ s: '{long}' }})")), @"1:10 `gh.a` gh/a({s: text}) Awaited");
    let deep = format!("{}1{}", "[".repeat(100), "]".repeat(100));
    assert!(check(&format!("await gh.a({{ s: {deep} }})")).contains("[?]"));
    let many = check(&"await gh.a({}); await gh.a({});\n".repeat(1_500));
    assert_eq!(many.lines().count(), 1_001);
    assert!(many.ends_with("incomplete"));
    let chain = format!("const r = await gh.a(); r{}", ".a".repeat(5_000));
    assert!(check(&chain).lines().count() < 30);
    let fields: String = (0..25_000).map(|n| format!("k{n}: 1,")).collect();
    let found = check(&format!("await gh.a({{ {fields} }})"));
    assert!(
        found.ends_with("...}) Awaited\nincomplete"),
        "{}",
        found.len()
    );
}

#[test]
fn what_is_done_to_nested_values_through_other_names_is_seen() {
    insta::assert_snapshot!(check(
        r#"
const lines = [{ sku: "a" }]; for (const line of lines) line.n = 1; await gh.a({ lines });
const query = { range: {}, limit: 1 }; const { range } = query; range.from = 1; await gh.b(query);
const copy = { range: {} }; const shallow = { ...copy }; shallow.range.to = 2; await gh.c(copy);
const draft = { title: "t" }; const sent = { ...draft }; draft.at = "now"; await gh.d(sent);
const kept = { tags: ["x"], deep: { n: 1 } }; console.log(kept.deep.n, kept.tags.length); await gh.e(kept);
const said = "latest"; if (known.has(said)) await gh.f({ said }); const plain = "p"; console.log(plain); await gh.g({ plain });
const get = (id = 1, { state = "all" } = {}) => gh.h({ id, state }); await get(); await get();
for (const n of ["1", "2"]) await gh.i({ n }); for (const key in kept) await gh.j({ key });
"#
    ), @r#"
    2:78 `gh.a` gh/a({lines: [?]}) Awaited guarded
    3:90 `gh.b` gh/b({range: ?, limit: 1}) Awaited
    4:89 `gh.c` gh/c({range: ?}) Awaited
    5:85 `gh.d` gh/d({...}) Awaited
    6:100 `gh.e` gh/e({tags: ["x"], deep: {n: 1}}) Awaited
    7:28 `known` undeclared known.has
    7:54 `gh.f` gh/f({said: ?}) Awaited
    7:115 `gh.g` gh/g({plain: "p"}) Awaited
    8:52 `gh.h` gh/h({id: 1, state: "all"}) Awaited
    9:38 `gh.i` gh/i({n: text}) Awaited
    9:81 `gh.j` gh/j({key: text}) Awaited
    "#);
}
