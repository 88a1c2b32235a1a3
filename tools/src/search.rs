//! Finding tools by words.
//!
//! A query is cut into steps (`steps`), its words are stemmed (`words`) and widened
//! by what means the same (`asked`), looked up in an index that is built once per
//! catalog (`index`), weighed (`rank`), moved by what earlier searches led to
//! (`boost`), and the best tools written as rows (`render`). The order is the same
//! for the same catalog, query and learned pairs. Start at [`Catalog::search`].

mod asked;
mod boost;
mod fields;
mod index;
pub mod learned;
mod rank;
mod render;
mod semantic;
mod steps;
mod synonyms;
mod typo;
mod verbs;
mod vocabulary;
mod words;

use serde::{Deserialize, Serialize};

pub(crate) use self::index::Index;
pub use self::learned::{Learned, LearnedEntry, LearnedError};
use self::rank::{Wanted, best};

use crate::catalog::{Catalog, Server};
use crate::observed::Observed;

/// Rows where the query does not say.
const ROWS: usize = 10;
/// Most rows of one answer.
const MAX_ROWS: usize = 50;
/// Rows that come with their signature.
const SIGNATURES: usize = 3;
/// Longest signature in a row, in bytes.
const SIGNATURE_BYTES: usize = 600;
/// Longest query read, in bytes.
const QUERY_BYTES: usize = 4_000;

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

/// What else a search depends on.
#[derive(Debug, Clone, Copy, Default)]
pub struct SearchOptions<'a> {
    /// How tools are ranked.
    pub ranking: Ranking,
    /// What earlier searches led to; does nothing to [`Ranking::Words`].
    pub learned: Option<&'a Learned>,
    /// What tools that promise no type were seen to return, for their signatures.
    pub observed: Option<&'a Observed>,
}

/// What was found.
#[derive(Debug, Clone, PartialEq)]
pub struct SearchAnswer {
    /// Best first; of several steps the best of each before the second best.
    pub rows: Vec<SearchRow>,
    /// How many tools match.
    pub matched: usize,
    /// How many tools there are where was searched.
    pub total: usize,
    /// The steps that the query names, where it names several.
    pub steps: Vec<String>,
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
    /// Higher is better; comparable within one answer and step only.
    pub score: f64,
    /// Which of the answer's steps it is for.
    pub step: Option<usize>,
}

impl SearchAnswer {
    /// The answer as text for the model.
    pub fn render(&self) -> String {
        self.text.clone()
    }
}

pub(crate) fn answer(
    catalog: &Catalog,
    query: &SearchQuery,
    options: SearchOptions<'_>,
) -> SearchAnswer {
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
    let text = &query.query[..query.query.floor_char_boundary(QUERY_BYTES)];
    if text.trim().is_empty() && server.is_none() {
        return SearchAnswer::text_only(render::servers(catalog));
    }
    let limit = query.limit.unwrap_or(ROWS).clamp(1, MAX_ROWS);
    let mut steps = Vec::new();
    let (hits, matched) = if text.trim().is_empty() {
        everything(catalog, server, limit)
    } else {
        if options.ranking == Ranking::Full {
            steps = steps::split(text);
        }
        found(catalog, text, &steps, options, server, limit)
    };
    let total = match server {
        Some(server) => server.tools.len(),
        None => catalog.tool_count(),
    };
    let rows: Vec<SearchRow> = hits
        .into_iter()
        .enumerate()
        .map(|(rank, (step, hit))| row(catalog, hit, rank, step, options.observed))
        .collect();
    let steps: Vec<String> = match steps.len() {
        0 | 1 => Vec::new(),
        _ => steps.into_iter().map(render::step).collect(),
    };
    let text = if rows.is_empty() {
        render::nothing(catalog, query, server)
    } else {
        render::rows(catalog, &rows, &steps, matched, server)
    };
    SearchAnswer {
        rows,
        matched,
        total,
        steps,
        text,
    }
}

/// What was found for which step, and how many tools match any.
type Found = (Vec<(Option<usize>, Hit)>, usize);

/// The best tools; of several steps the best of each in turn.
fn found(
    catalog: &Catalog,
    text: &str,
    steps: &[&str],
    options: SearchOptions<'_>,
    server: Option<&Server>,
    limit: usize,
) -> Found {
    let learned = options.learned.filter(|_| options.ranking == Ranking::Full);
    let score = |query, step_of: Option<&[f32]>, learned| {
        let wanted = Wanted {
            query,
            step_of,
            ranking: options.ranking,
            learned,
            within: catalog.numbers(server),
        };
        catalog.index().find(catalog, &wanted)
    };
    if steps.len() < 2 {
        let (hits, matched) = best(&score(text, None, learned), limit);
        return (hits.into_iter().map(|hit| (None, hit)).collect(), matched);
    }
    // What was learned counts once, for the step that it speaks for.
    let whole = score(text, None, None);
    let scores: Vec<Vec<f32>> = steps
        .iter()
        .map(|step| score(step, Some(&*whole), learned))
        .collect();
    let any = |tool: &usize| scores.iter().any(|scores| scores[*tool] > 0.0);
    let matched = (0..catalog.tool_count()).filter(any).count();
    let ranked = scores.iter().map(|scores| best(scores, limit).0);
    let ranked: Vec<Vec<Hit>> = ranked.collect();
    let mut hits: Vec<(Option<usize>, Hit)> = Vec::new();
    for rank in 0..limit {
        for (step, ranked) in ranked.iter().enumerate() {
            let Some(hit) = ranked.get(rank) else {
                continue;
            };
            let known = hits.iter().any(|(_, known)| known.tool == hit.tool);
            if !known && hits.len() < limit {
                hits.push((Some(step), *hit));
            }
        }
    }
    (hits, matched)
}

/// A tool by its number in the catalog, and its score.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Hit {
    pub(crate) tool: usize,
    pub(crate) score: f32,
}

fn everything(catalog: &Catalog, server: Option<&Server>, limit: usize) -> Found {
    let tools = catalog.numbers(server);
    let matched = tools.len();
    let hits = tools.map(|tool| (None, Hit { tool, score: 0.0 }));
    (hits.take(limit).collect(), matched)
}

fn row(
    catalog: &Catalog,
    hit: Hit,
    rank: usize,
    step: Option<usize>,
    observed: Option<&Observed>,
) -> SearchRow {
    let tool = catalog.place(hit.tool);
    let definition = &tool.tool.definition;
    let signature = (rank < SIGNATURES).then(|| {
        let promised = catalog.index().signature(hit.tool)?;
        // What was only seen takes no room from what is promised.
        let seen = observed.filter(|observed| tool.observation(observed).is_some());
        let seen = seen.and_then(|observed| tool.signature_within(SIGNATURE_BYTES, Some(observed)));
        Some(seen.unwrap_or_else(|| promised.to_owned()))
    });
    SearchRow {
        server: tool.server.name.clone(),
        tool: definition.name.clone(),
        path: tool.path(),
        summary: catalog.index().summary(hit.tool).to_owned(),
        signature: signature.flatten(),
        score: f64::from(hit.score),
        step,
    }
}

impl SearchAnswer {
    fn text_only(text: String) -> Self {
        Self {
            rows: Vec::new(),
            matched: 0,
            total: 0,
            steps: Vec::new(),
            text,
        }
    }
}

#[cfg(test)]
mod tests;
