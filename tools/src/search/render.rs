//! Answers to a search as text for the model.

use std::fmt::Write as _;

use super::{SearchQuery, SearchRow};
use crate::catalog::{Catalog, Server, ServerState};
use crate::prose;

/// Servers listed by name where nothing was found.
const SERVERS: usize = 30;

/// Longest step shown, in characters.
const STEP_CHARS: usize = 80;

/// The rows step by step, the tools of one server together, and how many there are.
pub(super) fn rows(
    catalog: &Catalog,
    rows: &[SearchRow],
    steps: &[String],
    matched: usize,
    only: Option<&Server>,
) -> String {
    let mut text = String::new();
    if steps.is_empty() {
        group(&mut text, &rows.iter().collect::<Vec<_>>());
    }
    for (number, step) in steps.iter().enumerate() {
        let _ = writeln!(text, "step {}: {step}", number + 1);
        let rows = rows.iter().filter(|row| row.step == Some(number));
        let rows: Vec<&SearchRow> = rows.collect();
        group(&mut text, &rows);
        if rows.is_empty() {
            text.push_str("nothing else found for it\n");
        }
    }
    let _ = write!(text, "{} of {}", rows.len(), tools(matched));
    if let Some(server) = only {
        let _ = write!(text, " of {}", server.ident);
    }
    if matched > rows.len() {
        text.push_str("; more words narrow it, `limit` shows more");
    }
    not_ready(catalog, only, &mut text);
    text
}

/// Writes rows, the tools of one server together.
fn group(text: &mut String, rows: &[&SearchRow]) {
    let mut order: Vec<&str> = Vec::new();
    for row in rows {
        if !order.contains(&&*row.server) {
            order.push(&row.server);
        }
    }
    for server in order {
        for row in rows.iter().filter(|row| row.server == server) {
            text.push_str(&row.path);
            if !row.summary.is_empty() {
                let _ = write!(text, " — {}", row.summary);
            }
            text.push('\n');
            for line in row.signature.iter().flat_map(|signature| signature.lines()) {
                let _ = writeln!(text, "    {line}");
            }
        }
    }
}

/// A step of a query as it is shown.
pub(super) fn step(step: &str) -> String {
    let step = step.trim_matches(|c: char| c.is_whitespace() || ",.;!?".contains(c));
    prose::one_line(step, STEP_CHARS)
}

/// What there is to search, for a query without words.
pub(super) fn servers(catalog: &Catalog) -> String {
    let servers = catalog.servers();
    if servers.is_empty() {
        return "no servers are configured".to_owned();
    }
    let mut text = String::new();
    for server in servers {
        let state = prose::one_line(&server.state.to_string(), 200);
        let _ = write!(
            text,
            "{} ({state}, {})",
            server.ident,
            tools(server.tools.len())
        );
        if let Some(instructions) = &server.instructions {
            let about = prose::first_sentence(instructions, 100);
            if !about.is_empty() {
                let _ = write!(text, " — {about}");
            }
        }
        text.push('\n');
    }
    let _ = write!(
        text,
        "{} servers, {}; search with words, or describe a server by its name",
        servers.len(),
        tools(catalog.tool_count())
    );
    text
}

/// What to do when nothing was found.
pub(super) fn nothing(catalog: &Catalog, query: &SearchQuery, only: Option<&Server>) -> String {
    let words = prose::one_line(&query.query, 100);
    let place = match only {
        Some(server) => format!(" of {}", server.ident),
        None => String::new(),
    };
    let count = only.map_or(catalog.tool_count(), |server| server.tools.len());
    let mut text = format!(
        "0 of {}{place} match `{words}`; try other or fewer words",
        tools(count)
    );
    if only.is_some() {
        text.push_str(", or leave out `server`");
    } else {
        let names: Vec<&str> = catalog
            .servers()
            .iter()
            .take(SERVERS)
            .map(|s| &*s.ident)
            .collect();
        let more = catalog.servers().len() - names.len();
        let _ = write!(text, "; servers: {}", names.join(", "));
        if more > 0 {
            let _ = write!(text, " and {more} more");
        }
    }
    not_ready(catalog, only, &mut text);
    text
}

/// Says whose tools may be missing from an answer.
fn not_ready(catalog: &Catalog, only: Option<&Server>, text: &mut String) {
    for server in catalog.servers() {
        let concerned = only.is_none_or(|only| std::ptr::eq(only, server));
        let missing = matches!(
            server.state,
            ServerState::Starting | ServerState::Failed { .. }
        );
        if concerned && missing {
            let state = prose::one_line(&server.state.to_string(), 200);
            let _ = write!(text, "\nnot ready: {} ({state})", server.ident);
        }
    }
}

fn tools(count: usize) -> String {
    prose::counted(count, "tool")
}
