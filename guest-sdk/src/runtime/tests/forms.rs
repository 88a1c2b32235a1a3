use super::{error, value};

#[track_caller]
fn check(source: &str, expected: &str) {
    assert_eq!(value(source), expected, "{source}");
}

#[test]
fn every_form_returns_its_value() {
    check("return 1 + 1", "=2");
    check("1 + 1", "=2");
    check("\"text\"", "text");
    check("const a: number = 2; a * 3", "=6");
    check("```ts\nreturn 'fenced';\n```\n", "fenced");
    check(
        "Here it is:\n\n```js\nreturn 'fenced';\n```\nDone.",
        "fenced",
    );
    check("async () => { return 'arrow' }", "arrow");
    check("async function main() { return 'main' }", "main");
    check("const run = async () => 'run'; const other = 1;", "run");
    check("async function main() { return 'once' }\nmain()", "once");
    check(
        "let n = 0; async function main() { n++; }\nawait main(); return n",
        "=1",
    );
    check(
        "export default async function () { return 'default' }",
        "default",
    );
    check(
        "export default async function main() { return 'default' }",
        "default",
    );
    check("export const x = 1; export default x + 1", "=2");
    check("import type { A } from 'a'; return 3", "=3");
    check("if (true) { 'yes' } else { 'no' }", "yes");
    check("{ a: 1, b: 2 }", "={\"a\":1,\"b\":2}");
    check("enum E { A, B } return E.B", "=1");
    check("const x = 1;", "undefined");
    check("await Promise.resolve(4)", "=4");
}

#[test]
fn a_named_function_exported_as_default_is_called() {
    let report = "export default async function report() { return E }";
    check(&format!("const E = 1;\n{report}"), "=1");
    check(&format!("{report}\nconst E = 2;"), "=2");
    check(
        &format!("const E = 3;\n{report}\nfunction main() {{}}"),
        "=3",
    );
    check(
        "const report = () => 4, E = 1; export { report as default }",
        "=4",
    );
    check(
        "const E = 1; const report = async () => E; export { E, report as default }",
        "=1",
    );
    check(
        "let n = 0; export default function report() { n++ }\nreport(); return n",
        "=1",
    );
    check(
        "export default function part() { return 1 }\nasync function main() { return part() + 1 }",
        "=2",
    );
}

#[test]
fn globals_go_to_a_function_that_may_want_them() {
    let has = "return typeof";
    check("async function main(n = 3) { return n }", "=3");
    check(
        "async function main(argv = []) { return argv.length }",
        "=0",
    );
    check("const main = (...args) => args.length", "=0");
    check(
        &format!("function main(tools) {{ {has} tools.URL }}"),
        "function",
    );
    check(&format!("async ({{ URL }}) => {{ {has} URL }}"), "function");
    check(
        &format!("async ({{ URL }} = {{}}) => {{ {has} URL }}"),
        "function",
    );
    check("async (n = 3) => n", "=3");
    check("const f = (n = 4) => n;\nexport default f", "=4");
    check("export default async function (n = 5) { return n }", "=5");
    check("const f = (n = 6) => n;\nf", "=6");
}

#[test]
fn imports_of_values_are_refused() {
    let error = error("import fs from 'fs';\nreturn 1");
    assert_eq!(
        error.message,
        "`fs` cannot be imported: a script loads no modules"
    );
    assert_eq!(error.position.map(|at| (at.line, at.column)), Some((1, 1)));
}

#[test]
fn typescript_is_stripped_or_lowered() {
    check("namespace N { export const a = 3 } return N.a", "=3");
    check("const enum C { A = 4 } return C.A", "=4");
    check(
        "enum S { A = 'x', B = 'y' } return Object.values(S)",
        r#"=["x","y"]"#,
    );
    check(
        "abstract class A { constructor(private x: number, readonly y = 2) {} get s() { return this.x + this.y } }\n\
         class B extends A {} return new B(3).s",
        "=5",
    );
    check("const f = <T,>(x: T): T => x; return f<number>(5)", "=5");
    check(
        "const o = { a: 1 } satisfies Record<string, number>; return o!.a as number",
        "=1",
    );
    check("let v = <any>5; return v", "=5");
    check(
        "declare const z: number; type X = { a: string }; interface I { b: X } return 'types'",
        "types",
    );
    check(
        "function f(a: string): string; function f(a: any) { return a } return f(3 as any)",
        "=3",
    );
}

#[test]
fn odd_but_right_sources_run() {
    check("#!/usr/bin/env node\nreturn 1", "=1");
    check("\u{feff}return 1", "=1");
    check("const a = 1;\r\nreturn a\r\n", "=1");
    check("", "undefined");
    check("// nothing", "undefined");
    check("let package = 1; return package", "=1");
    check("x = 5; return x", "=5");
    check("(async () => { return 7 })()", "=7");
    check(
        "function helper() { return 8 }\nexport async function run() { return helper() }",
        "=8",
    );
    check(
        "async ({ my_server }) => Object.keys(my_server)",
        r#"=["get_item","list"]"#,
    );
    check("function* main() { yield 1 }", "undefined");
    check("export { x }; const x = 1; x", "=1");
    check("return this === globalThis", "=true");
    check(
        "for await (const x of [1, Promise.resolve(2)]) { if (x === 2) return x }",
        "=2",
    );
    check(
        "return [eval('1 + 1'), new Function('a', 'return a + 1')(2)]",
        "=[2,3]",
    );
    check(
        "try { await import('fs') } catch (e) { e.message }",
        "`fs` cannot be imported: a script loads no modules",
    );
}

#[track_caller]
fn refused(source: &str, message: &str, column: u32) {
    let error = error(source);
    assert_eq!(error.message, message, "{source}");
    assert_eq!(
        error.position.map(|at| (at.line, at.column)),
        Some((1, column)),
        "{source}"
    );
    assert_eq!(error.kind, crate::contract::ErrorKind::Syntax);
}

#[test]
fn what_is_not_supported_is_named() {
    refused(
        "class A { @dec m() {} } return 1",
        "decorators are not supported",
        11,
    );
    refused(
        "class A { accessor z = 3 }",
        "`accessor` fields are not supported",
        11,
    );
    refused(
        "return import.meta.url",
        "`import.meta` is not supported: a script is no module",
        8,
    );
    refused(
        "import x = require('fs'); return 1",
        "modules cannot be imported: a script loads none",
        1,
    );
    refused(
        "export * from 'a'",
        "`a` cannot be exported from: a script loads no modules",
        1,
    );
    refused("<div>hi</div>", "Unterminated regular expression", 9);
    refused("if (true) { return 1", "Expected `}` but found `EOF`", 21);
}

#[test]
fn the_warm_up_runs_to_its_end() {
    let json = value(include_str!("../warm_up.ts"));
    assert!(json.starts_with("={\"all\":[1,3,5"), "{json}");
}
