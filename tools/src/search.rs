//! Finding tools by words.
//!
//! Words are split and stemmed (`words`), looked up in an index that is built
//! once per catalog (`index`), and the best tools written as rows (`render`).
//! The order is the same for the same catalog and query. Start at
//! [`Catalog::search`].

mod asked;
mod fields;
mod index;
mod rank;
mod render;
mod semantic;
mod synonyms;
mod typo;
mod verbs;
mod words;

use serde::{Deserialize, Serialize};

pub(crate) use self::index::Index;

use crate::catalog::{Catalog, Server};
use crate::typescript::Detail;

/// Rows where the query does not say.
const ROWS: usize = 10;
/// Most rows of one answer.
const MAX_ROWS: usize = 50;
/// Rows that come with their signature.
const SIGNATURES: usize = 3;
/// Longest signature in an answer, in bytes.
const SIGNATURE_BYTES: usize = 600;
/// Longest summary, in characters.
const SUMMARY_CHARS: usize = 120;

/// What is searched for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SearchQuery {
    /// Words; none at all lists the servers.
    #[serde(default)]
    pub query: String,
    /// Only the tools of this server.
    #[serde(default)]
    pub server: Option<String>,
    /// How many rows, at most 50; ten where not given.
    #[serde(default)]
    pub limit: Option<usize>,
}

/// How tools are ranked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Ranking {
    /// By words, by what stands for them, and by the company that words keep.
    #[default]
    Full,
    /// By the words of the query alone: BM25F.
    Words,
}

/// What was found.
#[derive(Debug, Clone, PartialEq)]
pub struct SearchAnswer {
    /// Best first.
    pub rows: Vec<SearchRow>,
    /// How many tools match.
    pub matched: usize,
    /// How many tools there are where was searched.
    pub total: usize,
    text: String,
}

/// One tool found.
#[derive(Debug, Clone, PartialEq)]
pub struct SearchRow {
    /// The server's name.
    pub server: String,
    /// The tool's name as its server knows it.
    pub tool: String,
    /// `server.tool` as a script writes it.
    pub path: String,
    /// First sentence of the description.
    pub summary: String,
    /// How it is called, for the first rows.
    pub signature: Option<String>,
    /// Higher is better; comparable within one answer only.
    pub score: f64,
}

impl SearchAnswer {
    /// The answer as text for the model.
    pub fn render(&self) -> String {
        self.text.clone()
    }
}

pub(crate) fn answer(catalog: &Catalog, query: &SearchQuery, ranking: Ranking) -> SearchAnswer {
    let asked = query
        .server
        .as_deref()
        .map(str::trim)
        .filter(|name| !name.is_empty());
    let server = match asked.map(|name| (name, catalog.server(name))) {
        None => None,
        Some((_, Some(server))) => Some(server),
        Some((name, None)) => {
            return SearchAnswer::text_only(catalog.no_such_server(name).to_string());
        }
    };
    if query.query.trim().is_empty() && server.is_none() {
        return SearchAnswer::text_only(render::servers(catalog));
    }
    let limit = query.limit.unwrap_or(ROWS).clamp(1, MAX_ROWS);
    let (hits, matched) = if query.query.trim().is_empty() {
        everything(catalog, server, limit)
    } else {
        catalog.index().find(&query.query, ranking, limit, |tool| {
            server.is_none_or(|server| std::ptr::eq(catalog.place(tool).server, server))
        })
    };
    let total = match server {
        Some(server) => server.tools.len(),
        None => catalog.tool_count(),
    };
    let rows: Vec<SearchRow> = hits
        .into_iter()
        .enumerate()
        .map(|(rank, hit)| row(catalog, hit, rank))
        .collect();
    let text = if rows.is_empty() {
        render::nothing(catalog, query, server)
    } else {
        render::rows(catalog, &rows, matched, server)
    };
    SearchAnswer {
        rows,
        matched,
        total,
        text,
    }
}

/// A tool by its number in the catalog, and its score.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Hit {
    pub(crate) tool: usize,
    pub(crate) score: f64,
}

fn everything(catalog: &Catalog, server: Option<&Server>, limit: usize) -> (Vec<Hit>, usize) {
    let hits: Vec<Hit> = catalog
        .tools()
        .enumerate()
        .filter(|(_, tool)| server.is_none_or(|server| std::ptr::eq(tool.server, server)))
        .map(|(tool, _)| Hit { tool, score: 0.0 })
        .collect();
    let matched = hits.len();
    (hits.into_iter().take(limit).collect(), matched)
}

fn row(catalog: &Catalog, hit: Hit, rank: usize) -> SearchRow {
    let tool = catalog.place(hit.tool);
    let definition = &tool.tool.definition;
    let signature = (rank < SIGNATURES)
        .then(|| tool.declaration(Detail::Signature))
        .filter(|signature| signature.len() <= SIGNATURE_BYTES);
    SearchRow {
        server: tool.server.name.clone(),
        tool: definition.name.clone(),
        path: tool.path(),
        summary: catalog.index().summary(hit.tool).to_owned(),
        signature,
        score: hit.score,
    }
}

impl SearchAnswer {
    fn text_only(text: String) -> Self {
        Self {
            rows: Vec::new(),
            matched: 0,
            total: 0,
            text,
        }
    }
}

#[cfg(test)]
mod tests;
