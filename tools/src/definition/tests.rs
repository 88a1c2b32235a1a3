use serde_json::json;

use super::*;

fn check(raw: Value, problems: &[&str]) -> ToolDefinition {
    let definition = ToolDefinition::from_json(&raw).unwrap();
    assert_eq!(definition.problems, problems);
    definition
}

#[test]
fn a_sound_definition_is_kept_whole() {
    let definition = check(
        json!({
            "name": "get", "title": "Get", "description": "Gets.",
            "inputSchema": {"type": "object"}, "outputSchema": {"type": "object"},
            "annotations": {"readOnlyHint": true, "openWorldHint": false}, "_meta": {}
        }),
        &[],
    );
    assert_eq!(definition.title.as_deref(), Some("Get"));
    assert_eq!(definition.annotations.read_only, Some(true));
    assert_eq!(definition.annotations.destructive, None);
    assert!(definition.output_schema.is_some());
}

#[test]
fn malformed_parts_are_noted_and_left_out() {
    let definition = check(
        json!({
            "name": "get", "description": 5, "inputSchema": [], "outputSchema": "x",
            "annotations": {"readOnlyHint": "yes", "title": "From hints"}
        }),
        &[
            "`description` is a number, not a string",
            "`inputSchema` is an array, not an object",
            "`outputSchema` is a string, not an object",
            "`readOnlyHint` is a string, not a boolean",
        ],
    );
    assert_eq!(definition.input_schema, json!({}));
    assert_eq!(definition.title.as_deref(), Some("From hints"));
}

#[test]
fn a_missing_schema_is_noted() {
    check(json!({"name": "get"}), &["`inputSchema` is missing"]);
}

#[test]
fn oversized_parts_are_cut() {
    let long = "é".repeat(DESCRIPTION_BYTES);
    let mut deep = json!(1);
    for _ in 0..200 {
        deep = json!({"a": deep});
    }
    let wide: Vec<_> = (0..SCHEMA_BYTES).map(|_| json!(1)).collect();
    let definition = ToolDefinition::from_json(&json!({
        "name": "get", "description": long, "inputSchema": deep,
        "outputSchema": {"type": "object", "properties": {"a": {"enum": wide, "type": "number"}}, "required": ["a"]}
    }))
    .unwrap();
    assert_eq!(definition.problems.len(), 3, "{:?}", definition.problems);
    assert_eq!(definition.description.unwrap().len(), DESCRIPTION_BYTES);
    assert_eq!(definition.input_schema, json!({}));
    assert_eq!(
        definition.output_schema,
        Some(json!({"type": "object", "properties": {"a": {"type": "number"}}, "required": ["a"]}))
    );
}

#[test]
fn the_words_of_an_oversized_schema_go_first() {
    let words = "Long. ".repeat(100);
    let property = json!({"type": "string", "title": words, "description": words, "examples": [words], "default": {"description": "kept"}});
    let mut properties: Map<String, Value> = (0..1_000)
        .map(|i| (format!("key_{i}"), property.clone()))
        .collect();
    // Properties, not keywords.
    properties.insert("description".to_owned(), json!({"type": "number"}));
    properties.insert("examples".to_owned(), json!({"const": {"title": "kept"}}));
    let raw = json!({"name": "t", "inputSchema": {"description": words, "properties": properties}});
    let definition = ToolDefinition::from_json(&raw).unwrap();
    let [problem] = &definition.problems[..] else {
        panic!("{:?}", definition.problems);
    };
    assert!(
        problem.ends_with("are read: it is kept without descriptions"),
        "{problem}"
    );
    let properties = &definition.input_schema["properties"];
    assert_eq!(
        properties["key_0"],
        json!({"type": "string", "default": {"description": "kept"}})
    );
    assert_eq!(properties["description"], json!({"type": "number"}));
    assert_eq!(properties["examples"], json!({"const": {"title": "kept"}}));
    assert_eq!(properties.as_object().unwrap().len(), 1_002);
}

fn check_text(text: &str, problems: &[&str]) -> ToolDefinition {
    let definition = ToolDefinition::from_text(text).unwrap();
    assert_eq!(definition.problems, problems);
    definition
}

