//! What is counted as stated, and as missing.

use super::*;

fn check(input: Value, detail: Detail, stated: usize, unknown: usize) {
    let definition = definition(input);
    let types = ToolTypes::of(&definition);
    let written = types.write(Form::Call("s.t"), detail, &Shared::default());
    let coverage = types.coverage(&written);
    let expected = Coverage { stated, unknown };
    assert_eq!(coverage, expected, "{}", written.alone());
}

#[test]
fn what_is_printed_counts_as_known() {
    check(
        json!({"type": "object", "properties": {
            "a": {"type": "string"}, "b": {"enum": [1]}, "c": {"description": "states nothing"},
            "d": {"anyOf": [{"const": 1}, {"type": "null"}]},
            "e": {"items": [{"type": "string"}], "additionalItems": {"type": "null"}}
        }}),
        Detail::Full,
        7,
        0,
    );
    // A property may be called like a keyword.
    check(
        json!({"properties": {"type": {"description": "x"}, "enum": {"type": "string"}}}),
        Detail::Full,
        2,
        0,
    );
    // A map of properties is no schema itself.
    check(json!({"city": {"type": "string"}}), Detail::Full, 1, 0);
}

#[test]
fn what_cannot_be_expressed_counts_as_unknown() {
    check(
        json!({"properties": {"a": {"type": "any"}}}),
        Detail::Full,
        2,
        1,
    );
    // Anything may be there, so that the word says nothing.
    check(
        json!({"properties": {"a": {"anyOf": [{"type": "string"}, {"anyOf": [{}]}]}}}),
        Detail::Full,
        2,
        1,
    );
    check(
        json!({"properties": {"a": {"type": "string", "not": {"enum": [""]}}},
            "then": {"properties": {"b": {"type": "string"}}}}),
        Detail::Full,
        5,
        3,
    );
    check(
        json!({"properties": {"a": {"type": "object"}}, "additionalProperties": {"type": "string"}}),
        Detail::Full,
        3,
        1,
    );
}

#[test]
fn what_is_cut_counts_as_unknown_and_what_is_referred_to_counts_once() {
    let mut deep = json!({"type": "string"});
    for _ in 0..8 {
        deep = json!({"properties": {"nested": deep}});
    }
    check(deep.clone(), Detail::Full, 9, 0);
    // Five levels are shown at `signature`; the sixth object, and what is in it, is not.
    check(deep, Detail::Signature, 9, 4);
    let twice = json!({"properties": {"a": {"$ref": "#/$defs/X"}, "b": {"$ref": "#/$defs/X"}}, "$defs": {
        "X": {"type": "object", "properties": {"x": {"$ref": "#/$defs/X"}}}, "Unused": {"type": "string"}
    }});
    check(twice, Detail::Full, 2, 0);
    let wide: serde_json::Map<String, Value> = (0..70)
        .map(|i| (format!("key_{i}"), json!({"type": "string"})))
        .collect();
    check(json!({"properties": wide}), Detail::Signature, 71, 10);
}

#[test]
fn where_nothing_fits_everything_is_unknown() {
    let members: Vec<Value> = (0..3_000)
        .map(|i| json!({"properties": {(format!("key_{i}")): {"type": "string"}}}))
        .collect();
    let input = json!({"properties": {"a": {"anyOf": members}}});
    check(input.clone(), Detail::Signature, 6_001, 6_001);
    let text = declaration("s.t", &definition(input), Detail::Signature);
    assert!(
        text.starts_with("s.t(args?: Record<string, unknown> /* too long: ") && text.len() < 200,
        "{text}"
    );
}
