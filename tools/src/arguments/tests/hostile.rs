//! Schemas made to cost time, memory or the stack.

use std::time::{Duration, Instant};

use proptest::prelude::{Just, Strategy, any, prop_assert, prop_oneof, proptest};

use super::*;

/// Definitions `d0` to `d{length}`, each of which applies the next one twice.
fn bomb(at: &str, length: usize) -> Value {
    let double = (0..length).map(|i| {
        let separator = if at == "#" { "" } else { "/" };
        let next = json!({"$ref": format!("{at}{separator}d{}", i + 1)});
        (format!("d{i}"), json!({"allOf": [next, next]}))
    });
    let last = (format!("d{length}"), json!({"type": "string"}));
    Value::Object(double.chain([last]).collect())
}

/// `{"n": {"n": … {"m": 3}}}`.
fn nested_to(levels: usize) -> Value {
    (0..levels).fold(json!({"m": 3}), |inner, _| json!({"n": inner}))
}

/// Schemas made to be slow are refused, or compiled and checked, at once.
#[test]
fn hostile_schemas_cost_little() {
    let mut doubling = serde_json::Map::new();
    for i in 0..26 {
        let next = json!({"$ref": format!("#/$defs/d{}", i + 1)});
        doubling.insert(
            format!("d{i}"),
            json!({"properties": {"a": next, "b": next}}),
        );
    }
    doubling.insert("d26".to_owned(), json!({"type": "string"}));
    let chain: serde_json::Map<String, Value> = (0..5_000)
        .map(|i| {
            (
                format!("d{i}"),
                json!({"items": {"$ref": format!("#/$defs/d{}", i + 1)}}),
            )
        })
        .collect();
    let recursive = json!({"anyOf": [
        {"properties": {"n": {"$ref": "#/$defs/N"}}, "required": ["n", "a"]},
        {"properties": {"n": {"$ref": "#/$defs/N"}}, "required": ["n", "b"]}
    ]});
    let mut anchored = bomb("#", 60);
    for (name, schema) in anchored.as_object_mut().unwrap() {
        schema["$anchor"] = json!(name);
    }
    let patterns: Vec<Value> = (0..5_000)
        .map(|i| json!({"pattern": format!("x{{{i}}}{{500}}")}))
        .collect();
    for (schema, arguments, is_checked) in [
        (
            json!({"$ref": "#/$defs/d0", "$defs": doubling}),
            json!({"a": {"b": {}}}),
            false,
        ),
        (
            json!({"$ref": "#/$defs/d0", "$defs": chain}),
            json!({}),
            false,
        ),
        (
            json!({"$ref": "#/$defs/N", "$defs": {"N": recursive}}),
            nested_to(60),
            true,
        ),
        (
            json!({"properties": {"a": {"allOf": patterns}}}),
            json!({"a": "x"}),
            false,
        ),
        (
            json!({"properties": {"a": {"pattern": "^(a+)+$"}}}),
            json!({"a": format!("{}!", "a".repeat(10_000))}),
            true,
        ),
        (
            json!({"properties": {"a": {"pattern": "^(?=(a+)+$)b"}}}),
            json!({"a": format!("{}!", "a".repeat(10_000))}),
            true,
        ),
        (
            json!({"properties": {"a": {"items": {"type": "string"}}}}),
            json!({"a": vec![1; 200_000]}),
            true,
        ),
        // Every alternative of every item would be an error of its own.
        (
            json!({"properties": {"a": {"items": {"anyOf": vec![json!({"type": "string"}); 5_000]}}}}),
            json!({"a": vec![1; 5_000]}),
            true,
        ),
        // A property that is named like a keyword.
        (
            json!({"properties": {"default": {
                "$defs": bomb("#/properties/default/$defs", 60), "$ref": "#/properties/default/$defs/d0",
            }}}),
            json!({"default": "x"}),
            false,
        ),
        // References that count from somewhere else than it seems.
        (
            json!({"$defs": {"d1": {}}, "properties": {"a": {
                "$id": "urn:inner", "$defs": bomb("#/$defs", 60), "$ref": "#/$defs/d0",
            }}}),
            json!({"a": "x"}),
            false,
        ),
        (
            json!({"default": {"$anchor": "d1"}, "properties": {"a": {"$ref": "#d1"}}, "$defs": anchored}),
            json!({"a": "x"}),
            false,
        ),
        // Two ways to go on at each of 60 levels.
        (
            json!({"anyOf": [
                {"properties": {"n": {"$ref": "#"}, "m": {"const": 1}}},
                {"properties": {"n": {"$ref": "#"}, "m": {"const": 2}}}
            ]}),
            nested_to(60),
            true,
        ),
    ] {
        let catalog = catalog(schema);
        let tool = catalog.resolve("s.t").unwrap();
        let start = Instant::now();
        let _ = check_arguments(tool, &arguments);
        assert!(
            start.elapsed() < Duration::from_secs(20),
            "{:?} {:?}",
            start.elapsed(),
            unchecked_reason(tool)
        );
        assert_eq!(
            unchecked_reason(tool).is_none(),
            is_checked,
            "{:?}",
            unchecked_reason(tool)
        );
    }
}

