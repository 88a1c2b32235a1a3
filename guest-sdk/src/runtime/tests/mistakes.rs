//! Mistakes of scripts that only the values show.

use super::errors::check;
use super::{Driver, error, run, value};
use crate::contract::{CallError, ErrorKind, Settled, State};

const TOOLS: &str = "the nearest tools are `my_server.list`, `my_server.get_item`; `Object.keys(my_server)` lists all 2";

#[test]
fn a_namespace_is_known_by_its_value() {
    for (script, expected) in [
        (
            "class A { #ns; constructor() { this.#ns = my_server }\n f() { return this.#ns.lists({}) } }\nnew A().f()",
            "2:15 TypeError: this.#ns.lists is not a function",
        ),
        (
            "class A { api = my_server;\n f() { return this.api.lists({}) } }\nnew A().f()",
            "2:15 TypeError: this.api.lists is not a function",
        ),
        (
            "const f = (ns) => ns.lists({});\nf(my_server)",
            "1:19 TypeError: ns.lists is not a function",
        ),
        (
            "const TOOL = 'lists';\nawait my_server[TOOL]({})",
            "2:7 TypeError: my_server[TOOL] is not a function",
        ),
        (
            "const { list: a, lists: b } = my_server;\nawait b()",
            "2:7 TypeError: b is not a function",
        ),
        (
            "const b = my_server.lists;\nawait b()",
            "2:7 TypeError: b is not a function",
        ),
        (
            "const ns = tools['my-server'];\nreturn await ns[\"lists\"]({})",
            "2:14 TypeError: ns[\"lists\"] is not a function",
        ),
        (
            "await tools['my-server']['lists']({})",
            "1:7 TypeError: tools['my-server']['lists'] is not a function",
        ),
        (
            "(0, my_server.lists)({})",
            "1:5 TypeError: my_server.lists is not a function",
        ),
        (
            "const f = async (get = my_server.lists) => get({});\nawait f()",
            "1:44 TypeError: get is not a function",
        ),
        (
            "try { my_server.lists({}) } catch (e) { throw e }",
            "1:7 TypeError: my_server.lists is not a function",
        ),
        (
            "const o = { get api() { return my_server } }; o.api.lists()",
            "1:47 TypeError: o.api.lists is not a function",
        ),
    ] {
        check(script, expected, TOOLS);
    }
    let optional = error("const ns = my_server;\nns?.lists({})");
    assert!(optional.hint.is_some_and(|hint| hint.contains(TOOLS)));
    check(
        "const o = { f: null };\no['f' + ''](1)",
        "2:1 TypeError: o[\"f\" + \"\"] is not a function",
        "",
    );
    assert!(
        error("my_server.orders.list()")
            .message
            .ends_with("`my_server.orders` is undefined; the nearest tools are `my_server.get_item`, `my_server.list`; `Object.keys(my_server)` lists all 2, and `searchTools(…)` finds those of every server")
    );
    assert!(
        error("tools['my-srver'].list()")
            .message
            .ends_with("the nearest servers are `my_server`; `Object.keys(tools)` lists all 1")
    );
}

#[test]
fn a_namespace_is_a_plain_object_to_scripts() {
    assert_eq!(
        value(
            "const ns = my_server; return [Object.keys(ns), 'list' in ns, 'nope' in ns, typeof ns.nope, ns.nope?.(), Object.getPrototypeOf(ns), ns['get-item'] === ns.get_item, { ...ns }.list === ns.list, await ns.list({ a: 1 })]"
        ),
        "=[[\"get_item\",\"list\"],true,false,\"undefined\",null,null,true,true,{\"a\":1}]"
    );
}

