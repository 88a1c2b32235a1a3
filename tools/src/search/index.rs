//! The index: what each word adds to each tool, computed as far as possible
//! beforehand.
//!
//! What a term adds to a tool depends on both alone, so it is stored, and a query
//! only adds up. A match on the server's name is kept apart, since there it counts
//! to a limit: a vendor's name must not drown the verb. It owns what is prepared
//! once per catalog; what a query makes of it is in `rank`. Start at
//! [`Index::new`].

use std::collections::HashMap;
use std::ops::Range;

use super::asked::Asked;
use super::fields::{FIELDS, Fields, Reader};
use super::semantic::{Rows, Space};
use super::verbs::Acts;
use crate::catalog::Catalog;

/// Name, title, first sentence, description, parameter names, their descriptions.
const WEIGHTS: [f64; FIELDS] = [8.0, 3.0, 2.0, 0.8, 0.6, 0.4];
/// How much a field's length counts against it.
const LENGTH: [f64; FIELDS] = [0.4, 0.4, 0.6, 0.75, 0.6, 0.75];
/// How soon repetition stops to count.
const SATURATION: f64 = 2.5;
/// What the server's name is worth in a tool's meaning, beside a word of its own.
const SERVER_MEANING: f64 = 0.4;

/// What is prepared once per catalog.
#[derive(Debug)]
pub(crate) struct Index {
    /// Stemmed words, each with its place in `terms`.
    vocabulary: HashMap<String, u32>,
    terms: Vec<Term>,
    tools: Vec<Entry>,
    /// The tools of each server.
    servers: Vec<Range<usize>>,
    space: Option<Space>,
}

/// What is known of a word.
#[derive(Debug, Default)]
pub(super) struct Term {
    /// By tool, ascending.
    pub(super) postings: Vec<Posting>,
    /// Tools whose server's name has the term.
    pub(super) servers: Vec<u32>,
    /// Rarity.
    pub(super) weight: f64,
}

/// A word in a tool.
#[derive(Debug)]
pub(super) struct Posting {
    pub(super) tool: u32,
    /// The part of the tool's score that the word is.
    pub(super) share: f32,
    /// The part of the tool's name that the word is.
    pub(super) named: f32,
}

#[derive(Debug)]
struct Entry {
    /// The first sentence of the description.
    summary: String,
    acts: Acts,
}

impl Index {
    pub(crate) fn new(catalog: &Catalog) -> Self {
        let mut reader = Reader::new();
        let tools: Vec<Fields> = catalog.tools().map(|tool| reader.tool(tool)).collect();
        let named: Vec<Vec<u32>> = catalog
            .servers()
            .iter()
            .map(|server| reader.distinct(&server.name))
            .collect();
        let mut terms = Vec::new();
        terms.resize_with(reader.vocabulary.len(), Term::default);
        add_tools(&mut terms, &tools);
        let mut servers = Vec::new();
        let mut first = 0;
        for (server, words) in catalog.servers().iter().zip(named) {
            let last = first + server.tools.len();
            for word in words {
                terms[word as usize]
                    .servers
                    .extend(first as u32..last as u32);
            }
            servers.push(first..last);
            first = last;
        }
        let count = tools.len() as f64;
        for term in &mut terms {
            let holders = term.postings.len().max(1) as f64;
            term.weight = (1.0 + (count - holders + 0.5) / (holders + 0.5)).ln();
        }
        add_names(&mut terms, &tools);
        let space = Space::new(&meanings(&terms, tools.len()), terms.len());
        let entries = catalog.tools().zip(tools).map(|(tool, fields)| Entry {
            summary: fields.summary,
            acts: Asked::read(&tool.tool.definition.name).acts(),
        });
        Self {
            vocabulary: reader.vocabulary,
            terms,
            tools: entries.collect(),
            servers,
            space,
        }
    }

    /// The first sentence about a tool.
    pub(crate) fn summary(&self, tool: usize) -> &str {
        &self.tools[tool].summary
    }

