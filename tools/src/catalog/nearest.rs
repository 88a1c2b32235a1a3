//! What is said when a name is not in the catalog: the nearest names, and how to
//! search.

use std::fmt;

use super::{Catalog, Server, ServerState, ToolRef};

/// How many names are offered.
const OFFERED: usize = 5;
/// How much of a name is compared and shown, in characters.
const SHOWN_CHARS: usize = 100;
/// Similarity below which a name is not offered.
const FLOOR: f64 = 0.5;

/// A name the catalog does not have. `Display` is the whole message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotFound {
    /// What is missing.
    pub kind: NotFoundKind,
    /// The name as given, cut when long.
    pub asked: String,
    /// The nearest names, best first, in the form that can be used.
    pub nearest: Vec<String>,
    /// Why it may be missing: its server is not ready, it names several tools.
    pub note: Option<String>,
}

/// What a [`NotFound`] is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum NotFoundKind {
    /// There is no such server.
    Server,
    /// The server has no such tool, or the name does not say which.
    Tool,
}

impl std::error::Error for NotFound {}

impl fmt::Display for NotFound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self.kind {
            NotFoundKind::Server => "server",
            NotFoundKind::Tool => "tool",
        };
        write!(f, "there is no {what} `{}`", self.asked)?;
        if let Some(note) = &self.note {
            write!(f, " ({note})")?;
        }
        if !self.nearest.is_empty() {
            f.write_str("; nearest: ")?;
            for (i, name) in self.nearest.iter().enumerate() {
                write!(f, "{}`{name}`", if i == 0 { "" } else { ", " })?;
            }
        }
        f.write_str("; to search: `search_tools`, in a script `await searchTools(\"words\")`")
    }
}

impl NotFound {
    pub(super) fn server(catalog: &Catalog, asked: &str, tool: Option<&str>) -> Self {
        let asked = cut(asked);
        let mut nearest = best(
            catalog.servers.iter().map(|server| {
                let score = similarity(&asked, &server.name).max(similarity(&asked, &server.ident));
                (score, server.ident.clone())
            }),
            OFFERED,
        );
        // The right tool under a wrong server is likelier than a third server.
        if let Some(tool) = tool {
            let same = catalog
                .servers
                .iter()
                .filter_map(|server| server.tool(tool));
            nearest.splice(0..0, same.take(3).map(ToolRef::path));
            nearest.truncate(OFFERED);
        }
        if nearest.is_empty() {
            nearest = catalog
                .servers
                .iter()
                .take(OFFERED)
                .map(|s| s.ident.clone())
                .collect();
        }
        Self {
            kind: NotFoundKind::Server,
            asked,
            nearest,
            note: catalog
                .servers
                .is_empty()
                .then(|| "no servers are configured".to_owned()),
        }
    }

    pub(super) fn tool(catalog: &Catalog, server: &Server, asked: &str) -> Self {
        let asked = cut(asked);
        let mut nearest = best(
            server
                .tool_refs()
                .map(|tool| (score(&asked, tool), tool.path())),
            OFFERED,
        );
        let elsewhere = catalog.tools().filter(|tool| {
            !std::ptr::eq(tool.server, server)
                && similarity(&asked, &tool.tool.definition.name) > 0.9
        });
        nearest.extend(elsewhere.map(ToolRef::path).take(OFFERED - nearest.len()));
        Self {
            kind: NotFoundKind::Tool,
            asked: format!("{}.{asked}", server.ident),
            nearest,
            note: state_note(server),
        }
    }

    pub(super) fn ambiguous(catalog: &Catalog, asked: &str) -> Self {
        let same = catalog
            .servers
            .iter()
            .filter_map(|server| server.tool(asked));
        Self {
            kind: NotFoundKind::Tool,
            nearest: same.take(OFFERED).map(ToolRef::path).collect(),
            asked: cut(asked),
            note: Some("several servers have one: name the server too".to_owned()),
        }
    }

    /// `asked` is neither `server.tool` nor a tool's name.
    pub(super) fn dotted(catalog: &Catalog, asked: &str) -> Self {
        if let Some(server) = catalog.server(asked) {
            let first = server.tool_refs().take(OFFERED).map(ToolRef::path);
            return Self {
                kind: NotFoundKind::Tool,
                asked: cut(asked),
                nearest: first.collect(),
                note: Some(
                    state_note(server)
                        .unwrap_or_else(|| "that is a server: name one of its tools".to_owned()),
                ),
            };
        }
        let split = asked.split_once(['.', '/', ':']);
        if let Some((server, tool)) = split {
            return match catalog.server(server) {
                Some(server) => Self::tool(catalog, server, tool),
                None if catalog.servers.is_empty() => Self::server(catalog, server, None),
                None => Self {
                    nearest: best(
                        catalog.tools().map(|candidate| {
                            let names = similarity(tool, &candidate.tool.definition.name);
                            let servers = similarity(server, &candidate.server.name);
                            (0.7 * names + 0.3 * servers, candidate.path())
                        }),
                        OFFERED,
                    ),
                    ..Self::server(catalog, server, Some(tool))
                },
            };
        }
        Self {
            kind: NotFoundKind::Tool,
            nearest: best(
                catalog
                    .tools()
                    .map(|tool| (score(asked, tool), tool.path())),
                OFFERED,
            ),
            asked: cut(asked),
            note: catalog
                .servers
                .is_empty()
                .then(|| "no servers are configured".to_owned()),
        }
    }
}

fn state_note(server: &Server) -> Option<String> {
    match &server.state {
        ServerState::Ready => None,
        state => Some(format!("server `{}` is not ready, {state}", server.name)),
    }
}

fn score(asked: &str, tool: ToolRef<'_>) -> f64 {
    similarity(asked, &tool.tool.definition.name).max(similarity(asked, &tool.tool.ident))
}

/// 1 for the same name in another case, else the better of how the letters and
/// how the words agree (`issues_list` is near `list_issues`).
fn similarity(asked: &str, name: &str) -> f64 {
    let asked = cut(asked).to_lowercase();
    let name = cut(name).to_lowercase();
    let letters = strsim::jaro_winkler(&asked, &name);
    let words = |text: &str| -> Vec<String> {
        text.split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect()
    };
    let (asked, name) = (words(&asked), words(&name));
    let shared = asked.iter().filter(|word| name.contains(word)).count();
    let total = asked.len() + name.len();
    let overlap = if total == 0 {
        0.0
    } else {
        2.0 * shared as f64 / total as f64
    };
    letters.max(overlap * 0.99)
}

/// The highest scores above the floor, ties by name.
fn best(scored: impl Iterator<Item = (f64, String)>, count: usize) -> Vec<String> {
    let mut scored: Vec<_> = scored.filter(|(score, _)| *score > FLOOR).collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    scored.truncate(count);
    scored.into_iter().map(|(_, name)| name).collect()
}

fn cut(text: &str) -> String {
    text.chars().take(SHOWN_CHARS).collect()
}
