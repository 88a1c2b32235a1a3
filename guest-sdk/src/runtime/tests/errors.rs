use super::{error, value};

/// Checks an uncaught error: `line:column name: message`, and part of its hint.
#[track_caller]
pub(super) fn check(source: &str, expected: &str, hint: &str) {
    let error = error(source);
    let place = error
        .position
        .map_or_else(String::new, |at| format!("{}:{} ", at.line, at.column));
    assert_eq!(
        format!("{place}{}: {}", error.name, error.message),
        expected,
        "{source}"
    );
    let given = error.hint.unwrap_or_default();
    assert!(
        given.contains(hint) && given.is_empty() == hint.is_empty(),
        "{source}: {given}"
    );
    assert_eq!(
        error.source_line.is_some(),
        error.position.is_some(),
        "{source}"
    );
}

#[test]
fn calls_of_what_is_no_function_name_it() {
    check(
        "const a = {};\na.foo();",
        "2:1 TypeError: a.foo is not a function",
        "",
    );
    check(
        "const a = {};\nconst q = 1 + a.foo(1);",
        "2:15 TypeError: a.foo is not a function",
        "",
    );
    check(
        "const m = { f() { return {} } };\nm.f().g(1)",
        "2:1 TypeError: m.f().g is not a function",
        "",
    );
    check("let f = 3; f()", "1:12 TypeError: f is not a function", "");
    check(
        "const m = {}; new m.Bar(1)",
        "1:19 TypeError: m.Bar is not a constructor",
        "",
    );
    check(
        "const x: any = {}; (x as any).y!.z()",
        "1:20 TypeError: cannot read properties of undefined (reading 'z'): `(x as any).y` is undefined; `(x as any)` is an empty object",
        "",
    );
}

#[test]
fn unknown_tools_bring_the_nearest() {
    check(
        "await my_server.get_itme({})",
        "1:7 TypeError: my_server.get_itme is not a function",
        "the nearest tools are `my_server.get_item`, `my_server.list`; `Object.keys(my_server)` lists all 2",
    );
    check(
        "await tools.my_server.lists({})",
        "1:7 TypeError: tools.my_server.lists is not a function",
        "`tools.my_server.list`",
    );
}

#[test]
fn reading_from_nothing_names_it() {
    let nothing = "cannot read properties of undefined";
    check(
        "const x = 1;\nfunction f(a) {\n  return a.b.c;\n}\nf({});",
        &format!(
            "3:10 TypeError: {nothing} (reading 'c'): `a.b` is undefined; `a` is an empty object"
        ),
        "",
    );
    check(
        "const data = {};\nconst names = data.items.map(x => x);",
        &format!(
            "2:15 TypeError: {nothing} (reading 'map'): `data.items` is undefined; `data` is an empty object"
        ),
        "",
    );
    check(
        "const f = () => null; f().g()",
        "1:23 TypeError: cannot read properties of undefined or null (reading 'g'): `f()` is undefined or null",
        "",
    );
    check(
        "let rows; for (const row of rows) {}",
        "1:29 TypeError: rows is not iterable: it is undefined",
        "",
    );
    check(
        "let o = null; const { a } = o",
        "1:29 TypeError: cannot destructure o: it is null",
        "",
    );
    check(
        "let q; q.x = 1",
        "1:8 TypeError: cannot set properties of undefined or null (setting 'x'): `q` has no value",
        "",
    );
    for (rows, what) in [("[{}]", "row.a.b"), ("new Set([{}])", "row.a.b")] {
        check(
            &format!("for (const row of {rows}) {{\n  const n = 1 + {what}; }}"),
            &format!(
                "2:17 TypeError: {nothing} (reading 'b'): `row.a` is undefined; `row` is an empty object"
            ),
            "",
        );
    }
    check(
        "for (const row of [{}]) {\n  row.a.push(1); }",
        &format!(
            "2:3 TypeError: {nothing} (reading 'push'): `row.a` is undefined; `row` is an empty object"
        ),
        "",
    );
    check(
        "for (const row of [1]) {\n  if (row) throw new Error('mine'); }",
        "2:18 Error: mine",
        "",
    );
    assert_eq!(value("const o = null; return o?.a.b.c() ?? 'fine'"), "fine");
}