    pub(super) fn tool_count(&self) -> usize {
        self.tools.len()
    }

    pub(super) fn acts(&self, tool: usize) -> Acts {
        self.tools[tool].acts
    }

    pub(super) fn by_server(&self) -> impl Iterator<Item = Range<usize>> {
        self.servers.iter().cloned()
    }

    pub(super) fn space(&self) -> Option<&Space> {
        self.space.as_ref()
    }

    pub(super) fn vocabulary(&self) -> &HashMap<String, u32> {
        &self.vocabulary
    }

    /// The number of a stemmed word, if any tool or server has it.
    pub(super) fn number(&self, stem: &str) -> Option<u32> {
        self.vocabulary.get(stem).copied()
    }

    pub(super) fn term(&self, number: u32) -> &Term {
        &self.terms[number as usize]
    }

    /// Whether the name of some tool has both words.
    pub(super) fn named_together(&self, one: u32, other: u32) -> bool {
        let (one, other) = (self.term(one), self.term(other));
        let mut named = one.postings.iter().filter(|posting| posting.named > 0.0);
        named.any(|posting| {
            let at = other
                .postings
                .binary_search_by_key(&posting.tool, |other| other.tool);
            at.is_ok_and(|at| other.postings[at].named > 0.0)
        })
    }

    /// How rare a word is.
    pub(super) fn weight(&self, number: u32) -> f64 {
        self.term(number).weight
    }
}

/// Turns counts into what each term adds to each tool.
fn add_tools(terms: &mut [Term], tools: &[Fields]) {
    let mut mean = [0.0; FIELDS];
    for fields in tools {
        for (sum, length) in mean.iter_mut().zip(fields.lengths) {
            *sum += f64::from(length) / tools.len() as f64;
        }
    }
    for (i, fields) in tools.iter().enumerate() {
        let mut worth = [0.0; FIELDS];
        for field in 0..FIELDS {
            let length = f64::from(fields.lengths[field]) / f64::max(mean[field], 1.0);
            worth[field] = WEIGHTS[field] / (1.0 - LENGTH[field] + LENGTH[field] * length);
        }
        for (term, counts) in &fields.counts {
            let frequency: f64 = counts
                .iter()
                .zip(worth)
                .map(|(count, worth)| f64::from(*count) * worth)
                .sum();
            let share = frequency * (SATURATION + 1.0) / (frequency + SATURATION);
            terms[*term as usize].postings.push(Posting {
                tool: i as u32,
                share: share as f32,
                named: 0.0,
            });
        }
    }
}

/// Weighs the words of each name against each other.
fn add_names(terms: &mut [Term], tools: &[Fields]) {
    for (tool, fields) in tools.iter().enumerate() {
        let weights = fields.named.iter().map(|term| terms[*term as usize].weight);
        let whole: f64 = weights.sum();
        for term in &fields.named {
            let Term {
                postings, weight, ..
            } = &mut terms[*term as usize];
            if let Ok(at) = postings.binary_search_by_key(&(tool as u32), |posting| posting.tool) {
                postings[at].named = (*weight / whole) as f32;
            }
        }
    }
}

/// What each tool is about: its words by weight, without those that it alone has.
fn meanings(terms: &[Term], tools: usize) -> Rows {
    let mut meanings: Vec<Vec<(u32, f32)>> = vec![Vec::new(); tools];
    for (number, term) in (0..).zip(terms) {
        if term.postings.len() > 1 {
            for posting in &term.postings {
                let weight = posting.share * term.weight as f32;
                meanings[posting.tool as usize].push((number, weight));
            }
        }
        for tool in &term.servers {
            let weight = (SERVER_MEANING * term.weight) as f32;
            meanings[*tool as usize].push((number, weight));
        }
    }
    let mut rows = Rows::default();
    for meaning in meanings {
        rows.push(meaning);
    }
    rows
}
