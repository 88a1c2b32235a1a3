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
fn oversized_parts_are_cut_or_dropped() {
    let long = "é".repeat(DESCRIPTION_BYTES);
    let mut deep = json!(1);
    for _ in 0..200 {
        deep = json!({"a": deep});
    }
    let wide: Vec<_> = (0..SCHEMA_BYTES).map(|_| json!(1)).collect();
    let definition = ToolDefinition::from_json(&json!({
        "name": "get", "description": long, "inputSchema": deep, "outputSchema": {"enum": wide}
    }))
    .unwrap();
    assert_eq!(definition.problems.len(), 3, "{:?}", definition.problems);
    assert_eq!(definition.description.unwrap().len(), DESCRIPTION_BYTES);
    assert_eq!(definition.input_schema, json!({}));
    assert_eq!(definition.output_schema, None);
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
