//! What `console` prints, beside what Node prints.

use boa_engine::Context;
use boa_engine::object::builtins::JsArray;

use super::format;
use crate::runtime::builtins::web_realm;

/// What `console.log(<arguments>)` prints.
fn printed(arguments: &str, context: &mut Context) -> String {
    let array = web_realm::run(&format!("[{arguments}]"), context);
    let array = JsArray::from_object(array.as_object().unwrap()).unwrap();
    let count = array.length(context).unwrap();
    let args: Vec<_> = (0..count)
        .map(|at| array.get(at, context).unwrap())
        .collect();
    format(&args, context).unwrap()
}

#[track_caller]
fn check(arguments: &str, expected: &str) {
    assert_eq!(printed(arguments, &mut web_realm::realm()), expected);
}

#[test]
fn as_node() {
    let mut context = web_realm::realm();
    let mut wrong = Vec::new();
    for line in include_str!("../../../../fixtures/console.jsonl").lines() {
        let (arguments, expected): (String, String) = serde_json::from_str(line).unwrap();
        let text = printed(&arguments, &mut context);
        if text != expected {
            wrong.push(format!("{arguments}\nNode:\n{expected}\nhere:\n{text}"));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} differ\n{}",
        wrong.len(),
        wrong.join("\n\n")
    );
}

#[test]
fn primitives() {
    check(
        "'text', 1, -0, 1.5, 10n, true, null, undefined",
        "text 1 -0 1.5 10n true null undefined",
    );
    check(
        "Symbol('a'), NaN, -Infinity, 1e21",
        "Symbol(a) NaN -Infinity 1e+21",
    );
    check(
        "['it\\'s', '\\n', 'a\"b\\'c']",
        r#"[ "it's", '\n', `a"b'c` ]"#,
    );
}

#[test]
fn objects() {
    check("{}", "{}");
    check(
        "{ a: 1, 'b-c': 'x', [Symbol('s')]: 2, 3: 4 }",
        "{ '3': 4, a: 1, 'b-c': 'x', [Symbol(s)]: 2 }",
    );
    check(
        "{ get a() { throw 1 }, set b(x) {}, get c() {}, set c(x) {} }",
        "{ a: [Getter], b: [Setter], c: [Getter/Setter] }",
    );
    check("Object.create(null)", "[Object: null prototype] {}");
    check("new (class Foo { x = 1 })()", "Foo { x: 1 }");
    check(
        "new (class Foo { get [Symbol.toStringTag]() { throw 1 } })()",
        "Foo {}",
    );
    check(
        "{ [Symbol.toStringTag]: 'T', a: 1 }",
        "{ a: 1, [Symbol(Symbol.toStringTag)]: 'T' }",
    );
    check("new Proxy({}, { ownKeys() { throw 1 } })", "[Proxy]");
    check(
        "Object.assign(() => 1, { a: 1 })",
        "[Function (anonymous)] { a: 1 }",
    );
}

#[test]
fn nesting() {
    check(
        "{ a: { b: { c: { d: { e: { f: 1 } } } } } }",
        "{\n  a: {\n    b: { c: { d: { e: [Object] } } }\n  }\n}",
    );
    check(
        "(() => { const a = { n: 1 }; a.self = a; return a })()",
        "<ref *1> { n: 1, self: [Circular *1] }",
    );
    check("[[[[[[[1]]]]]]]", "[\n  [\n    [ [ [ [Array] ] ] ]\n  ]\n]");
}

#[test]
fn lists() {
    check("[]", "[]");
    check("[1, , 3, undefined]", "[ 1, <1 empty item>, 3, undefined ]");
    check("new Array(1e9)", "[ <1000000000 empty items> ]");
    check("Object.assign([1], { k: 2 })", "[ 1, k: 2 ]");
    check("new Map([['a', { b: 1 }]])", "Map(1) { 'a' => { b: 1 } }");
    check("new Set([1, 'x'])", "Set(2) { 1, 'x' }");
    check("new Uint8Array([1, 2])", "Uint8Array(2) [ 1, 2 ]");
    check("new (class L extends Array {})(1, 2)", "L(2) [ 1, 2 ]");
    let mut context = web_realm::realm();
    let array = web_realm::run("Array.from({ length: 150 }, (_, i) => i)", &mut context);
    let text = format(&[array], &mut context).unwrap();
    assert!(
        text.ends_with("99,\n  ... 50 more items\n]") || text.ends_with("99, ... 50 more items\n]"),
        "{text}"
    );
}

