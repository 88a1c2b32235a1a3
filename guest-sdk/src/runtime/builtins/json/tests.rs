use boa_engine::{Context, JsValue, Source};

use super::{install, parse, stringify};
use crate::runtime::builtins::engine_realm::{answer, realm};

/// What V8 does, line by line: written by `tests/json_v8.mjs`.
const V8: &str = include_str!("../../../../tests/json_v8.jsonl");

fn context() -> Context {
    realm("", &[install])
}

fn check(script: &str, expected: &str) {
    assert_eq!(answer(script, &mut context()), expected, "{script}");
}

#[test]
fn agrees_with_v8() {
    let context = &mut context();
    let compare = Source::from_bytes(
        r#"(line) => {
            const { text, expression, json, error } = JSON.parse(line);
            let found;
            try {
                found = text === undefined
                    ? JSON.stringify((0, eval)(expression))
                    : JSON.stringify(JSON.parse(text));
                found = String(found);
            } catch (thrown) {
                found = `${thrown.name}: ${thrown.message}`;
            }
            const expected = error ?? json;
            return found === expected ? "" : `found ${found}\nexpected ${expected}`;
        }"#,
    );
    let compare = context.eval(compare).unwrap().as_callable().unwrap();
    let mut differences = Vec::new();
    for line in V8.lines() {
        let argument = JsValue::from(boa_engine::JsString::from(line));
        let found = compare
            .call(&JsValue::undefined(), &[argument], context)
            .unwrap();
        let found = found.to_string(context).unwrap().to_std_string_escaped();
        if !found.is_empty() {
            differences.push(format!("{line}\n{found}"));
        }
    }
    assert!(V8.lines().count() > 150);
    assert!(differences.is_empty(), "{}", differences.join("\n\n"));
}

#[test]
fn host_text_becomes_values_and_back() {
    let context = &mut context();
    for text in [
        r#"{"id":1,"name":"Zoë 🎉","tags":["a",""],"none":null,"deep":{"x":[[],{}]}}"#,
        r#""\ud83d""#,
        "[1.5,-0.25,1e+21,12345678901]",
    ] {
        let value = parse(text, context).unwrap();
        assert_eq!(stringify(&value, context).unwrap().as_deref(), Some(text));
    }
    assert_eq!(stringify(&JsValue::undefined(), context).unwrap(), None);
}

#[test]
fn positions_in_host_text_count_utf16_units() {
    let error = parse("\"🎉é\" x", &mut context()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "SyntaxError: Unexpected non-whitespace character after JSON at position 6 (native)"
    );
}

#[test]
fn nesting_is_bounded_and_never_overflows() {
    let context = &mut context();
    let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    assert!(parse(&nested(500), context).is_ok());
    let objects = format!("{}1{}", "{\"a\":".repeat(500), "}".repeat(500));
    assert!(parse(&objects, context).is_ok());
    for depth in [501, 100_000] {
        let error = parse(&nested(depth), context).unwrap_err().to_string();
        assert_eq!(
            error,
            "RangeError: JSON is nested more than 500 levels deep at position 500 (native)"
        );
    }
    check(
        "try { JSON.parse('['.repeat(100000)) } catch (e) { e.name }",
        "RangeError",
    );
    check(
        "let a = []; for (let i = 0; i < 9999; i++) a = [a]; JSON.stringify(a).length",
        "20000",
    );
    check(
        "let a = []; for (let i = 0; i < 100000; i++) a = [a];
         try { JSON.stringify(a) } catch (e) { e.name }",
        "RangeError",
    );
}

#[test]
fn records_of_one_shape_share_it() {
    let context = &mut context();
    let records = parse(r#"[{"a":1,"b":2},{"a":3,"b":4},{"b":1,"a":2}]"#, context).unwrap();
    let records = records.as_object().unwrap();
    let shapes: Vec<usize> = (0..3)
        .map(|index| {
            let record = records.get(index, context).unwrap().as_object().unwrap();
            let record = record.borrow();
            assert!(record.shape().is_shared());
            record.shape().to_addr_usize()
        })
        .collect();
    assert_eq!(shapes[0], shapes[1]);
    assert_ne!(shapes[0], shapes[2]);
}

#[test]
fn script_that_runs_in_between_is_noticed() {
    check(
        "const first = { toJSON() { Object.prototype.toJSON = () => 'late'; return 1; } };
         JSON.stringify([first, {}])",
        r#"[1,"late"]"#,
    );
    check(
        "const list = [{ toJSON() { list.length = 1; return 0; } }, 1, 2]; JSON.stringify(list)",
        "[0,null,null]",
    );
    check(
        "const o = { get a() { delete o.b; return 1; }, b: 2 }; JSON.stringify(o)",
        r#"{"a":1}"#,
    );
}

#[test]
fn reviver_sees_every_value_innermost_first() {
    check(
        "const seen = [];
         const value = JSON.parse('{\"a\":[1,{\"b\":2}],\"c\":3}', function (key, value) {
             seen.push(key);
             return key === 'c' ? undefined : Array.isArray(this) && key === '0' ? 10 : value;
         });
         JSON.stringify([value, seen])",
        r#"[{"a":[10,{"b":2}]},["0","b","1","a","c",""]]"#,
    );
    check(
        "JSON.parse('[12345678901234567890]', (k, v, { source }) =>
             typeof v === 'number' ? BigInt(source) : v)[0]",
        "12345678901234567890",
    );
}

#[test]
fn methods_look_built_in() {
    check(
        "JSON.parse.name + JSON.parse.length + JSON.stringify.length",
        "parse23",
    );
    check("Object.keys(JSON).length", "0");
}

#[test]
fn the_whole_of_a_cycle_is_named() {
    check(
        "const a = { list: [] }; a.list.push({ back: a });
         try { JSON.stringify({ a }) } catch (e) { e.message }",
        "Converting circular structure to JSON
    --> starting at object with constructor 'Object'
    |     property 'list' -> object with constructor 'Array'
    |     index 0 -> object with constructor 'Object'
    --- property 'back' closes the circle",
    );
}
