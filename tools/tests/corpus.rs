//! Thousands of real tool definitions, and those that break generators: nothing
//! panics, everything is bounded, and a description costs what it should.
//!
//! Needs `RETORT_EVAL_DATA`, the folder that holds `mcp-tools/`.

#![expect(
    clippy::print_stdout,
    reason = "what is measured, and what is skipped, is said"
)]

use std::path::PathBuf;

use retort_tools::{Catalog, Detail, ServerListing, ServerState, ToolDefinition, check_arguments};
use serde_json::{Value, json};

fn data() -> Option<PathBuf> {
    let folder = std::env::var_os("RETORT_EVAL_DATA").map(PathBuf::from);
    if folder.is_none() {
        println!("skipped: RETORT_EVAL_DATA is not set");
    }
    folder
}

fn catalog(file: PathBuf) -> Catalog {
    let text = std::fs::read_to_string(file).expect("the data folder is complete");
    let mut listings: Vec<ServerListing> = Vec::new();
    for line in text.lines() {
        let raw: Value = serde_json::from_str(line).expect("each line is JSON");
        let server = raw["server"].as_str().unwrap_or("unnamed");
        let Ok(definition) = ToolDefinition::from_json(&raw) else {
            continue;
        };
        let at = listings
            .iter()
            .position(|listing| listing.name == server)
            .unwrap_or_else(|| {
                listings.push(ServerListing {
                    name: server.to_owned(),
                    state: ServerState::Ready,
                    instructions: None,
                    tools: Vec::new(),
                });
                listings.len() - 1
            });
        listings[at].tools.push(definition);
    }
    Catalog::new(listings)
}

/// Largest declaration and mean tokens over all tools.
fn measure(catalog: &Catalog, detail: Detail) -> (usize, f64) {
    let tokens = tiktoken_rs::o200k_base_singleton();
    let mut largest = 0;
    let mut sum = 0;
    let mut count = 0;
    for tool in catalog.tools() {
        let text = tool.declaration(detail);
        assert!(text.contains(&format!("{}(", tool.path())), "{text}");
        largest = largest.max(text.len());
        sum += tokens.encode_ordinary(&text).len();
        count += 1;
    }
    (largest, sum as f64 / f64::from(count))
}

#[test]
fn real_tools_are_declared_within_their_budget() {
    let Some(folder) = data() else { return };
    let catalog = catalog(folder.join("mcp-tools/tools.jsonl"));
    for (detail, largest, mean) in [
        (Detail::Signature, 1_700, 60.0),
        (Detail::Brief, 4_100, 130.0),
        (Detail::Full, 9_100, 230.0),
    ] {
        let measured = measure(&catalog, detail);
        println!(
            "{detail:?}: at most {} bytes, {:.1} tokens on average",
            measured.0, measured.1
        );
        assert!(
            measured.0 <= largest && measured.1 <= mean,
            "{detail:?}: {measured:?}"
        );
    }
}

#[test]
fn nasty_tools_are_declared_and_checked() {
    let Some(folder) = data() else { return };
    let catalog = catalog(folder.join("mcp-tools/nasty.jsonl"));
    for tool in catalog.tools() {
        let signature = tool.declaration(Detail::Signature);
        let head = signature.lines().next().unwrap();
        assert!(
            head.contains("): Promise<") && head.ends_with('>'),
            "{signature}"
        );
        for detail in [Detail::Brief, Detail::Full] {
            assert!(tool.declaration(detail).len() < 9_100);
        }
        let _ = check_arguments(tool, &json!({}));
    }
}
