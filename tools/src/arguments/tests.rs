use serde_json::json;

use super::*;
use crate::catalog::{Catalog, ServerListing, ServerState};
use crate::definition::ToolDefinition;

fn catalog(schema: Value) -> Catalog {
    let tool = json!({"name": "t", "inputSchema": schema});
    Catalog::new(vec![ServerListing {
        name: "s".to_owned(),
        state: ServerState::Ready,
        instructions: None,
        tools: vec![ToolDefinition::from_json(&tool).unwrap()],
    }])
}

#[test]
fn right_arguments_pass_and_wrong_ones_do_not() {
    let catalog = catalog(json!({"type": "object", "properties": {"a": {"type": "number"}}}));
    let tool = catalog.resolve("s.t").unwrap();
    assert_eq!(check_arguments(tool, &json!({"a": 1})), Ok(()));
    assert!(check_arguments(tool, &json!({"a": "x"})).is_err());
}

#[test]
fn an_unusable_schema_leaves_the_tool_unchecked() {
    let catalog = catalog(json!({"properties": {"a": {"type": "any"}}}));
    let tool = catalog.resolve("s.t").unwrap();
    assert_eq!(check_arguments(tool, &json!({"a": 1})), Ok(()));
    assert!(unchecked_reason(tool).is_some());
}
