use boa_engine::Context;

use super::super::{arrays, memory};
use crate::runtime::builtins::engine_realm::{answer, realm};

/// A realm with the natives of spreads under plain names.
fn context() -> Context {
    let keep = "globalThis.original = Object.assign;";
    realm(keep, &[arrays::install, super::install, memory::install])
}

fn check(script: &str, expected: &str) {
    assert_eq!(answer(script, &mut context()), expected, "{script}");
}

/// Sources of every kind, copied by the native and by the engine's own spread.
#[test]
fn copies_as_a_spread_does() {
    check(
        r#"
        const sources = [null, undefined, 1, "ab", true, {}, { a: 1, b: 2 }, { b: 1, 2: 2, 1: 1, a: 0 }, [1, , 3], new Map([[1, 2]]),
            { get a() { return 7; } }, Object.create({ inherited: 1 }, { own: { value: 1, enumerable: true }, hidden: { value: 2 } }),
            Object.freeze({ a: 1 }), { ["__proto__"]: 1 }, { [Symbol.iterator]: 1, s: 2 }, new (class { x = 1; #y = 2; })(),
            new Proxy({ p: 1 }, {}), Object.fromEntries(Array.from({ length: 100 }, (_, i) => ["k" + i, i])), () => 1, new Date(0), new Error("e")];
        const show = (object) => JSON.stringify(Reflect.ownKeys(object).map(key => {
            const found = Object.getOwnPropertyDescriptor(object, key);
            return [String(key), typeof found.value === "symbol" ? "s" : found];
        })) + (Object.getPrototypeOf(object) === Object.prototype);
        const wrong = [];
        for (const one of sources) {
            if (show(__retort_copy(one)) !== show({ ...one })) wrong.push(`copy ${String(one)}`);
            for (const two of sources) {
                const mine = __retort_into(__retort_copy(one), two), theirs = { ...one, ...two };
                if (show(mine) !== show(theirs)) wrong.push(`into ${show(mine)} not ${show(theirs)}`);
                const target = () => Object(__retort_copy(one));
                const assigned = Object.assign(target(), two, { a: 9 }), engine = original(target(), two, { a: 9 });
                if (show(assigned) !== show(engine)) wrong.push(`assign ${show(assigned)} not ${show(engine)}`);
            }
        }
        wrong.join("\n")
        "#,
        "",
    );
}

#[test]
fn assigning_respects_what_is_there() {
    check(
        "const seen = []; const target = { set a(value) { seen.push(value); } };
         Object.assign(target, { a: 1 }); seen.join()",
        "1",
    );
    check(
        "try { Object.assign(Object.freeze({ a: 1 }), { a: 2 }) } catch (e) { e.name }",
        "TypeError",
    );
    check(
        "try { Object.assign(Object.preventExtensions({}), { a: 2 }) } catch (e) { e.name }",
        "TypeError",
    );
    check(
        "const o = Object.assign({}, { ['__proto__']: null }); Object.getPrototypeOf(o) === null",
        "true",
    );
    check(
        "const o = Object.defineProperty({}, 'a', { value: 1, writable: true }); Object.keys(Object.assign(o, { a: 2 })).length + o.a",
        "2",
    );
    check("Object.assign([1], { a: 2 }).a", "2");
    check(
        "try { Object.assign(null) } catch (e) { e.name }",
        "TypeError",
    );
}
