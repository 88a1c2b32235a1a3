use boa_engine::{Context, Source};

use super::super::memory;
use crate::runtime::builtins::engine_realm::{answer, realm};

/// A realm with the overrides, and the engine's own methods under `boa`.
fn context() -> Context {
    let keep = "globalThis.boa = Object.fromEntries(['slice', 'concat', 'indexOf', 'includes', 'fill', 'unshift', 'splice']
        .map(name => [name, Array.prototype[name]]));";
    realm(keep, &[super::install, memory::install])
}

fn check(script: &str, expected: &str) {
    assert_eq!(answer(script, &mut context()), expected, "{script}");
}

/// Every method against the engine's own, over arrays of every kind.
#[test]
fn agrees_with_the_engine() {
    check(
        r#"
        const kinds = [() => [], () => [1, 2, 3], () => [1.5, NaN, -0], () => ["a", {}, null, undefined], () => [1, , 3], () => new Array(4),
            () => Object.assign([1, 2], { x: 1 }), () => Object.freeze([1, 2]), () => Object.preventExtensions([1, 2]), () => Object.seal([1, 2]),
            () => ({ length: 2, 0: "a", 1: "b" }), () => new (class Sub extends Array {})(1, 2, 3), () => Array.from({ length: 40 }, (_, i) => i),
            () => Object.defineProperty([1, 2], 0, { get: () => 5 }), () => Object.defineProperty([1, 2], "length", { writable: false }),
            () => Object.setPrototypeOf([1, 2], null), () => "ab", () => [[1], [2]]];
        const numbers = [undefined, 0, 1, 2, -1, -5, 100, NaN, Infinity, "1", null, 1.9];
        const values = [undefined, 1, 1.5, NaN, 0, -0, "a", null];
        const cases = {
            slice: numbers.flatMap(a => numbers.map(b => [a, b])), concat: [[], [1], [[2, 3]], [[4, , 5], "x"], [{ length: 1, [Symbol.isConcatSpreadable]: true, 0: 7 }]],
            indexOf: [...values.map(v => [v]), [1, 1], [3, -1]], includes: [...values.map(v => [v]), [1, 1]],
            fill: [...values.map(v => [v]), [7, 1], [7, 0, 1], [7, -1]], unshift: [[], [0], [8, 9]],
            splice: [[], [1], ...numbers.flatMap(a => numbers.flatMap(b => [[a, b], [a, b, "i", "j"], [a, b, 1.5]]))],
        };
        const show = (value) => value !== Object(value) ? Object.is(value, -0) ? "-0" : String(value)
            : JSON.stringify([Array.isArray(value), value.constructor?.name, Reflect.ownKeys(value).map(key => {
                const found = Object.getOwnPropertyDescriptor(value, key);
                return [String(key), found.get ? "get" : show(found.value), found.writable, found.enumerable, found.configurable];
            })]);
        const wrong = [];
        let count = 0;
        for (const [name, list] of Object.entries(cases)) for (const [at, kind] of kinds.entries()) for (const [other, args] of list.entries()) {
            // A few of all combinations.
            if ((at * 3 + other) % 29 !== 0) continue;
            count++;
            const attempt = (method) => {
                const subject = kind();
                try { const found = method.apply(subject, args); return show(found) + show(subject) + (found === subject); } catch (e) { return e.name + show(subject); }
            };
            const mine = attempt(Array.prototype[name]), theirs = attempt(boa[name]);
            if (mine !== theirs) wrong.push(`${name} ${show(kind())} ${JSON.stringify(args)}: ${mine} not ${theirs}`);
        }
        if (count < 300) wrong.push(count);
        wrong.slice(0, 6).join("\n")
        "#,
        "",
    );
}

#[test]
fn arguments_that_change_the_array_are_noticed() {
    check(
        "const a = [1, 2, 3]; a.slice(0, { valueOf() { a.length = 1; return 3; } }).length",
        "3",
    );
    check(
        "const a = [1, 2, 3]; const b = a.slice(); b.push(4); a.length + b.join()",
        "31,2,3,4",
    );
}

#[test]
fn spreads_of_every_kind_of_iterable() {
    check(
        "const list = __retort_list, extend = __retort_extend;
         const all = extend(extend(extend(extend(list([1, , 2]), new Set([3])), 'a😀'), (function* () { yield 4; })()), new Map([[5, 6]]));
         JSON.stringify([all, all.length, 1 in all, list({ [Symbol.iterator]: () => [7][Symbol.iterator]() })])",
        r#"[[1,null,2,3,"a","😀",4,[5,6]],8,true,[7]]"#,
    );
    check(
        "try { __retort_list(1) } catch (e) { `${e}` }",
        "TypeError: value with type `number` is not iterable",
    );
    check(
        "try { __retort_list({ length: 1, 0: 1 }) } catch (e) { e.name }",
        "TypeError",
    );
    check(
        "try { __retort_list(undefined) } catch (e) { e.name }",
        "TypeError",
    );
    check(
        "const next = [][Symbol.iterator]().__proto__; const old = next.next; let calls = 0;
         next.next = function () { calls++; return old.call(this); };
         const copied = __retort_list([1, 2]); copied.join() + calls",
        "1,23",
    );
}

#[test]
fn from_async_awaits_items_and_results() {
    let context = &mut context();
    let script = "globalThis.log = [];
        (async () => {
            const source = async function* () { yield 1; yield 2; };
            log.push(JSON.stringify(await Array.fromAsync(source())));
            log.push(JSON.stringify(await Array.fromAsync([Promise.resolve(1), 2], async (x, i) => x * 10 + i)));
            log.push(JSON.stringify(await Array.fromAsync({ length: 2, 0: 'a', 1: Promise.resolve('b') })));
            log.push(JSON.stringify(await Array.fromAsync(new Set(['x']))));
            for (const wrong of [null, undefined]) await Array.fromAsync(wrong).catch(e => log.push(e.name));
            await Array.fromAsync([], 1).catch(e => log.push(e.message));
            await Array.fromAsync([Promise.reject(new RangeError('no'))]).catch(e => log.push(e.message));
        })();";
    context.eval(Source::from_bytes(script)).unwrap();
    context.run_jobs().unwrap();
    let log = context.eval(Source::from_bytes("log.join('|') + Array.fromAsync.length"));
    let log = log.unwrap().to_string(context).unwrap();
    assert_eq!(
        log.to_std_string_escaped(),
        r#"[1,2]|[10,21]|["a","b"]|["x"]|TypeError|TypeError|1 is not a function|no1"#
    );
}

#[test]
fn queues_from_the_front() {
    check(
        "const queue = [1, 2, 3, 4, 5]; const first = queue.splice(0, 2); [first, queue, queue.length].join('|')",
        "1,2|3,4,5|3",
    );
}