#[test]
fn kinds() {
    check(
        "new Date(0), new Date(NaN)",
        "1970-01-01T00:00:00.000Z Invalid Date",
    );
    check("/a\\d/gi", "/a\\d/gi");
    check(
        "function f() {}, class A {}, class B extends Map {}, async () => 1, Math.max",
        "[Function: f] [class A] [class B extends Map] [AsyncFunction (anonymous)] [Function: max]",
    );
    check(
        "Promise.resolve(1), new Promise(() => 1)",
        "Promise { 1 } Promise { <pending> }",
    );
    check(
        "[new Number(1), new String('a'), new Boolean(false)]",
        "[ [Number: 1], [String: 'a'], [Boolean: false] ]",
    );
    check(
        "new ArrayBuffer(2)",
        "ArrayBuffer { [Uint8Contents]: <00 00>, byteLength: 2 }",
    );
    check(
        "Math, new WeakMap()",
        "Object [Math] {} WeakMap { <items unknown> }",
    );
    check(
        "new URL('http://a/b'), new URLSearchParams('x=1')",
        "URL { href: 'http://a/b' } URLSearchParams { 'x' => '1' }",
    );
}

#[test]
fn errors() {
    check("new TypeError('bad')", "TypeError: bad");
    check("new (class ApiError extends Error {})('x')", "ApiError: x");
    check(
        "Object.assign(new Error('x'), { code: 7 })",
        "Error: x { code: 7 }",
    );
    check(
        "new Error('a', { cause: new Error('b') })",
        "Error: a { [cause]: Error: b }",
    );
    check("new DOMException('gone', 'AbortError')", "AbortError: gone");
}

#[test]
fn formats() {
    check(
        "'%s is %d%% of %i %f', 'a', '50', 3.7, '1.5', 'rest'",
        "a is 50% of 3 1.5 rest",
    );
    check(
        "'%j %o %O %c|', { a: [1] }, [1], { b: 2 }, 'css'",
        "{\"a\":[1]} [ 1 ] { b: 2 } |",
    );
    check("'%s %s', 1", "1 %s");
    check("'100%', 1", "100% 1");
    check("'%x', 1", "%x 1");
}

#[test]
fn text_is_bounded() {
    let mut context = web_realm::realm();
    for script in [
        "'x'.repeat(1e6)",
        "({ a: 'x'.repeat(1e6) })",
        "(() => { let a = []; for (let i = 0; i < 60; i++) a = [a, a]; return a })()",
        "Array.from({ length: 100 }, () => Array.from({ length: 100 }, () => 'some text'))",
        "Object.fromEntries(Array.from({ length: 50000 }, (_, i) => ['key' + i, i]))",
    ] {
        let value = web_realm::run(script, &mut context);
        let text = format(&[value], &mut context).unwrap();
        assert!(text.len() < 100_000, "{script}: {}", text.len());
    }
}

#[test]
fn functions_of_console() {
    let script = "console.group('g'); console.log('a\\nb'); console.groupEnd(); console.count(); console.count();
        console.assert(1, 'no'); console.assert(0, 'yes %s', 1); console.time('t'); console.timeEnd('t');
        console.table([{ a: 1, b: 'x' }, { a: 2 }]); console.warn('w'); console.debug('d')";
    let mut context = web_realm::realm();
    web_realm::run(script, &mut context);
    let taken = crate::runtime::environment::Environment::of(&context)
        .outbox
        .take();
    let lines: Vec<String> = taken
        .console
        .iter()
        .map(|line| format!("{:?} {}", line.level, line.text))
        .collect();
    insta::assert_snapshot!(lines.join("\n"), @r"
    Log g
    Log   a
      b
    Log default: 1
    Log default: 2
    Error Assertion failed: yes 1
    Log t: 0ms
    Log ┌─────────┬───┬─────┐
    │ (index) │ a │ b   │
    ├─────────┼───┼─────┤
    │ 0       │ 1 │ 'x' │
    │ 1       │ 2 │     │
    └─────────┴───┴─────┘
    Warn w
    Debug d
    ");
}

#[test]
fn a_million_lines_are_counted() {
    let mut context = web_realm::realm();
    web_realm::run(
        "for (let i = 0; i < 20000; i++) console.log({ i, get trap() { throw 1 } })",
        &mut context,
    );
    let taken = crate::runtime::environment::Environment::of(&context)
        .outbox
        .take();
    assert_eq!(taken.console.len() as u32 + taken.console_dropped, 20_000);
    assert!(taken.console.len() < 5_000);
}
