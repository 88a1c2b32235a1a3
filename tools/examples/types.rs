//! Prints the tools in a file of definitions, one JSON object a line, as one
//! TypeScript declaration file: `types --tools FILE [--detail signature|brief|full]`.
//!
//! Standard error gets one line of JSON: how many tools there were, how many
//! functions they became, and how many nodes of their schemas state a type and how
//! many of those print as `unknown`.

use std::error::Error;

use retort_tools::typescript::declaration_file;
use retort_tools::{Catalog, Detail, ServerListing, ServerState, ToolDefinition};
use serde_json::{Value, json};

const USAGE: &str = "usage: types --tools FILE [--detail signature|brief|full]";

#[expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "what the program is for"
)]
fn main() -> Result<(), Box<dyn Error>> {
    let (mut file, mut detail) = (None, Detail::default());
    let mut arguments = std::env::args().skip(1);
    while let Some(flag) = arguments.next() {
        let value = arguments.next().ok_or(USAGE)?;
        match flag.as_str() {
            "--tools" => file = Some(value),
            "--detail" => detail = value.parse()?,
            _ => return Err(USAGE.into()),
        }
    }
    let text = std::fs::read_to_string(file.ok_or(USAGE)?)?;
    let definitions: Vec<&str> = text
        .lines()
        .filter(|line| !line.trim().is_empty())
        .collect();
    let catalog = catalog(&definitions)?;
    let declared = declaration_file(catalog.servers(), detail);
    print!("{}", declared.text);
    let counts = json!({
        "tools": definitions.len(),
        "functions": declared.functions,
        "schema_nodes": declared.coverage.stated,
        "unknown_nodes": declared.coverage.unknown,
    });
    eprintln!("{counts}");
    Ok(())
}

/// The definitions by server, in their order.
fn catalog(definitions: &[&str]) -> Result<Catalog, Box<dyn Error>> {
    let mut listings: Vec<ServerListing> = Vec::new();
    for definition in definitions {
        let raw: Value = serde_json::from_str(definition)?;
        let server = raw["server"].as_str().unwrap_or("server");
        let tool = ToolDefinition::from_json(&raw)?;
        match listings.iter_mut().find(|listing| listing.name == server) {
            Some(listing) => listing.tools.push(tool),
            None => listings.push(ServerListing {
                name: server.to_owned(),
                state: ServerState::Ready,
                instructions: None,
                tools: vec![tool],
            }),
        }
    }
    Ok(Catalog::new(listings))
}