#[test]
fn a_loop_over_no_list_names_what_there_is() {
    check(
        "const page = { items: [], total: 3 };\nfor (const row of page) {}",
        "2:19 TypeError: page is not iterable: it is an object with `items`, `total`",
        "",
    );
    check(
        "let n = 5; for (const x of n) {}",
        "1:28 TypeError: n is not iterable: it is a number",
        "",
    );
    check(
        "for (const x of my_server.list({})) {}",
        "1:17 TypeError: my_server.list({}) is not iterable: it is a promise: put `await` before the call",
        "",
    );
    assert_eq!(
        value(
            "let s = 'ab', m = new Map([[1, 2]]), r = []; for (const c of s) r.push(c); for (const e of m) r.push(e); for (const k of m.keys()) r.push(k); return r"
        ),
        "=[\"a\",\"b\",[1,2],1]"
    );
}

#[test]
fn a_missing_await_is_said() {
    check(
        "const r = my_server.list({});\nreturn r.items.length",
        "2:8 TypeError: cannot read properties of undefined (reading 'length'): `r.items` is undefined, as `r` is a promise: put `await` before the call",
        "",
    );
    check(
        "return my_server.list({}).map(x => x)",
        "1:8 TypeError: my_server.list({}).map is not a function",
        "`my_server.list(…)` is a promise",
    );
    let undefined = "cannot read properties of undefined";
    let as_promise =
        |promise: &str| format!(", as `{promise}` is a promise: put `await` before the call");
    for (script, place, what, promise) in [
        (
            "const r = my_server.list({});\nr.sum.toFixed(2)",
            "2:1",
            "(reading 'toFixed'): `r.sum` is undefined",
            "r",
        ),
        (
            "const s = { r: my_server.list({}) };\ns.r.sum.toFixed(2)",
            "2:1",
            "(reading 'toFixed'): `s.r.sum` is undefined",
            "s.r",
        ),
        (
            "[1].map(async (n) => n)\n.map(p => p.data.at(0))",
            "2:11",
            "(reading 'at'): `p.data` is undefined",
            "p",
        ),
        (
            "const { sum } = my_server.list({});\nsum.toFixed(2)",
            "2:1",
            "(reading 'toFixed'): `sum` is undefined",
            "my_server.list(…)",
        ),
        (
            "const load = async () => 1;\nconst { a } = load(), b = a;\na.b()",
            "3:1",
            "(reading 'b'): `a` is undefined",
            "load(…)",
        ),
    ] {
        let expected = format!(
            "{place} TypeError: {undefined} {what}{}",
            as_promise(promise)
        );
        check(script, &expected, "");
    }
    check(
        "const rs = Promise.all([]);\nrs.map(x => x)",
        "2:1 TypeError: rs.map is not a function",
        "`rs` is a promise: put `await` before the call",
    );
    check(
        "const { items } = my_server.list({});\nfor (const x of items) {}",
        &format!(
            "2:17 TypeError: items is not iterable: it is undefined{}",
            as_promise("my_server.list(…)")
        ),
        "",
    );
    for script in ["[...r]", "Math.max(...r)", "const [a] = r"] {
        let error = error(&format!("const r = my_server.list({{}});\n{script}"));
        assert_eq!(
            error.message,
            "r is not iterable: it is a promise: put `await` before the call"
        );
    }
    check(
        "JSON.parse(my_server.list({}))",
        "1:6 SyntaxError: Unexpected token 'o', \"[object Promise]\" is not valid JSON",
        "a promise was used as text: put `await`",
    );
    // What is awaited meanwhile is no promise any more.
    check(
        "let r = my_server.list({});\nr = await r;\nr.sum.toFixed(2)",
        &format!(
            "3:1 TypeError: {undefined} (reading 'toFixed'): `r.sum` is undefined; `r` is an empty object"
        ),
        "",
    );
}

