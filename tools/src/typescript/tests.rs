use serde_json::{Value, json};

use super::*;

mod coverage;
mod file;
mod shared;

fn definition(input: Value) -> ToolDefinition {
    ToolDefinition::from_json(&json!({"name": "t", "inputSchema": input})).unwrap()
}

/// The type of the one argument `x`.
fn check(schema: Value, expected: &str) {
    let input = json!({"type": "object", "properties": {"x": schema}, "required": ["x"]});
    check_tool(input, &format!("args: {{ x: {expected} }}"));
}

fn check_tool(input: Value, expected: &str) {
    let text = declaration("s.t", &definition(input), Detail::Signature);
    let arguments = text.strip_prefix("s.t(").unwrap();
    assert_eq!(arguments.replacen("): Promise<unknown>", "", 1), expected);
}

#[test]
fn plain_types() {
    check(json!({"type": "string"}), "string");
    check(json!({"type": "integer"}), "number");
    check(json!({"type": "boolean"}), "boolean");
    check(json!({"type": "null"}), "null");
    check(json!({}), "unknown");
    check(json!(true), "unknown");
    check(json!(false), "never");
    check(json!({"type": "any"}), "unknown");
    check(json!({"type": "STRING"}), "string");
    check(json!("number"), "number");
    check(json!([1]), "unknown");
}

#[test]
fn optional_and_nullable_are_two_things() {
    check(json!({"type": ["string", "null"]}), "string | null");
    check(json!({"type": "string", "nullable": true}), "string | null");
    check(
        json!({"anyOf": [{"type": "null"}, {"type": "string"}], "default": null}),
        "string | null",
    );
    check_tool(
        json!({"properties": {"a": {"type": ["null", "number"]}, "b": {}}, "required": ["b"]}),
        "args: { a?: number | null; b: unknown }",
    );
}

