//! What an agent reads instead of JSON Schema: a tool at three levels of detail.
//!
//! ```sh
//! cargo run --release -p retort-examples --bin typescript
//! ```

#![allow(clippy::print_stdout, reason = "an example shows what it does")]

use std::error::Error;

use retort_tools::{Catalog, Detail, ServerListing, ServerState, ToolDefinition};
use serde_json::json;

fn main() -> Result<(), Box<dyn Error>> {
    let definition = ToolDefinition::from_json(&json!({
        "name": "list-issues",
        "description": "Lists the issues of a repository. Closed ones only on request.",
        "inputSchema": {
            "type": "object",
            "properties": {
                "repository": { "type": "string", "description": "As `owner/name`. Required." },
                "state": { "enum": ["open", "closed"], "description": "Which ones. Open by default." },
                "labels": { "type": "array", "items": { "anyOf": [{ "type": "string" }, { "type": "integer" }] } },
            },
            "required": ["repository"],
        },
        "outputSchema": {
            "type": "object",
            "properties": { "issues": { "type": "array", "items": { "$ref": "#/$defs/issue" } } },
            "required": ["issues"],
            "$defs": { "issue": { "type": "object", "properties": { "title": { "type": "string" } } } },
        },
    }))?;
    let catalog = Catalog::new(vec![ServerListing {
        name: "tracker".to_owned(),
        state: ServerState::Ready,
        instructions: None,
        tools: vec![definition],
    }]);
    for detail in [Detail::Signature, Detail::Brief, Detail::Full] {
        println!(
            "{}\n",
            catalog.describe(&["tracker.list-issues".to_owned()], detail)
        );
    }
    Ok(())
}