#[test]
fn patterns_inside_patterns_name_what_is_missing() {
    check(
        "for (const { user: { name } } of [{ user: { name: 1 } }, {}]) {}",
        "1:14 TypeError: cannot destructure user: it is undefined",
        "",
    );
    check(
        "const [first, [second]] = [1];",
        "1:15 TypeError: [second] is not iterable: it is undefined",
        "",
    );
    check(
        "[{}].map(({ data: { rows: [row] } }) => row)",
        "1:13 TypeError: cannot destructure data: it is undefined",
        "",
    );
    check(
        "const { data: { x } } = my_server.list({});",
        "1:9 TypeError: cannot destructure data: it is undefined, as `my_server.list(…)` is a promise: put `await` before the call",
        "",
    );
    assert_eq!(
        value(
            "const f = ({ a: { b = 2, ...c }, d: [e, [g] = [5]] = [4] }, h) => [b, c, e, g, h, f.length]; return f({ a: { x: 1 } }, 7)"
        ),
        "=[2,{\"x\":1},4,5,7,2]"
    );
}

#[test]
fn unknown_globals_bring_what_exists() {
    check(
        "const b = 1 +\n missing",
        "2:2 ReferenceError: missing is not defined",
        "the servers are `my_server`",
    );
    check(
        "my_serve.list()",
        "1:1 ReferenceError: my_serve is not defined",
        "did you mean `my_server`?",
    );
    check(
        "await get_item({})",
        "1:7 ReferenceError: get_item is not defined",
        "`my_server.get_item`",
    );
    check(
        "await fetch('https://x')",
        "1:7 ReferenceError: fetch is not defined",
        "no network",
    );
    check(
        "const fs = require('fs')",
        "1:12 ReferenceError: require is not defined",
        "loads no modules",
    );
    check(
        "process.exit()",
        "1:1 ReferenceError: process is not defined",
        "no access to the machine",
    );
}

#[test]
fn errors_of_the_script_keep_their_place() {
    check(
        "async function f() {\n  throw new RangeError('boo') }\nawait f()",
        "2:9 RangeError: boo",
        "",
    );
    check(
        "```ts\nenum A { B }\nthrow new Error('x')\n```",
        "3:7 Error: x",
        "",
    );
    check(
        "class Mine extends Error { name = 'Mine' }\nthrow new Mine('m')",
        "2:7 Mine: m",
        "",
    );
    check("const e = '😀'; throw new Error(e)", "1:23 Error: 😀", "");
    let hint = "a value that is no error";
    check("throw { a: 1 }", "1:1 : {\"a\":1}", hint);
    check("throw 'text'", "1:1 : \"text\"", hint);
    check(
        "{ a: 1, b: (() => { throw new Error('in') })() }",
        "1:27 Error: in",
        "",
    );
}

#[test]
fn caught_errors_have_the_same_messages() {
    assert_eq!(
        value("try { ({}).f() } catch (e) { return e.message }"),
        "({}).f is not a function"
    );
    assert_eq!(
        value("let a; try { a.b } catch (e) { return e.message }"),
        "cannot read properties of undefined or null (reading 'b'): `a` has no value"
    );
    let stack = value("function f() {\n  return new Error('here').stack }\nf()");
    assert_eq!(
        stack,
        "Error: here\n    at f (script:2:10)\n    at <main> (script:3:1)"
    );
}

#[test]
fn syntax_errors_have_a_place() {
    check("const a = ;", "1:11 SyntaxError: Unexpected token", "");
    check(
        "const a = 1;\nconst a = 2;",
        "2:7 SyntaxError: Identifier `a` has already been declared",
        "",
    );
}
