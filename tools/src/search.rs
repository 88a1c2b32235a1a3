//! Finding tools by words.

use serde::{Deserialize, Serialize};

use crate::catalog::{Catalog, ToolRef};

/// What is searched for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SearchQuery {
    /// Words; none at all lists the servers.
    #[serde(default)]
    pub query: String,
    /// Only the tools of this server.
    #[serde(default)]
    pub server: Option<String>,
    /// How many rows; ten where not given.
    #[serde(default)]
    pub limit: Option<usize>,
}

/// What was found.
#[derive(Debug, Clone, PartialEq)]
pub struct SearchAnswer {
    /// Best first.
    pub rows: Vec<SearchRow>,
    /// How many tools matched.
    pub matched: usize,
    /// How many tools there are where was searched.
    pub total: usize,
    text: String,
}

/// One tool found.
#[derive(Debug, Clone, PartialEq)]
pub struct SearchRow {
    /// Identifier of the server.
    pub server: String,
    /// Identifier of the tool.
    pub tool: String,
    /// First sentence of the description.
    pub summary: String,
    /// Higher is better; comparable within one answer only.
    pub score: f64,
}

impl SearchAnswer {
    /// The answer as text for the model.
    pub fn render(&self) -> String {
        self.text.clone()
    }
}

/// What is prepared once per catalog.
#[derive(Debug)]
pub(crate) struct Index {
    texts: Vec<String>,
}

impl Index {
    pub(crate) fn new(catalog: &Catalog) -> Self {
        let text = |tool: ToolRef<'_>| {
            let description = tool.tool.definition.description.as_deref().unwrap_or("");
            format!("{} {description}", tool.path()).to_lowercase()
        };
        Self {
            texts: catalog.tools().map(text).collect(),
        }
    }
}

pub(crate) fn answer(catalog: &Catalog, query: &SearchQuery) -> SearchAnswer {
    let words = query.query.to_lowercase();
    let mut rows: Vec<SearchRow> = catalog
        .tools()
        .zip(&catalog.index().texts)
        .filter_map(|(tool, text)| {
            let hits = words
                .split_whitespace()
                .filter(|word| text.contains(word))
                .count();
            (hits > 0).then(|| SearchRow {
                server: tool.server.ident.clone(),
                tool: tool.tool.ident.clone(),
                summary: tool.tool.definition.description.clone().unwrap_or_default(),
                score: hits as f64,
            })
        })
        .collect();
    rows.sort_by(|a, b| b.score.total_cmp(&a.score));
    let matched = rows.len();
    rows.truncate(query.limit.unwrap_or(10));
    let lines: Vec<String> = rows
        .iter()
        .map(|row| format!("{}.{} — {}", row.server, row.tool, row.summary))
        .collect();
    SearchAnswer {
        text: format!(
            "{}\n{} of {} tools",
            lines.join("\n"),
            rows.len(),
            catalog.tools().count()
        ),
        rows,
        matched,
        total: catalog.tools().count(),
    }
}
