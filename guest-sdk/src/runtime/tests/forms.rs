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
fn imports_of_values_are_refused() {
    let error = error("import fs from 'fs';\nreturn 1");
    assert_eq!(
        error.message,
        "`fs` cannot be imported: a script loads no modules"
    );
    assert_eq!(error.position.map(|at| (at.line, at.column)), Some((1, 1)));
}