/// As deep as is let through, on the small stack of a test's thread.
#[test]
fn the_deepest_schemas_fit_the_stack() {
    let chain = |length: usize| -> Value {
        let links = (0..length).map(|i| {
            let next = json!({"$ref": format!("#/$defs/d{}", i + 1)});
            (
                format!("d{i}"),
                json!({"anyOf": [{"properties": {"n": next}}]}),
            )
        });
        let last = (format!("d{length}"), json!({"type": "string"}));
        Value::Object(links.chain([last]).collect())
    };
    let tree = json!({"properties": {"n": {"$ref": "#"}, "m": {"type": "string"}}, "additionalProperties": false});
    let nested = nested_to(120);
    let mut compiled = 0;
    for length in [20, 40, 45, 50, 55, 60, 70, 80, 120] {
        let first = json!({"$ref": "#/$defs/d0"});
        let catalog = catalog(json!({"properties": {"n": first}, "$defs": chain(length)}));
        let tool = catalog.resolve("s.t").unwrap();
        let _ = check_arguments(tool, &nested);
        compiled += usize::from(unchecked_reason(tool).is_none());
    }
    assert!((2..9).contains(&compiled), "{compiled}");
    // The same from its end, so that each link is known before the one that leads to it.
    let backwards: serde_json::Map<String, Value> = chain(400)
        .as_object()
        .unwrap()
        .iter()
        .rev()
        .map(|(name, schema)| (name.clone(), schema.clone()))
        .collect();
    let first = json!({"$ref": "#/$defs/d0"});
    let long = catalog(json!({"$defs": backwards, "properties": {"n": first}}));
    let said = unchecked_reason(long.resolve("s.t").unwrap()).unwrap();
    assert!(said.contains("deeper"), "{said}");
    let deep_tree = catalog(tree);
    assert!(check_arguments(deep_tree.resolve("s.t").unwrap(), &nested).is_err());
    // Forty schemas to each level of the arguments.
    let mut round = chain(40);
    for i in 0..40 {
        let next = json!({"$ref": format!("#/$defs/d{}", i + 1)});
        round[format!("d{i}")] = json!({"anyOf": [next, {"type": "null"}]});
    }
    round["d40"] = json!({"$ref": "#"});
    for backwards in [false, true] {
        let mut definitions: Vec<_> = round.as_object().unwrap().clone().into_iter().collect();
        if backwards {
            definitions.reverse();
        }
        let definitions: serde_json::Map<String, Value> = definitions.into_iter().collect();
        let first = json!({"$ref": "#/$defs/d0"});
        let deep = catalog(json!({"properties": {"n": first}, "$defs": definitions}));
        let tool = deep.resolve("s.t").unwrap();
        assert_eq!(unchecked_reason(tool), None);
        assert_eq!(check_arguments(tool, &nested), Ok(()));
    }
}

fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(json!(null)),
        Just(json!(true)),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        "[a-z\u{e9}\u{1f600}]{0,6}".prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 40, 4, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            proptest::collection::hash_map("[xyz]", inner, 0..3)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

fn any_schema() -> impl Strategy<Value = Value> {
    let number = prop_oneof![
        Just(json!(0)),
        Just(json!(-1)),
        Just(json!(1e300)),
        Just(json!(0.1)),
        any::<u64>().prop_map(Value::from),
    ];
    let scalar = "minimum|exclusiveMaximum|multipleOf|minLength|maxLength|minItems|maxProperties";
    let reference = "#(/\\$defs/[ab]|/properties/x|/allOf/1)?|#a|urn:b";
    let leaf = prop_oneof![
        any::<bool>().prop_map(Value::from),
        "string|object|array|integer|null|any".prop_map(|kind| json!({"type": kind})),
        reference.prop_map(|to| json!({"$ref": to})),
        (scalar, number).prop_map(|(key, number)| json!({key: number})),
        any_value().prop_map(|value| json!({"enum": value})),
        any_value().prop_map(|value| json!({"const": value, "uniqueItems": true})),
        "[a-z(+*?)\\[\\]]{0,6}".prop_map(|pattern| json!({"pattern": pattern})),
    ];
    leaf.prop_recursive(5, 40, 4, |inner| {
        let one = "items|not|if|then|else|additionalProperties|propertyNames|contains\
                   |unevaluatedProperties|unevaluatedItems|additionalItems";
        let several = "allOf|anyOf|oneOf|prefixItems|items";
        let named = "properties|patternProperties|\\$defs|dependentSchemas|dependencies";
        let names = "[abxyz]|default|enum|\\$ref|\\$id";
        let keyword = prop_oneof![
            (one, inner.clone()).prop_map(|(key, schema)| (key, schema)),
            (several, proptest::collection::vec(inner.clone(), 1..4))
                .prop_map(|(key, schemas)| (key, Value::from(schemas))),
            (named, proptest::collection::hash_map(names, inner, 0..4))
                .prop_map(|(key, schemas)| (key, Value::Object(schemas.into_iter().collect()))),
        ];
        proptest::collection::vec(keyword, 1..4)
            .prop_map(|keywords| Value::Object(keywords.into_iter().collect()))
    })
}

proptest! {
    #[test]
    fn no_schema_and_no_arguments_are_too_odd(schema in any_schema(), arguments in any_value()) {
        let catalog = catalog(schema);
        if let Err(error) = check_arguments(catalog.resolve("s.t").unwrap(), &arguments) {
            prop_assert!(!error.problems.is_empty() && error.to_string().len() < 20_000);
        }
    }
}
