use super::{error, run, value};
use crate::contract::ErrorKind;

#[track_caller]
fn check(source: &str, expected: &str) {
    assert_eq!(value(source), expected, "{source}");
}

#[test]
fn values_become_text_or_json() {
    check("return 'a\"b'", "a\"b");
    check(
        "return { a: [1, null, undefined], b: undefined, c: new Date(0) }",
        r#"={"a":[1,null,null],"c":"1970-01-01T00:00:00.000Z"}"#,
    );
    check("return null", "=null");
    check("return", "undefined");
    check("return NaN", "=null");
}

#[test]
fn what_json_loses_is_converted() {
    check(
        "return new Map([['a', new Set([1, 2])], ['b', /x/g]])",
        r#"={"a":[1,2],"b":"/x/g"}"#,
    );
    check(
        "return { m: new Map([[1, 'x']]), e: {} }",
        r#"={"m":[[1,"x"]],"e":{}}"#,
    );
    check(
        "try { null.x } catch (error) { return { error } }",
        r#"={"error":{"name":"TypeError","message":"cannot read properties of undefined or null (reading 'x'): `null` has no value"}}"#,
    );
    check(
        "return [Object.assign(new Error('m'), { code: 3 })]",
        r#"=[{"name":"Error","message":"m","code":3}]"#,
    );
}

#[test]
fn promises_in_the_value_are_used_and_warned_of() {
    let (state, warnings) =
        run("return { a: my_server.list({ n: 1 }), b: `${Promise.resolve()}` }");
    let crate::contract::State::Returned(crate::contract::Value::Json(json)) = state else {
        panic!("{state:?}")
    };
    assert_eq!(json, r#"{"a":{"n":1},"b":"[object Promise]"}"#);
    assert_eq!(
        warnings,
        [
            "`my_server.list` (line 1) was still under way when the script returned: the run waited for it",
            "`a` in the value is a promise that was not awaited; what it was fulfilled with is used",
            "the value contains `[object Promise]`: a promise was used as text without `await`",
        ]
    );
}

#[track_caller]
fn refused(source: &str, message: &str) {
    let error = error(source);
    assert_eq!(error.message, message, "{source}");
    assert_eq!(error.kind, ErrorKind::Value, "{source}");
    assert!(error.hint.is_some());
}

#[test]
fn what_json_cannot_express_is_named() {
    refused(
        "const a = { b: [{}] }; a.b[0].c = a; return a",
        "`.b[0].c` in the value leads back to the value itself, which JSON cannot express",
    );
    refused(
        "const a = { b: {} }; a.b.c = a.b; return a",
        "`.b.c` in the value leads back to `.b`, which JSON cannot express",
    );
    refused(
        "return { rows: [{ total: 1n }] }",
        "`.rows[0].total` in the value is a BigInt, which JSON cannot express",
    );
    refused(
        "return 1n",
        "the value is a BigInt, which JSON cannot express",
    );
    refused(
        "return Symbol('x')",
        "the value is a symbol, which JSON cannot express",
    );
    refused(
        "return my_server.list",
        "the value is a function, which JSON cannot express",
    );
}

#[test]
fn getters_and_proxies_that_throw_are_errors_of_the_script() {
    for source in [
        "return { get a() { throw new Error('boo') } }",
        "return { toJSON() { throw new Error('boo') } }",
        "return new Proxy({}, { ownKeys() { throw new Error('boo') } })",
        "return new Map([['a', { get a() { throw new Error('boo') } }]])",
    ] {
        let error = error(source);
        assert_eq!(
            (error.kind, error.message.as_str()),
            (ErrorKind::Thrown, "boo"),
            "{source}"
        );
    }
}

#[test]
fn a_value_too_large_is_refused_with_its_size() {
    let limits = crate::contract::GuestLimits {
        value_bytes: 100,
        ..Default::default()
    };
    let (_, step) = super::Driver::start_with("return 'x'.repeat(101)", limits);
    let crate::contract::State::Threw(error) = step.state else {
        panic!("{step:?}")
    };
    assert_eq!(error.message, "the value has 101 bytes; 100 are allowed");
}

#[test]
fn a_map_in_itself_is_nested_too_deep() {
    let limits = crate::contract::GuestLimits {
        nesting: 50,
        ..Default::default()
    };
    let (_, step) =
        super::Driver::start_with("const m = new Map(); m.set('m', m); return m", limits);
    let crate::contract::State::Threw(error) = step.state else {
        panic!("{step:?}")
    };
    assert_eq!(
        error.message,
        "the value is nested deeper than 50, which JSON does not go"
    );
    assert_eq!(error.kind, ErrorKind::Value);
}

#[test]
fn a_tool_error_keeps_its_message() {
    check(
        "try { await my_server.list('x') } catch (error) { return { error } }",
        r#"={"error":{"name":"ToolError","message":"`my_server.list`: takes one object with named arguments, got a string","server":"my-server","tool":"list","code":"invalid_arguments","retryable":false}}"#,
    );
}