#[test]
fn literals() {
    check(json!({"const": "a"}), r#""a""#);
    check(
        json!({"enum": ["a", 1, null, true]}),
        r#""a" | 1 | true | null"#,
    );
    check(json!({"type": "string", "enum": ["a", "a"]}), r#""a""#);
    check(json!({"enum": [true, false]}), "boolean");
    check(json!({"enum": []}), "never");
    check(json!({"enum": ["a\"\n*/"]}), r#""a\"\n*/""#);
    check(
        json!({"enum": [[1, "a"], {"k": null}]}),
        r#"[1, "a"] | { k: null }"#,
    );
    check(json!({"type": "string", "enum": ["a", 1]}), r#""a""#);
    check(json!({"type": "object", "enum": ["a", 1]}), r#""a" | 1"#);
    check(
        json!({"allOf": [{"enum": ["a", "b"]}, {"enum": ["b", "c"]}]}),
        r#""b""#,
    );
    check(
        json!({"anyOf": [{"const": "a", "title": "A"}, {"const": "b"}]}),
        r#""a" | "b""#,
    );
}

#[test]
fn a_huge_enum_is_cut_with_a_count() {
    let members: Vec<String> = (0..100).map(|i| format!("m{i}")).collect();
    let text = declaration(
        "s.t",
        &definition(json!({"properties": {"x": {"enum": members}}})),
        Detail::Signature,
    );
    assert!(text.contains(r#""m11" | string /* 88 more */ }"#), "{text}");
}

#[test]
fn unions_in_arrays_have_parentheses() {
    check(
        json!({"type": "array", "items": {"enum": ["a", "b"]}}),
        r#"("a" | "b")[]"#,
    );
    check(
        json!({"items": {"type": ["string", "null"]}}),
        "(string | null)[]",
    );
    check(json!({"type": "array"}), "unknown[]");
    check(json!({"type": "array", "items": {}}), "unknown[]");
    check(
        json!({"type": ["array", "null"], "items": {"type": "string"}}),
        "string[] | null",
    );
}

#[test]
fn tuples_of_both_kinds() {
    check(
        json!({"items": [{"type": "string"}, {"type": "number"}]}),
        "[string?, number?, ...unknown[]]",
    );
    check(
        json!({"items": [{"type": "string"}, {"type": ["number", "null"]}], "minItems": 1, "maxItems": 2}),
        "[string, (number | null)?]",
    );
    check(
        json!({"prefixItems": [{"type": "string"}], "minItems": 1, "items": {"type": ["number", "null"]}}),
        "[string, ...(number | null)[]]",
    );
    check(
        json!({"prefixItems": [{"type": "string"}], "minItems": 3, "items": false}),
        "[string]",
    );
    check(
        json!({"prefixItems": vec![json!({"type": "string"}); 40], "items": {"type": "null"}}),
        "(string | null)[]",
    );
}

#[test]
fn objects_and_records() {
    check(json!({"type": "object"}), "Record<string, unknown>");
    check(
        json!({"type": "object", "additionalProperties": false}),
        "Record<string, never>",
    );
    check(
        json!({"additionalProperties": {"type": "number"}}),
        "Record<string, number>",
    );
    check(
        json!({"properties": {"a": {}}, "additionalProperties": {"type": "number"}}),
        "{ a?: unknown }",
    );
    check(
        json!({"properties": {"a": {"type": "string"}, "b": {"type": "number"}}, "additionalProperties": {"type": "number"}}),
        "{ a?: string; b?: number; [key: string]: number | string | undefined }",
    );
    check(
        json!({"properties": {"b": {"type": "number"}}, "required": ["b"], "additionalProperties": {"type": "number"}}),
        "{ b: number; [key: string]: number }",
    );
    check(
        json!({"propertyNames": {"enum": ["a", "b"]}, "additionalProperties": {"type": "number"}}),
        "{ a?: number; b?: number }",
    );
    check(
        json!({"patternProperties": {"^x": {"type": "string"}}}),
        "Record<string, string>",
    );
    check(
        json!({"type": "object", "required": ["b", "a"]}),
        "{ a: unknown; b: unknown }",
    );
    check(
        json!({"properties": {"a-b": {}, "class": {}, "2x": {}, "q\"": {}}}),
        r#"{ "a-b"?: unknown; class?: unknown; "2x"?: unknown; "q\""?: unknown }"#,
    );
}

#[test]
fn type_is_merged_with_the_alternatives_beside_it() {
    check(
        json!({"type": "string", "anyOf": [{"enum": ["a"]}, {"pattern": "^x"}]}),
        "string",
    );
    check(
        json!({"type": "string", "anyOf": [{"enum": ["a"]}, {"type": "number"}]}),
        r#""a""#,
    );
    check(
        json!({"type": ["object", "null"], "properties": {"a": {"type": "string"}}, "anyOf": [
            {"properties": {"b": {}}}, {"type": "null"}
        ]}),
        "{ a?: string; b?: unknown } | null",
    );
    check(
        json!({"type": "object", "oneOf": [
            {"properties": {"a": {"type": "string"}}, "required": ["a"]},
            {"properties": {"b": {"type": "number"}}, "required": ["b"]}
        ]}),
        "{ a: string } | { b: number }",
    );
    check(
        json!({"properties": {"k": {"type": "string"}}, "anyOf": [{"required": ["k"]}, {"type": "object", "required": ["l"]}]}),
        "{ k?: string } & ({ k: unknown } | { l: unknown })",
    );
    check(
        json!({"properties": {"k": {"type": "string"}}, "required": ["k"], "anyOf": [{"required": ["k"]}, {"required": ["l"]}]}),
        "{ k: string }",
    );
    check(
        json!({"properties": {"k": {"type": "string"}}, "required": ["k"], "oneOf": [
            {"properties": {"a": {}}}, {"properties": {"b": {}}}
        ]}),
        "{ k: string } & ({ a?: unknown } | { b?: unknown })",
    );
}

#[test]
fn all_of_is_one_object() {
    check(
        json!({"allOf": [
            {"properties": {"a": {"type": "string"}}},
            {"properties": {"b": {"type": "number"}}},
            {"required": ["a"], "type": "object"}
        ]}),
        "{ a: string; b?: number }",
    );
    check(
        json!({"allOf": [{"type": "string"}], "description": "x"}),
        "string",
    );
    check(
        json!({"allOf": [{"if": {}, "then": {"required": ["a"]}}], "type": "number"}),
        "number",
    );
}

#[test]
fn references_are_followed_and_dangling_ones_unknown() {
    check_tool(
        json!({
            "properties": {"a": {"$ref": "#/$defs/E"}, "b": {"$ref": "#/nowhere"}, "c": {"$ref": "#/properties/a"}},
            "$defs": {"E": {"enum": ["x", "y"]}}
        }),
        r#"args?: { a?: "x" | "y"; b?: unknown; c?: "x" | "y" }"#,
    );
    check_tool(
        json!({
            "properties": {"a": {"$ref": "#/definitions/P", "description": "mine"}},
            "definitions": {"P": {"properties": {"q": {"type": "string"}}}}
        }),
        "args?: { a?: { q?: string } }",
    );
}

#[test]
fn a_shape_used_twice_gets_a_name() {
    let point =
        json!({"properties": {"latitude": {"type": "number"}, "longitude": {"type": "number"}}});
    check_tool(
        json!({
            "properties": {"from": {"$ref": "#/$defs/geo-point"}, "to": {"$ref": "#/$defs/geo-point"}},
            "required": ["from"], "$defs": {"geo-point": point}
        }),
        "args: { from: GeoPoint; to?: GeoPoint }\n\
         type GeoPoint = { latitude?: number; longitude?: number }",
    );
}

#[test]
fn recursion_is_kept_by_name() {
    check_tool(
        json!({
            "properties": {"root": {"$ref": "#/$defs/Node"}},
            "$defs": {"Node": {"properties": {"children": {"items": {"$ref": "#/$defs/Node"}}}}}
        }),
        "args?: { root?: Node }\ntype Node = { children?: Node[] }",
    );
    check_tool(
        json!({"properties": {"next": {"$ref": "#"}}}),
        "args?: Args\ntype Args = { next?: Args }",
    );
    check_tool(
        json!({"properties": {"data": {"items": {"properties": {
            "children": {"items": {"$ref": "#/properties/data/items"}}
        }}}}}),
        "args?: { data?: DataItem[] }\ntype DataItem = { children?: DataItem[] }",
    );
}

#[test]
fn references_in_a_circle_say_nothing() {
    check_tool(
        json!({
            "properties": {"a": {"$ref": "#/$defs/A"}},
            "$defs": {"A": {"$ref": "#/$defs/B"}, "B": {"anyOf": [{"$ref": "#/$defs/A"}]}}
        }),
        "args?: { a?: unknown }",
    );
}

#[test]
fn a_property_map_at_the_root_is_an_object() {
    check_tool(
        json!({"city": {"type": "string"}, "days": {"type": "number", "default": 3}}),
        "args: { city: string; days?: number }",
    );
    check_tool(
        json!({"type": {"type": "string"}, "properties": {"description": "list"}}),
        "args: { type: string; properties: unknown }",
    );
}

#[test]
fn without_arguments_nothing_is_taken() {
    check_tool(json!({}), "");
    check_tool(json!({"type": "object"}), "");
    check_tool(
        json!({"type": "object", "properties": {}, "additionalProperties": false}),
        "",
    );
    check_tool(
        json!({"type": "object", "additionalProperties": true}),
        "args?: Record<string, unknown>",
    );
    let unsound = ToolDefinition::from_json(&json!({"name": "t", "inputSchema": 5})).unwrap();
    assert_eq!(
        declaration("s.t", &unsound, Detail::Signature),
        "s.t(args?: Record<string, unknown>): Promise<unknown>"
    );
}

fn check_output(schema: Value, expected: &str) {
    let raw = json!({"name": "t", "inputSchema": {}, "outputSchema": schema});
    let text = declaration(
        "s.t",
        &ToolDefinition::from_json(&raw).unwrap(),
        Detail::Signature,
    );
    assert_eq!(text, format!("s.t(): {expected}"));
}

#[test]
fn the_result_is_typed_and_a_lone_wrap_taken_off() {
    check_output(
        json!({"properties": {"n": {"type": "number"}}, "required": ["n"]}),
        "Promise<{ n: number }>",
    );
    check_output(
        json!({"properties": {"result": {"items": {"type": "string"}}}, "required": ["result"]}),
        "Promise<string[]>",
    );
    check_output(
        json!({"properties": {"result": {}, "next": {}}}),
        "Promise<{ result?: unknown; next?: unknown }>",
    );
}

#[test]
fn brief_and_full_say_more() {
    let raw = json!({
        "name": "list-issues", "description": "Lists issues. Slow.\n\nArgs: none */ x",
        "annotations": {"readOnlyHint": true},
        "inputSchema": {"required": ["repo"], "properties": {
            "repo": {"type": "string", "description": "Owner/name.\nNo URL."},
            "page": {"type": "integer", "default": 1, "minimum": 1},
            "filter": {"properties": {"state": {"enum": ["open"], "description": "State */ here"}}}
        }}
    });
    let definition = ToolDefinition::from_json(&raw).unwrap();
    insta::assert_snapshot!(declaration("gh.list_issues", &definition, Detail::Brief), @r#"
    gh.list_issues(args: { // Lists issues
      repo: string; // Owner/name
      page?: number; // (default 1)
      filter?: {
        state?: "open"; // State */ here
      };
    }): Promise<unknown>
    "#);
    insta::assert_snapshot!(declaration("gh.list_issues", &definition, Detail::Full), @r#"
    /**
     * Lists issues. Slow.
     * Args: none *\/ x
     * (the server's name for it: list-issues; read-only)
     */
    gh.list_issues(args: {
      /**
       * Owner/name.
       * No URL.
       */
      repo: string;
      /** (default 1; ≥ 1) */
      page?: number;
      filter?: {
        /** State *\/ here */
        state?: "open";
      };
    }): Promise<unknown>
    "#);
}

#[test]
fn twenty_six_doubling_references_stay_small() {
    let mut definitions = serde_json::Map::new();
    for i in 0..26 {
        let next = json!({"$ref": format!("#/$defs/d{}", i + 1)});
        definitions.insert(
            format!("d{i}"),
            json!({"properties": {"a": next, "b": next}}),
        );
    }
    definitions.insert("d26".to_owned(), json!({"type": "string"}));
    let input = json!({"properties": {"x": {"$ref": "#/$defs/d0"}}, "$defs": definitions});
    for detail in [Detail::Signature, Detail::Brief, Detail::Full] {
        let text = declaration("s.t", &definition(input.clone()), detail);
        assert!(text.len() < 4_000 && text.contains("type D24 = "), "{text}");
    }
}

#[test]
fn depth_and_width_are_bounded() {
    let mut deep = json!({"type": "string"});
    for _ in 0..60 {
        deep = json!({"properties": {"nested": deep}});
    }
    let keys: serde_json::Map<String, Value> = (0..20_000)
        .map(|i| {
            (
                format!("key_{i}"),
                json!({"type": "string", "description": "Long. ".repeat(50)}),
            )
        })
        .collect();
    for schema in [deep, json!({"properties": keys})] {
        let definition = definition(schema);
        for (detail, most) in [
            (Detail::Signature, 1_700),
            (Detail::Brief, 4_100),
            (Detail::Full, 9_100),
        ] {
            let text = declaration("s.t", &definition, detail);
            assert!(text.len() < most, "{} bytes", text.len());
        }
    }
}

/// Any JSON, with the words of JSON Schema as likely keys and strings.
fn any_schema() -> impl proptest::strategy::Strategy<Value = Value> {
    use proptest::prelude::*;
    let word = prop_oneof![
        proptest::sample::select(vec![
            "type",
            "properties",
            "items",
            "prefixItems",
            "anyOf",
            "oneOf",
            "allOf",
            "$ref",
            "enum",
            "const",
            "required",
            "additionalProperties",
            "patternProperties",
            "nullable",
            "$defs",
            "a",
            "b",
            "description",
            "default",
            "$id",
            "$anchor",
        ]),
        proptest::sample::select(vec![
            "string",
            "object",
            "array",
            "null",
            "#",
            "#/$defs/a",
            "#/properties/b",
            "#a",
            "#/items",
            "*/",
            "\u{2028}",
        ]),
    ]
    .prop_map(str::to_owned);
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        word.clone().prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
    ];
    leaf.prop_recursive(6, 64, 6, move |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            proptest::collection::vec((word.clone(), inner), 0..6)
                .prop_map(|entries| Value::Object(entries.into_iter().collect())),
        ]
    })
}

proptest::proptest! {
    #[test]
    fn no_schema_panics_or_explodes(schema in any_schema()) {
        let raw = json!({"name": "t", "inputSchema": schema, "outputSchema": schema, "description": "a */ b"});
        let definition = ToolDefinition::from_json(&raw).unwrap();
        let signature = declaration("s.t", &definition, Detail::Signature);
        assert!(signature.len() < 1_700 && !signature.contains(['\n', '\r'].as_slice()) || signature.contains("\ntype "), "{signature}");
        assert!(declaration("s.t", &definition, Detail::Brief).len() < 4_100);
        assert!(declaration("s.t", &definition, Detail::Full).len() < 9_100);
    }
}
