//! Descriptions of tools and whole servers as one text of bounded length.

use super::{Catalog, Server, ToolRef};
use crate::typescript::Detail;

/// Most characters of a server's instructions that are passed on.
const INSTRUCTION_CHARS: usize = 2_000;

pub(super) fn describe(catalog: &Catalog, names: &[String], detail: Detail) -> String {
    let mut parts = Vec::new();
    for name in names {
        match (catalog.server(name), catalog.resolve(name)) {
            (Some(server), _) => parts.push(describe_server(server)),
            (None, Ok(tool)) => parts.push(tool.declaration(detail)),
            (None, Err(not_found)) => parts.push(not_found.to_string()),
        }
    }
    parts.join("\n\n")
}

fn describe_server(server: &Server) -> String {
    let mut lines = vec![format!(
        "{} ({}, {} tools)",
        server.ident,
        server.state,
        server.tools.len()
    )];
    if let Some(instructions) = &server.instructions {
        let shown: String = instructions.chars().take(INSTRUCTION_CHARS).collect();
        lines.push(format!("The server's own words:\n{shown}"));
    }
    lines.extend(
        server
            .tool_refs()
            .map(|tool: ToolRef<'_>| tool.declaration(Detail::Signature)),
    );
    lines.join("\n")
}
