//! What is said when a name is not in the catalog: the nearest names, and how to
//! search.

use std::fmt;

use super::{Catalog, Server, ServerState, ToolRef};
use crate::prose;

/// How many names are offered.
const OFFERED: usize = 5;
/// How much of a name is compared and shown, in characters.
const SHOWN_CHARS: usize = 100;

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
        write!(f, "{}; {}", self.what(), self.hint())
    }
}

impl NotFound {
    /// What is missing, without what to do about it.
    pub(crate) fn what(&self) -> String {
        let what = match self.kind {
            NotFoundKind::Server => "server",
            NotFoundKind::Tool => "tool",
        };
        let note = self.note.as_ref().map(|note| format!(" ({note})"));
        format!(
            "there is no {what} `{}`{}",
            self.asked,
            note.unwrap_or_default()
        )
    }

    /// The nearest names, and how to search.
    pub(crate) fn hint(&self) -> String {
        let search = "to search: `search_tools`, in a script `await searchTools(\"words\")`";
        if self.nearest.is_empty() {
            return search.to_owned();
        }
        let nearest: Vec<String> = self
            .nearest
            .iter()
            .map(|name| format!("`{name}`"))
            .collect();
        format!("nearest: {}; {search}", nearest.join(", "))
    }

    pub(super) fn server(catalog: &Catalog, asked: &str, tool: Option<&str>) -> Self {
        let wanted = Wanted::new(asked);
        let servers = catalog
            .servers
            .iter()
            .map(|server| (wanted.either(&server.name, &server.ident), server));
        let mut nearest: Vec<String> = best(servers).map(|server| server.ident.clone()).collect();
        // The right tool under a wrong server is likelier than a third server.
        if let Some(tool) = tool {
            let same = catalog
                .servers
                .iter()
                .filter_map(|server| server.tool(tool));
            nearest.splice(0..0, same.take(3).map(ToolRef::path));
            nearest.truncate(OFFERED);
        }
        Self {
            kind: NotFoundKind::Server,
            asked: cut(asked),
            nearest,
            note: catalog
                .servers
                .is_empty()
                .then(|| "no servers are configured".to_owned()),
        }
    }

    pub(super) fn tool(catalog: &Catalog, server: &Server, asked: &str) -> Self {
        let wanted = Wanted::new(asked);
        let here = server.tool_refs().map(|tool| (wanted.tool(tool), tool));
        // The very name in another server is worth a word, a likeness is not.
        let elsewhere = catalog
            .tools()
            .filter(|tool| !std::ptr::eq(tool.server, server))
            .map(|tool| (wanted.tool(tool) * 0.95, tool))
            .filter(|(score, _)| *score > 0.9);
        let nearest = best(here.chain(elsewhere)).map(ToolRef::path).collect();
        Self {
            kind: NotFoundKind::Tool,
            asked: format!("{}.{}", server.ident, cut(asked)),
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
            let not_found = Self::server(catalog, server, Some(tool));
            return match catalog.server(server) {
                Some(server) => Self::tool(catalog, server, tool),
                None if catalog.servers.is_empty() => not_found,
                None => {
                    let (server, tool) = (Wanted::new(server), Wanted::new(tool));
                    let both = catalog.tools().map(|candidate| {
                        let near = server.name(&candidate.server.name);
                        (0.7 * tool.tool(candidate) + 0.3 * near, candidate)
                    });
                    Self {
                        nearest: best(both).map(ToolRef::path).collect(),
                        ..not_found
                    }
                }
            };
        }
        let wanted = Wanted::new(asked);
        Self {
            kind: NotFoundKind::Tool,
            nearest: best(catalog.tools().map(|tool| (wanted.tool(tool), tool)))
                .map(ToolRef::path)
                .collect(),
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
        state => Some(prose::one_line(
            &format!("server `{}` is not ready, {state}", server.name),
            400,
        )),
    }
}

/// What was asked for, made ready to be compared with thousands of names.
struct Wanted {
    letters: String,
    words: Vec<String>,
}

impl Wanted {
    fn new(asked: &str) -> Self {
        let letters = cut(asked).to_lowercase();
        let words = words(&letters).map(str::to_owned).collect();
        Self { letters, words }
    }

    fn tool(&self, tool: ToolRef<'_>) -> f64 {
        self.either(&tool.tool.definition.name, &tool.tool.ident)
    }

    fn either(&self, name: &str, ident: &str) -> f64 {
        let score = self.name(name);
        if name == ident {
            score
        } else {
            score.max(self.name(ident))
        }
    }

    /// 1 for the same name in another case, else the better of how the letters and
    /// how the words agree (`issues_list` is near `list_issues`).
    fn name(&self, name: &str) -> f64 {
        let name = name[..name.floor_char_boundary(4 * SHOWN_CHARS)].to_lowercase();
        let letters = strsim::jaro_winkler(&self.letters, &name);
        let mut total = self.words.len();
        let mut shared = 0;
        for word in words(&name) {
            total += 1;
            shared += usize::from(self.words.iter().any(|wanted| wanted == word));
        }
        let overlap = if total == 0 {
            0.0
        } else {
            2.0 * shared as f64 / total as f64
        };
        letters.max(overlap.min(1.0) * 0.99)
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
}

/// The five with the highest scores, ties in their order.
fn best<T>(scored: impl Iterator<Item = (f64, T)>) -> impl Iterator<Item = T> {
    let mut scored: Vec<(f64, T)> = scored.collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0));
    scored.into_iter().take(OFFERED).map(|(_, name)| name)
}

fn cut(text: &str) -> String {
    prose::one_line(text, SHOWN_CHARS)
}