#[test]
fn what_a_decoder_refuses_costs_only_itself() {
    let definition = check_text(
        r#"{"name": "cut", "description": "cut \ud83d", "annotations": {"readOnlyHint": true},
            "inputSchema": {"properties": {"n": {"type": "number", "maximum": 1e999}}}}"#,
        &[
            "in `description` halves of characters are replaced",
            "in `inputSchema` numbers beyond all range are the largest there is",
        ],
    );
    assert_eq!(definition.description.as_deref(), Some("cut \u{fffd}"));
    assert_eq!(definition.input_schema["properties"]["n"]["type"], "number");
    assert_eq!(definition.annotations.read_only, Some(true));

    let deep = format!(
        r#"{{"properties": {{"flat": {{"type": "string"}}, "deep": {}{{}}{}}}}}"#,
        r#"{"properties": {"in": "#.repeat(50_000),
        "}}".repeat(50_000)
    );
    let definition = check_text(
        &format!(r#"{{"name": "deep", "inputSchema": {deep}, "outputSchema": {deep}}}"#),
        &[
            "in `inputSchema` what is nested deeper than 120 is left out",
            "in `outputSchema` what is nested deeper than 120 is left out",
        ],
    );
    assert_eq!(
        definition.input_schema["properties"]["flat"]["type"],
        "string"
    );
    assert!(definition.input_schema["properties"]["deep"]["properties"]["in"].is_object());
}

#[test]
fn a_gigantic_part_costs_only_itself() {
    let wide = "1,".repeat(3 << 20);
    let definition = check_text(
        &format!(
            r#"{{"name": "wide", "title": "Wide", "inputSchema": {{"enum": [{wide}1]}}, "outputSchema": {{}}}}"#
        ),
        &["`inputSchema` has 6291469 bytes, at most 4194304 are read"],
    );
    assert_eq!(definition.title.as_deref(), Some("Wide"));
    assert_eq!(definition.output_schema, Some(json!({})));
}

#[test]
fn texts_without_a_name_are_no_tools() {
    for (text, error) in [
        (r#"{"name": "cut \ud83d"}"#, DefinitionError::NoName),
        (r#"{"name": null}"#, DefinitionError::NoName),
        (r#"{"Name": "x"}"#, DefinitionError::NoName),
        (r"[]", DefinitionError::NotAnObject { kind: "an array" }),
        (r#""x""#, DefinitionError::NotAnObject { kind: "a string" }),
    ] {
        assert_eq!(ToolDefinition::from_text(text), Err(error), "{text}");
    }
    check_text(r#"{"name": "x"}"#, &["`inputSchema` is missing"]);
    check_text(
        r#"{"name": "x", "inputSchema": "{}"}"#,
        &["`inputSchema` is a string, not an object"],
    );
}

#[test]
fn every_field_of_every_wrong_type_leaves_a_tool() {
    let wrong = [
        json!(null),
        json!(true),
        json!(7),
        json!("x"),
        json!([1, {}]),
        json!({"a": [{}]}),
    ];
    for key in PARTS {
        for value in &wrong {
            let raw = json!({"name": "t", "description": "kept", "inputSchema": {"properties": {"a": {"type": "string"}}}, key: value});
            for definition in [
                ToolDefinition::from_json(&raw),
                ToolDefinition::from_text(&raw.to_string()),
            ] {
                let definition = definition.unwrap();
                assert_eq!(definition.name, "t");
                assert!(key == "description" || definition.description.is_some());
                assert!(
                    key == "inputSchema" || definition.input_schema["properties"]["a"].is_object()
                );
            }
        }
    }
}

#[test]
fn without_a_name_there_is_no_tool() {
    for raw in [json!({}), json!({"name": ""}), json!({"name": 1})] {
        assert_eq!(
            ToolDefinition::from_json(&raw),
            Err(DefinitionError::NoName)
        );
    }
    assert!(ToolDefinition::from_json(&json!([])).is_err());
    assert!(ToolDefinition::from_json(&json!({"name": "x".repeat(300)})).is_err());
}
