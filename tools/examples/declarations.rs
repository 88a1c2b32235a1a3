//! Prints the TypeScript declaration of every tool in a file of definitions, one
//! JSON object a line: `declarations FILE signature|brief|full [NAME PART]`.

use std::error::Error;

use retort_tools::{Catalog, Detail, ServerListing, ServerState, ToolDefinition};
use serde_json::Value;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let file = arguments
        .next()
        .ok_or("usage: declarations FILE DETAIL [NAME PART]")?;
    let detail: Detail = arguments.next().as_deref().unwrap_or("signature").parse()?;
    let wanted = arguments.next().unwrap_or_default();
    for line in std::fs::read_to_string(file)?.lines() {
        let raw: Value = serde_json::from_str(line)?;
        let name = raw["server"].as_str().unwrap_or("server").to_owned();
        let catalog = Catalog::new(vec![ServerListing {
            name,
            state: ServerState::Ready,
            instructions: None,
            tools: vec![ToolDefinition::from_json(&raw)?],
        }]);
        for tool in catalog.tools().filter(|tool| tool.path().contains(&wanted)) {
            #[expect(clippy::print_stdout, reason = "what the program is for")]
            {
                println!("{}\n", tool.declaration(detail));
            }
        }
    }
    Ok(())
}
