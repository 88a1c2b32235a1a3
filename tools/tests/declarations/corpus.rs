//! Thousands of real tool definitions, and those that break generators: the compiler
//! accepts all of them, nothing is missing, and a description costs what it should.
//!
//! Needs `RETORT_EVAL_DATA`, the folder that holds `mcp-tools/`.

use std::path::PathBuf;

use retort_tools::typescript::{DeclarationFile, declaration_file};
use retort_tools::{Catalog, Detail, ServerListing, ServerState, ToolDefinition, check_arguments};
use serde_json::{Value, json};

use crate::compiler::compile;
use crate::{judge, scratch};

const DETAILS: [Detail; 3] = [Detail::Signature, Detail::Brief, Detail::Full];
/// More than any declaration in an answer has, in bytes.
const LARGEST: [usize; 3] = [1_600, 4_000, 9_000];
/// Tokens of a declaration, on average over the tools that have an input schema.
const MEAN_TOKENS: [f64; 3] = [60.0, 130.0, 230.0];

fn data() -> Option<PathBuf> {
    let folder = std::env::var_os("RETORT_EVAL_DATA").map(PathBuf::from);
    if folder.is_none() {
        println!("skipped: RETORT_EVAL_DATA is not set");
    }
    folder
}

/// The definitions of a file by server, and how many of them have an input schema.
fn catalog(file: PathBuf) -> (Catalog, usize) {
    let text = std::fs::read_to_string(file).expect("the data folder is complete");
    let mut listings: Vec<ServerListing> = Vec::new();
    let mut with_input = 0;
    for line in text.lines() {
        let raw: Value = serde_json::from_str(line).expect("each line is JSON");
        let server = raw["server"].as_str().unwrap_or("unnamed");
        let definition = ToolDefinition::from_json(&raw).expect("it has a name");
        with_input += usize::from(raw["inputSchema"].is_object());
        match listings.iter_mut().find(|listing| listing.name == server) {
            Some(listing) => listing.tools.push(definition),
            None => listings.push(ServerListing {
                name: server.to_owned(),
                state: ServerState::Ready,
                instructions: None,
                tools: vec![definition],
            }),
        }
    }
    (Catalog::new(listings), with_input)
}

/// The tools as a file, which has every one of them.
fn declared(catalog: &Catalog, detail: Detail) -> DeclarationFile {
    let file = declaration_file(catalog.servers(), detail);
    let functions = file
        .text
        .lines()
        .filter(|line| line.starts_with("  function "));
    assert_eq!(functions.count(), catalog.tool_count(), "{detail:?}");
    assert_eq!(file.functions, catalog.tool_count(), "{detail:?}");
    file
}

#[test]
fn the_compiler_accepts_every_real_tool() {
    let Some(folder) = data() else { return };
    for name in ["tools", "nasty"] {
        let (catalog, _) = catalog(folder.join(format!("mcp-tools/{name}.jsonl")));
        for detail in DETAILS {
            let file = declared(&catalog, detail);
            println!("{name}, {detail:?}: {:?}", file.coverage);
            if detail == Detail::Full {
                assert!(file.coverage.unknown * 100 <= file.coverage.stated);
            }
            let folder = scratch(&format!("corpus-{name}-{detail:?}"));
            std::fs::write(folder.join("tools.d.ts"), file.text).unwrap();
            // With the libraries that it takes by itself, the browser's among them.
            match compile(&folder, &["--strict", "--types", "", "tools.d.ts"]) {
                Ok(complaints) => assert!(
                    complaints.is_empty(),
                    "{} complaints, the first: {:?}",
                    complaints.len(),
                    complaints[0]
                ),
                Err(why) => return judge::skip(&why),
            }
        }
    }
}

#[test]
fn real_tools_cost_what_they_should() {
    let Some(folder) = data() else { return };
    let (catalog, with_input) = catalog(folder.join("mcp-tools/tools.jsonl"));
    let tokens = tiktoken_rs::o200k_base_singleton();
    for ((detail, largest), mean) in DETAILS.into_iter().zip(LARGEST).zip(MEAN_TOKENS) {
        let mut sum = 0;
        for tool in catalog.tools() {
            let text = tool.declaration(detail);
            assert!(text.len() <= largest, "{} bytes: {text}", text.len());
            sum += tokens.encode_ordinary(&text).len();
        }
        let file = tokens
            .encode_ordinary(&declared(&catalog, detail).text)
            .len();
        let per_tool = |tokens: usize| tokens as f64 / with_input as f64;
        let (one, whole) = (per_tool(sum), per_tool(file));
        println!("{detail:?}: {one:.1} tokens a tool, {whole:.1} of the whole file");
        assert!(
            one <= mean && whole <= mean,
            "{detail:?}: {one:.1}, {whole:.1}"
        );
    }
}

#[test]
fn nasty_tools_are_declared_and_checked() {
    let Some(folder) = data() else { return };
    let (catalog, _) = catalog(folder.join("mcp-tools/nasty.jsonl"));
    for tool in catalog.tools() {
        let signature = tool.declaration(Detail::Signature);
        let head = signature.lines().next().unwrap();
        assert!(
            head.contains("): Promise<") && head.ends_with('>'),
            "{signature}"
        );
        for (detail, largest) in DETAILS.into_iter().zip(LARGEST) {
            assert!(tool.declaration(detail).len() <= largest);
        }
        let _ = check_arguments(tool, &json!({}));
    }
}