#[test]
fn what_an_object_lacks_is_said_with_what_it_has() {
    let result = "const page = await my_server.list({ items: [{ full: 1 }], total: 3 });\n";
    let undefined = "TypeError: cannot read properties of undefined";
    for (script, expected) in [
        (
            "page.item.map(x => x)",
            "2:1 TypeError: cannot read properties of undefined (reading 'map'): `page.item` is undefined; `page` has `items`, `total`",
        ),
        (
            "page.sum.length",
            "2:1 TypeError: cannot read properties of undefined (reading 'length'): `page.sum` is undefined; `page` has `items`, `total`",
        ),
        (
            "for (const x of page.totals) {}",
            "2:17 TypeError: page.totals is not iterable: it is undefined; `page` has `total`, `items`",
        ),
        (
            "const { a } = page.items[0].name",
            "2:15 TypeError: cannot destructure page.items[0].name: it is undefined; `page.items[0]` has `full`",
        ),
        (
            "page.items[7].name",
            "2:1 TypeError: cannot read properties of undefined (reading 'name'): `page.items[7]` is undefined; `page.items` is a list of 1",
        ),
        (
            "(await my_server.list({ a: [], b: 1 })).aa.map(x => x)",
            "2:1 TypeError: cannot read properties of undefined (reading 'map'): `(await my_server.list({ a: [], b: 1 })).aa` is undefined; `await my_server.list({ a: [], b: 1 })` has `a`, `b`",
        ),
        (
            "for (const x of (await my_server.list({ b: 1 })).a) {}",
            "2:17 TypeError: (await my_server.list({ b: 1 })).a is not iterable: it is undefined; `await my_server.list({ b: 1 })` has `b`",
        ),
        (
            "const s = 'text'; s.rows.map(x => x)",
            "2:19 TypeError: cannot read properties of undefined (reading 'map'): `s.rows` is undefined; `s` is a string",
        ),
    ] {
        assert!(expected.contains(undefined) || !expected.contains("cannot read"));
        check(&format!("{result}{script}"), expected, "");
    }
    let wide = "const o = Object.fromEntries(Array.from({ length: 30 }, (_, i) => ['k' + i, i])); o.none.a()";
    assert!(error(wide).message.ends_with("`k19` and 10 more"));
    assert_eq!(
        error("const o = { a: null }; o.a.b.c").message,
        "cannot read properties of null (reading 'b'): `o.a` is null"
    );
}

#[test]
fn an_undefined_value_is_told_from_none() {
    let warned = |script: &str| run(script).1.join("|");
    let expected = |line: u32| {
        format!(
            "the script's value is `undefined` (line {line}): `c.full_name` is undefined; `c` has `name`, `id`"
        )
    };
    let call = "const c = await my_server.list({ id: 1, name: 'x' });\n";
    assert_eq!(warned(&format!("{call}return c.full_name")), expected(2));
    assert_eq!(warned(&format!("{call}c.full_name")), expected(2));
    assert_eq!(
        warned(&format!(
            "async function main() {{ {call}return c.full_name }}"
        )),
        expected(2)
    );
    assert_eq!(
        warned("return (await my_server.list({ id: 1 })).name"),
        "the script's value is `undefined` (line 1): `(await my_server.list({ id: 1 })).name` is undefined; `await my_server.list({ id: 1 })` has `id`"
    );
    assert_eq!(warned("const o = { a: undefined }; return o.a"), "");
    assert_eq!(warned("const o = { a: null }; return o.b ?? 1"), "");
}

#[test]
fn a_promise_is_no_argument() {
    for (script, message) in [
        (
            "const p = my_server.list({}); await my_server.get_item({ id: p })",
            "`my_server.get_item`: `args.id` is a promise: put `await` before the call that gives it",
        ),
        (
            "const p = my_server.list({}); await my_server.get_item({ a: [{ b: p }], c: {} })",
            "`my_server.get_item`: `args.a[0].b` is a promise: put `await` before the call that gives it",
        ),
        (
            "const p = my_server.list({}); await callTool('my-server', 'list', { id: p.id, n: 1 })",
            "`my-server.list`: `args.id` has no value: `p.id` is undefined, as `p` is a promise: put `await` before the call",
        ),
    ] {
        let error = error(script);
        assert_eq!(error.message, message, "{script}");
        let call = error.call.expect("it is the error of a call");
        assert_eq!(call.code, "invalid_arguments");
    }
    assert_eq!(
        value(
            "const o = {}, r = await my_server.list({ a: o.b, c: {} }); return [r, Object.keys(r)]"
        ),
        "=[{\"c\":{}},[\"c\"]]"
    );
    let (_, warnings) = run(
        "const p = my_server.list({});\nconst s = JSON.stringify({ a: [p] }) + JSON.stringify({});\nawait p; return s",
    );
    assert_eq!(
        warnings.join("|"),
        "`JSON.stringify` (line 2) was given a promise in `.a[0]`, which prints as `{}`: put `await` before the call that gives it"
    );
}

