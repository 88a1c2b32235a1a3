//! A catalog under measurement: what is found for queries, and how fast.

use std::collections::HashMap;
use std::error::Error;
use std::time::Instant;

use retort_tools::{Catalog, Learned, SearchOptions, SearchQuery};

use crate::data::{Answers, Query, Tools};
use crate::figures::Figures;

/// How many rows are looked at; ten would do but for classes of equal tools.
const ROWS: usize = 50;

/// A catalog with its index, and the ids that queries know its tools by.
pub(crate) struct Bench {
    pub(crate) catalog: Catalog,
    pub(crate) answers: Answers,
    pub(crate) index_ms: f64,
    /// By path.
    ids: HashMap<String, String>,
}

/// What was measured of some queries under one way of ranking.
pub(crate) struct Measured {
    /// By query.
    pub(crate) figures: Vec<Figures>,
    /// What was found for each, by its own id.
    pub(crate) found: Vec<Vec<String>>,
    /// How many tools matched, by query, ascending.
    pub(crate) matched: Vec<usize>,
    /// Half of the searches took at most this long, in microseconds.
    pub(crate) p50_us: f64,
}

impl Bench {
    pub(crate) fn new(files: &[&str], equiv: Option<&str>) -> Result<Self, Box<dyn Error>> {
        let answers = Answers::read(equiv)?;
        let (catalog, ids) = Tools::read(files)?.into_catalog();
        let start = Instant::now();
        catalog.prepare_search();
        Ok(Self {
            catalog,
            answers,
            index_ms: start.elapsed().as_secs_f64() * 1e3,
            ids,
        })
    }

    /// What the index holds, to a tenth.
    pub(crate) fn index_mib(&self) -> f64 {
        let tenths = self.catalog.search_bytes() as f64 * 10.0 / f64::from(1 << 20);
        tenths.round() / 10.0
    }

    /// What is learned where each query is followed by a call of its first tool.
    pub(crate) fn learned(&self, queries: &[Query]) -> Learned {
        let mut learned = Learned::default();
        let tools = self.catalog.tools();
        let tools: HashMap<&str, _> = tools.map(|tool| (&*self.ids[&tool.path()], tool)).collect();
        for query in queries {
            if let Some(tool) = tools.get(&*query.first) {
                learned.record(&query.text, &tool.server.name, &tool.tool.definition.name);
            }
        }
        learned
    }

    /// How many right answers the catalog does not have.
    pub(crate) fn unknown_gold(&self, queries: &[Query]) -> usize {
        let has = |head: &String| self.ids.values().any(|id| self.answers.head(id) == head);
        let gold = queries.iter().flat_map(|query| &query.gold);
        gold.filter(|head| !has(head)).count()
    }

    /// Figures come from the first rows, times from searches as a client makes them.
    pub(crate) fn measure(&self, queries: &[Query], options: SearchOptions<'_>) -> Measured {
        let mut measured = Measured {
            figures: Vec::new(),
            found: Vec::new(),
            matched: Vec::new(),
            p50_us: self.p50_us(queries, options),
        };
        for query in queries {
            let wanted = SearchQuery {
                query: query.text.clone(),
                server: None,
                limit: Some(ROWS),
            };
            let answer = self.catalog.search_with(&wanted, options);
            let found = answer.rows.iter().map(|row| self.ids[&row.path].clone());
            let found: Vec<String> = found.collect();
            let heads = self.answers.heads(found.iter().map(String::as_str));
            measured.figures.push(Figures::of(&heads, query));
            measured.found.push(found);
            measured.matched.push(answer.matched);
        }
        measured.matched.sort_unstable();
        measured
    }

    /// Each query is asked once, so that none finds warm what it asks for.
    fn p50_us(&self, queries: &[Query], options: SearchOptions<'_>) -> f64 {
        let mut times = Vec::with_capacity(queries.len());
        for query in queries {
            let wanted = SearchQuery {
                query: query.text.clone(),
                ..SearchQuery::default()
            };
            let start = Instant::now();
            let text = self.catalog.search_with(&wanted, options).render();
            times.push(start.elapsed().as_secs_f64() * 1e6);
            drop(text);
        }
        times.sort_by(f64::total_cmp);
        times.get(times.len() / 2).copied().unwrap_or(0.0)
    }
}
