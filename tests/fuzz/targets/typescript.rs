//! Any JSON as a tool definition: a declaration of bounded size at each level
//! of detail, or a clear refusal. Arguments are checked against it too. What is no
//! JSON for a decoder is read as a definition all the same.
#![no_main]

use libfuzzer_sys::fuzz_target;
use retort_tools::typescript::declaration_file;
use retort_tools::{Catalog, Detail, ServerListing, ServerState, ToolDefinition, check_arguments};
use serde_json::{Value, json};

/// More than any level of detail may print for one tool.
const MOST_BYTES: usize = 64 << 10;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(text) = std::str::from_utf8(bytes) {
        let _ = ToolDefinition::from_text(text);
        let raw = format!("{{\"name\": \"tool\", \"inputSchema\": {text}}}");
        let _ = ToolDefinition::from_text(&raw);
    }
    let Ok(schema) = serde_json::from_slice::<Value>(bytes) else {
        return;
    };
    let raw = json!({ "name": "tool", "inputSchema": schema, "outputSchema": schema });
    let Ok(definition) = ToolDefinition::from_json(&raw) else {
        return;
    };
    let catalog = Catalog::new(vec![ServerListing {
        name: "server".to_owned(),
        state: ServerState::Ready,
        instructions: None,
        tools: vec![definition],
    }]);
    for detail in [Detail::Signature, Detail::Brief, Detail::Full] {
        let text = catalog.describe(&["server.tool".to_owned()], detail);
        assert!(text.len() <= MOST_BYTES, "{} bytes", text.len());
        let file = declaration_file(catalog.servers(), detail);
        assert!(file.text.len() <= MOST_BYTES, "{} bytes", file.text.len());
        assert!(file.functions == 1 && file.coverage.unknown <= file.coverage.stated);
    }
    let tool = catalog.resolve("server.tool").expect("the one there is");
    if let Err(error) = check_arguments(tool, &schema) {
        assert!(error.to_string().len() <= MOST_BYTES, "{error}");
    }
});