#[test]
fn refused_arguments_say_what_was_passed_without_a_value() {
    let (mut driver, step) = Driver::start(
        "const order = { customer_id: 1 };\nawait my_server.get_item({ id: order.customer })",
    );
    assert_eq!(step.calls.len(), 1);
    let refused = |call: u32, message: &str| Settled {
        call,
        result: Err(CallError {
            server: "my-server".to_owned(),
            tool: "get-item".to_owned(),
            code: "invalid_arguments".to_owned(),
            message: message.to_owned(),
            content: None,
            retryable: false,
        }),
    };
    let step = driver.resume(vec![refused(1, "`id` is missing")]);
    let State::Threw(error) = step.state else {
        panic!("the script should have failed: {:?}", step.state);
    };
    assert_eq!(
        error.message,
        "`id` is missing\n`order.customer` is undefined; `order` has `customer_id`"
    );

    // Of two failures of one step, the call made first is told.
    let (mut driver, _) = Driver::start("await Promise.all([my_server.list(), my_server.list()])");
    let step = driver.resume(vec![refused(2, "second"), refused(1, "first")]);
    let State::Threw(error) = step.state else {
        panic!("the script should have failed: {:?}", step.state);
    };
    assert_eq!(error.message, "first");
}

#[test]
fn calls_that_nobody_waits_for_are_counted() {
    let (_, warnings) = run("for (const a of [1, 2, 3])\n  my_server.list({ a });\nreturn 1");
    assert_eq!(
        warnings,
        [
            "3 calls of `my_server.list` (line 2) were still under way when the script returned: the run waited for them"
        ]
    );
}

#[test]
fn lengths_that_no_list_has_are_refused() {
    for script in [
        "[].sort.call({ length: 2 ** 53 })",
        "[].toSorted.call({ length: 2 ** 32 - 1 })",
        "[].join.call({ length: 2 ** 53 })",
        "new Array(2 ** 32 - 1).sort()",
        "Math.max.apply(null, { length: 2 ** 53 })",
        "Reflect.apply(Math.max, null, { length: 2 ** 53 })",
        "Reflect.construct(Array, { length: 2 ** 53 })",
    ] {
        let error = error(script);
        assert_eq!(error.kind, ErrorKind::Thrown, "{script}");
        assert_eq!(error.name, "RangeError", "{script}: {}", error.message);
    }
    assert_eq!(
        value(
            "return [[2, 1].sort(), [].join.call({ length: 2, 1: 'x' }), Math.max.apply(null, [1, 5])]"
        ),
        "=[[1,2],\",x\",5]"
    );
}

#[test]
fn what_is_thrown_and_no_error_has_a_place() {
    let hint = "a value that is no error";
    check("let a;\nthrow { a: 1 };", "2:1 : {\"a\":1}", hint);
    check("const t = 'text'; throw t", "1:19 : \"text\"", hint);
    check("await Promise.reject(5)", ": 5", hint);
    check(
        "async function f() {\n  await import('node:fs') }\nawait f()",
        "2:9 TypeError: `node:fs` cannot be imported: a script loads no modules",
        "",
    );
}

#[test]
fn what_is_emitted_is_limited_in_all() {
    let error = error("const text = 'x'.repeat(5e6); for (;;) emit({ type: 'text', text })");
    assert_eq!(
        format!("{}: {}", error.name, error.message),
        "RangeError: `emit` was given 10000051 bytes in all; 8388608 are allowed for a run"
    );
}

#[test]
fn a_value_without_end_is_nested_too_deep() {
    let error = error("const nest = () => ({ get next() { return nest() } }); return nest()");
    assert_eq!(error.kind, ErrorKind::Value);
    assert_eq!(
        error.message,
        "the value is nested deeper than 500, which JSON does not go"
    );
}

/// The engine cannot be kept from panicking here, so the panic is told from others.
#[test]
fn a_recursion_in_an_async_generator_is_told_by_its_panic() {
    thread_local! {
        static FILE: std::cell::RefCell<String> = const { std::cell::RefCell::new(String::new()) };
    }
    let before = std::panic::take_hook();
    let this = std::thread::current().id();
    std::panic::set_hook(Box::new(move |info| {
        if std::thread::current().id() == this {
            let file = info.location().map_or("", |at| at.file());
            FILE.with_borrow_mut(|found| file.clone_into(found));
        } else {
            before(info);
        }
    }));
    let script = "async function* g(n) { for await (const x of g(n + 1)) yield x }\nfor await (const x of g(0)) {}";
    let limits = crate::contract::GuestLimits {
        recursion: 50,
        ..crate::contract::GuestLimits::default()
    };
    let ended = std::panic::catch_unwind(|| {
        let (_, step) = Driver::start_with(script, limits);
        step.state
    });
    match ended {
        Ok(State::Threw(error)) => assert_eq!(error.kind, ErrorKind::Stack),
        Ok(other) => panic!("the script should have failed: {other:?}"),
        Err(_) => assert!(
            crate::runtime::errors::is_recursion(&FILE.with_borrow(Clone::clone)),
            "{}",
            FILE.with_borrow(Clone::clone)
        ),
    }
}
