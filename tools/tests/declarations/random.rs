//! Schemas that nobody would write: the compiler accepts what becomes of them.

use std::fmt::Write as _;

use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use retort_tools::typescript::declaration_file;
use retort_tools::{Catalog, Detail, ServerListing, ServerState, ToolDefinition};
use serde_json::{Map, Value, json};

use crate::compiler::compile;
use crate::{judge, scratch};

/// Schemas tried at each level of detail.
const SCHEMAS: usize = 600;
/// Names of properties and definitions, so few that references find something.
const KEYS: [&str; 8] = [
    "a",
    "b",
    "Record",
    "x-y",
    "constructor",
    "*/",
    "ü\u{2028}",
    "",
];
const POINTERS: [&str; 12] = [
    "#",
    "#/$defs/a",
    "#/$defs/b",
    "#/$defs/Record",
    "#/$defs/x-y",
    "#/$defs/*~1",
    "#/properties/a",
    "#/properties/b/items",
    "#/properties/a/anyOf/0",
    "#/$defs/b/additionalProperties",
    "#/nowhere",
    "#a",
];

fn keys() -> impl Strategy<Value = String> + Clone {
    select(&KEYS[..]).prop_map(str::to_owned)
}

fn object(entries: Vec<(String, Value)>) -> Value {
    Value::Object(entries.into_iter().collect::<Map<_, _>>())
}

/// A value where a schema belongs that is none.
fn junk() -> impl Strategy<Value = Value> {
    select(vec![
        json!(null),
        json!(7),
        json!("string"),
        json!([]),
        json!([{}]),
        json!({"a": 1}),
    ])
}

fn leaf() -> impl Strategy<Value = Value> {
    const TYPES: [&str; 7] = [
        "string", "integer", "boolean", "null", "object", "array", "any",
    ];
    prop_oneof![
        select(&TYPES[..]).prop_map(|ty| json!({"type": ty})),
        proptest::collection::vec(select(&TYPES[..]), 1..4)
            .prop_map(|types| json!({"type": types})),
        select(&POINTERS[..]).prop_map(|to| json!({"$ref": to, "description": "over */ there"})),
        proptest::collection::vec(
            select(vec![
                json!("a"),
                json!(-1),
                json!(true),
                json!(null),
                json!([1]),
                json!({"k": "v"})
            ]),
            0..4
        )
        .prop_map(|members| json!({"enum": members})),
        Just(json!({"const": "*/\u{2028}\"\\"})),
        Just(json!({"$anchor": "a", "type": "object", "required": ["a", "zz"]})),
        Just(json!({})),
        any::<bool>().prop_map(Value::from),
        junk(),
    ]
}

fn schema() -> impl Strategy<Value = Value> {
    leaf().prop_recursive(5, 48, 5, |inner| {
        let some = proptest::collection::vec(inner.clone(), 0..4).boxed();
        let named = proptest::collection::vec((keys(), inner.clone()), 0..5)
            .prop_map(object)
            .boxed();
        let required = proptest::collection::vec(keys(), 0..3);
        let keyword = prop_oneof![
            named.clone().prop_map(|named| json!({"properties": named})),
            (named.clone(), inner.clone(), required)
                .prop_map(|(named, rest, required)| json!({"type": "object", "properties": named, "additionalProperties": rest, "required": required})),
            inner.clone().prop_map(|rest| json!({"additionalProperties": rest})),
            named.prop_map(|named| json!({"patternProperties": named})),
            inner.clone().prop_map(|items| json!({"type": "array", "items": items})),
            (some.clone(), inner.clone(), 0..3_u8).prop_map(|(fixed, rest, least)| json!({"prefixItems": fixed, "items": rest, "minItems": least})),
            (select(vec!["anyOf", "oneOf", "allOf", "items"]), some).prop_map(|(keyword, some)| json!({keyword: some})),
            inner.prop_map(|rest| json!({"propertyNames": {"enum": KEYS}, "additionalProperties": rest})),
        ];
        // Several keywords at once.
        proptest::collection::vec(keyword, 1..4).prop_map(|parts| {
            let maps = parts.into_iter().filter_map(|part| part.as_object().cloned());
            Value::Object(maps.flatten().collect())
        })
    })
}

fn whole() -> impl Strategy<Value = Value> {
    let definitions = proptest::collection::vec((keys(), schema()), 0..6).prop_map(object);
    (schema(), definitions).prop_map(|(mut schema, definitions)| {
        if let Some(map) = schema.as_object_mut() {
            map.insert("$defs".to_owned(), definitions);
        }
        schema
    })
}

#[test]
fn the_compiler_accepts_what_becomes_of_any_schema() {
    let mut runner = TestRunner::deterministic();
    let tools: Vec<ToolDefinition> = (0..SCHEMAS)
        .map(|number| {
            let mut schema = || whole().new_tree(&mut runner).unwrap().current();
            let raw = json!({"name": format!("t{number}"), "inputSchema": schema(), "outputSchema": schema()});
            ToolDefinition::from_json(&raw).unwrap()
        })
        .collect();
    let catalog = Catalog::new(vec![ServerListing {
        name: "s".to_owned(),
        state: ServerState::Ready,
        instructions: None,
        tools,
    }]);
    let folder = scratch("random");
    for detail in [Detail::Signature, Detail::Brief, Detail::Full] {
        let mut text = declaration_file(catalog.servers(), detail).text;
        // Types are looked into only when they are used.
        for number in 0..SCHEMAS {
            let _ = writeln!(
                text,
                "declare const r{number}: Awaited<ReturnType<typeof s.t{number}>>;"
            );
        }
        text.push_str("export {};\n");
        std::fs::write(folder.join(format!("{detail:?}.ts")), text).unwrap();
    }
    let files = ["Signature.ts", "Brief.ts", "Full.ts"];
    match compile(
        &folder,
        &[&["--strict", "--types", ""], &files[..]].concat(),
    ) {
        Ok(complaints) => assert!(
            complaints.is_empty(),
            "{} complaints, the first: {:#?}",
            complaints.len(),
            &complaints[..complaints.len().min(5)]
        ),
        Err(why) => judge::skip(&why),
    }
}
