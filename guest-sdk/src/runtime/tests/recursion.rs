//! Recursion that does not end, wherever it begins.

use super::{Driver, State, error, finish, value};
use crate::contract::{ErrorKind, GuestLimits};

#[test]
fn runaway_recursion_is_an_error_of_its_own() {
    let error = error("function f(n) { return f(n + 1) + 1 }\nf(0)");
    assert_eq!(error.kind, ErrorKind::Stack);
    assert_eq!(error.message, "calls are nested deeper than 300");
    assert_eq!(error.position.map(|at| at.line), Some(1));
}

/// Wherever natives call the script, a recursion that does not end gets through.
#[test]
fn no_native_drops_a_recursion_that_does_not_end() {
    let deep = "const deep = () => deep() + 1;\n";
    let mut wrong = Vec::new();
    let limits = GuestLimits {
        recursion: 50,
        ..GuestLimits::default()
    };
    for script in [
        "const o = { toString() { return `${this}` } }; return `${o}`",
        "const o = { toString() { return String(this) } }; return String(o)",
        "const o = { toString() { return this + '' } }; return o + ''",
        "const o = { valueOf() { return +this } }; return +o",
        "const o = { [Symbol.toPrimitive]() { return `${this}` } }; return `${o}`",
        "const o = { toString() { return [this].join() } }; return [o].join()",
        "const o = { toString() { return 'a'.replace(/a/, () => this) } }; return `${o}`",
        "class A { get x() { return this.x } } return new A().x",
        "const o = { toString: deep }; return `${o}`",
        "return String({ toString: deep })",
        "return { toString: deep } + ''",
        "return [{ toString: deep }].join()",
        "return [{ toLocaleString: deep }].toLocaleString()",
        "return 'a'.padStart({ valueOf: deep })",
        "return 'abc'.replace('b', deep)",
        "return 'abc'.replaceAll('b', deep)",
        "return 'abc'.replace(/b/g, deep)",
        "return 'abc'.replace({ [Symbol.replace]: deep })",
        "return 'a,b'.split({ toString: deep })",
        "return 'a,b'.split({ [Symbol.split]: deep })",
        "return 'abc'.localeCompare({ toString: deep })",
        "return JSON.stringify({ toJSON: deep })",
        "return JSON.stringify({ get a() { return deep() } })",
        "return JSON.stringify([1], deep)",
        "return JSON.parse('[1]', deep)",
        "return { toJSON: deep }",
        "return { get a() { return deep() } }",
        "return new Map([[1, { get a() { return deep() } }]])",
        "return new Proxy({}, { ownKeys: deep })",
        "return new Proxy({}, { get: deep }).a",
        "return [2, 1].sort(deep)",
        "return [2, 1].toSorted(deep)",
        "return [1].map(deep)",
        "return [1].flatMap(deep)",
        "return Array.from([1], deep)",
        "return await Array.fromAsync([1], deep)",
        "return Object.groupBy([1], deep)",
        "return Object.assign({}, { get a() { return deep() } })",
        "return { ...{ get a() { return deep() } } }",
        "return [...{ [Symbol.iterator]: deep }]",
        "for (const x of { [Symbol.iterator]() { return { next: deep } } }) {}",
        "for (const x of { [Symbol.iterator]() { return { next() { return { value: 1 } }, return: deep } } }) break",
        "return structuredClone({ get a() { return deep() } })",
        "return new Date({ valueOf: deep })",
        "return new Intl.NumberFormat('en', { get style() { return deep() } })",
        "return (5).toLocaleString('en', { get style() { return deep() } })",
        "return new URL({ toString: deep })",
        "return new URLSearchParams({ get a() { return deep() } })",
        "return new TextEncoder().encode({ toString: deep })",
        "const t = new EventTarget(); t.addEventListener('x', deep); t.dispatchEvent(new Event('x')); return 1",
        "const c = new AbortController(); c.signal.onabort = deep; c.abort(); return 1",
        "const c = new AbortController(); c.signal.addEventListener('abort', { get handleEvent() { return deep() } }); c.abort(); return 1",
        "console.log('%j', { toJSON: deep }); return 1",
        "console.log('%s %d %o', { toString: deep }, { valueOf: deep }, { get a() { return deep() } }); return deep()",
        "console.count({ toString: deep }); return 1",
        "console.table([{ a: 1 }], { get 0() { return deep() } }); return deep()",
        "setTimeout(deep, 1); await new Promise(() => {})",
        "setTimeout(() => {}, { valueOf: deep }); return 1",
        "queueMicrotask(deep); await null; await null; return 1",
        "await new Promise(deep)",
        "await Promise.resolve().then(deep)",
        "await null; deep()",
        "await my_server.list({}); deep()",
        "async function main() { await null; return deep() } await main()",
        "await Promise.all([1, 2].map(async (n) => { await my_server.list({ n }); deep() }))",
        "async function again() { await again() } await again()",
        "async function again() { await null; again2() } function again2() { again2() } await again()",
        "await { then: deep }",
        "return Promise.all({ [Symbol.iterator]: deep })",
        "await (async () => deep())()",
        "function* g() { yield deep() } return [...g()]",
        "try { deep() } catch { return 'caught' } finally { return 'finally' }",
        "await my_server.list({ a: { toJSON: deep } })",
        "await my_server.list({ get a() { return deep() } })",
        "return await my_server.list({}).then(deep)",
        "return eval('deep()')",
        "return new Function('f', 'return f()')(deep)",
        "deep",
        "() => deep()",
        "`a${deep}`; return deep`x`",
        "return Reflect.construct(function () { deep() }, [])",
        "return 'x' in new Proxy({}, { has: deep })",
        "return ({}) instanceof { [Symbol.hasInstance]: deep }",
        "return [1, 2].includes(1, { valueOf: deep })",
        "return [1, 2].slice({ valueOf: deep })",
        "return 'abc'.match({ [Symbol.match]: deep })",
        "const r = /a/; r.exec = deep; return 'a'.replace(r, '')",
        "const r = /a/; Object.defineProperty(r, 'flags', { get: deep }); return 'a'.replaceAll(r, '')",
        "return new RegExp({ toString: deep })",
    ] {
        let found = match finish(Driver::start_with(
            &format!("{deep}{script}"),
            limits.clone(),
        ))
        .0
        {
            State::Threw(error) if error.kind == ErrorKind::Stack => {
                continue;
            }
            found => found,
        };
        wrong.push(format!("{script}: {found:?}"));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn conversions_that_come_back_to_an_object_are_as_in_v8() {
    assert_eq!(
        value(
            "const a = [1]; a.push(a, [a]); return [String(a), a.join('-'), a.toLocaleString(), +a, `${a}`]"
        ),
        "=[\"1,,\",\"1--\",\"1,,\",null,\"1,,\"]"
    );
    assert_eq!(
        value(
            "let n = 3; const o = { valueOf() { return n-- > 0 ? 1 + +this : 0 } }; return [+o, `${o}`, o + '']"
        ),
        "=[3,\"[object Object]\",\"0\"]"
    );
    assert_eq!(
        value(
            "return [new Date(0) + 1, `${{ toString: 1, valueOf: () => 5 }}`, [new Map()] + '', Object(1n) + 1n === 2n]"
        ),
        "=[\"Thu Jan 01 1970 00:00:00 GMT+0000 (Coordinated Universal Time)1\",\"5\",\"[object Map]\",true]"
    );
    assert_eq!(
        error("`${Object.create({}, { toString: {}, valueOf: {} })}`").message,
        "Cannot convert object to primitive value"
    );
}
