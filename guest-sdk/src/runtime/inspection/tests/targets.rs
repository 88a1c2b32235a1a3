use super::{Runtime, State, check, with_start};

#[test]
fn names_of_tools_are_found_however_they_are_written() {
    insta::assert_snapshot!(check(
        r#"
const a = await gh.list({ n: 1 });
const b = await tools.gh.list();
const c = await tools["my-server"]["get-item"]({ id: "x" });
const d = await callTool("gh", "list", { n: 2 });
const e = await callTool("my-server.get-item", { n: 3 });
const f = await globalThis.gh.list();
const g = await gh.sub.list();
return [a, b, c, d, e, f, g];
"#
    ), @r#"
    2:20 `gh.list` gh/list({n: 1}) Awaited
    3:26 `tools.gh.list` gh/list() Awaited
    4:36 `tools["my-server"]["get-item"]` my-server/get-item({id: "x"}) Awaited
    5:17 `callTool` gh/list({n: 2}) Awaited
    6:17 `callTool` my-server/get-item({n: 3}) Awaited
    7:31 `globalThis.gh.list` gh/list() Awaited
    8:20 `gh.sub` gh/sub
    "#);
}

#[test]
fn aliases_are_followed() {
    insta::assert_snapshot!(check(
        r#"
const github = gh;
const { list, get: fetchOne } = github;
const { gh: other, ["my-server"]: mine } = tools;
const create = gh.create;
let late;
late = my_server;
const holder = { api: gh };
await github.one();
await list();
await fetchOne({ id: 1 });
await other.two();
await mine.three();
await create();
await late.four();
await holder.api.five();
const name = "six";
await gh[name]();
await (gh as any).seven();
await gh!.eight();
"#
    ), @"
    3:9 `list` gh/list() Awaited at 10:7 `list`
    3:15 `get` gh/get({id: 1}) Awaited at 11:7 `fetchOne`
    5:19 `gh.create` gh/create() Awaited at 14:7 `create`
    9:14 `github.one` gh/one() Awaited
    12:13 `other.two` gh/two() Awaited
    13:12 `mine.three` my-server/three() Awaited
    15:12 `late.four` my_server/four() Awaited
    16:18 `holder.api.five` gh/five() Awaited
    18:10 `gh[name]` gh/six() Awaited
    19:19 `(gh as any).seven` gh/seven() Awaited
    20:11 `gh!.eight` gh/eight() Awaited
    ");
}

#[test]
fn what_cannot_be_told_is_any_tool() {
    insta::assert_snapshot!(check(
        r#"
for (const name of ["a", "b"]) { await gh[name]({ name }); }
async function page(api) { return api.list(); }
await page(gh);
await tools[process.argv]["x"]();
Object.values(tools);
const { one, ...rest } = my_server;
const which = Math.random() > 1 ? gh.a : gh.b;
await which();
await callTool(name);
["x"].map(gh.each);
let changing = gh; changing = my_server; await changing.list();
eval("1");
"#
    ), @r#"
    2:43 `gh[name]` gh/*({name: ?}) Awaited
    3:39 `api.list` gh/list() Awaited
    5:13 `process` undeclared process.argv guarded
    5:27 `tools[process.argv]["x"]` *() Awaited
    6:15 `tools` *
    7:9 `one` my_server/one
    8:38 `gh.a` gh/a guarded
    8:45 `gh.b` gh/b() Elsewhere at 9:7 `which` guarded
    10:7 `callTool` *(?) Awaited
    10:16 `name` undeclared name guarded
    11:14 `gh.each` gh/each
    12:57 `changing.list` gh/list guarded
    12:57 `changing.list` my_server/list() Elsewhere guarded
    incomplete
    "#);
}

#[test]
fn the_function_that_is_the_script_is_given_the_globals() {
    insta::assert_snapshot!(check(
        "async ({ gh, tools: { my_server: mine } }) => { await gh.list(); return mine.get() }"
    ), @"
    1:58 `gh.list` gh/list() Awaited
    1:78 `mine.get` my_server/get() Awaited
    ");
    insta::assert_snapshot!(check(
        "async function main(globals) { return (await globals.gh.list()).items }"
    ), @r"
    1:57 `globals.gh.list` gh/list() Awaited
      1:65 `(await globals.gh.list()).items` reads items
    ");
    insta::assert_snapshot!(check(
        "```ts\nexport default async () => {\n  return gh.list();\n}\n```"
    ), @"3:13 `gh.list` gh/list() Awaited");
    insta::assert_snapshot!(check(
        "async function main(gh = []) { return gh.length + gh.list() }"
    ), @"");
    insta::assert_snapshot!(check("{ items: await gh.list() }"), @"1:19 `gh.list` gh/list() Awaited");
}

#[test]
fn unknown_names_are_told_and_known_ones_are_not() {
    insta::assert_snapshot!(check(
        r#"
total = 1; total++;
if (true) { function inBlock() {} }
inBlock();
declare const gh: any;
enum Level { A = 1, B = A + 1 }
type T = Missing; let x: Missing2;
const s = new Set(); label: for (;;) break label;
class K { #p = 1; has(o) { return #p in o } }
typeof maybe === "undefined";
globalThis.later = 1; later++;
isPrototypeOf({}); results.get("r1"); emit({}); arguments.length; undefined;
console.log(structuredClone(total), Level.B, toString());
await gh.list();
fetch("x"); axios.get("y"); jira["search"]();
function never() { nope() }
"#
    ), @r"
    14:10 `gh.list` gh/list() Awaited
    15:1 `fetch` undeclared fetch
    15:13 `axios` undeclared axios.get
    15:29 `jira` undeclared jira.search
    16:20 `nope` undeclared nope guarded
    ");
}

#[test]
fn names_of_the_script_are_offered_first() {
    insta::assert_snapshot!(check(
        r"
const issues = await gh.list(); const fetchAll = () => 1; type Custmer = string; isues.length; fetchall(); customer;
const projects = await projcts(); process.env; { const inner = 1; iner; } iner; later2(); const later = 1;
"
    ), @"
    2:25 `gh.list` gh/list() Awaited
    2:82 `isues` undeclared isues.length like issues
    2:96 `fetchall` undeclared fetchall like fetchAll
    2:108 `customer` undeclared customer
    3:24 `projcts` undeclared projcts
    3:35 `process` undeclared process.env
    3:67 `iner` undeclared iner like inner
    3:75 `iner` undeclared iner
    3:81 `later2` undeclared later2
    ");
}

/// What is told to be too early fails, and what is not told does not.
#[test]
fn variables_that_are_read_before_they_are_declared_are_told() {
    let fails = |source: &str| {
        let step = with_start(source, |start| Runtime::new().start(start));
        match step.state {
            State::Threw(error) => error.name == "ReferenceError",
            _ => false,
        }
    };
    for (source, is_told) in [
        ("const gh = await gh.list();", true),
        ("const { gh } = gh;", true),
        ("let x = [x];", true),
        ("for (const gh of gh.items) {}", true),
        ("gh.list; const gh = 1;", true),
        ("const f = () => { const gh = gh.list; }; f();", true),
        ("switch (1) { case 1: typeof x; case 2: let x = 1; }", true),
        ("const f = () => g(); const g = () => 1; f();", false),
        ("const g = () => typeof g; g();", false),
        ("const [a, b = a] = [1]; b;", false),
        ("var x = x;", false),
        ("class A { x = y } const y = 1; new A();", false),
        ("for (let i = 0, j = i; i < 1; i++) j;", false),
        ("const a = 1; { const b = a; }", false),
    ] {
        let found = check(source);
        assert_eq!(found.contains("too early"), is_told, "{source}: {found}");
        assert_eq!(fails(source), is_told, "{source}");
    }
    assert!(check("try { const gh = gh.list } catch {}").contains("guarded"));
}
