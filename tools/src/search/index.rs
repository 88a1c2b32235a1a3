//! The index: BM25 over weighted fields, computed as far as possible beforehand.
//!
//! What a term adds to a tool depends on both alone, so it is stored, and a query
//! only adds up. A match on the server's name is kept apart, since there it counts
//! to a limit: a vendor's name must not drown the verb.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use serde_json::Value;

use super::Hit;
use super::words::Words;
use crate::catalog::{Catalog, ToolRef};

/// Most distinct terms of a query that count.
const QUERY_TERMS: usize = 64;
/// Longest query read, in bytes.
const QUERY_BYTES: usize = 4_000;
/// Most of a text that is indexed, in bytes.
const TEXT_BYTES: usize = 8_000;
/// Most properties of a schema that are indexed.
const PROPERTIES: usize = 200;
/// Deepest properties indexed.
const PROPERTY_DEPTH: usize = 4;
/// How alike a mistyped word must be, by shared trigrams.
const TYPO_FLOOR: f64 = 0.4;

const FIELDS: usize = 6;
/// Name, title, first sentence, description, parameter names, their descriptions.
const WEIGHTS: [f64; FIELDS] = [5.0, 3.0, 2.5, 1.2, 0.8, 0.4];
/// How much a field's length counts against it.
const LENGTH: [f64; FIELDS] = [0.4, 0.4, 0.6, 0.75, 0.6, 0.75];
/// How soon repetition stops to count.
const SATURATION: f64 = 1.6;
/// What a term in the server's name is worth beside one in the tool.
const SERVER_WEIGHT: f64 = 0.6;
/// Most that the server's name adds, as a share of what the tool has by itself.
const SERVER_CAP: f64 = 0.5;

/// What is prepared once per catalog.
#[derive(Debug)]
pub(crate) struct Index {
    terms: HashMap<String, Term>,
    tools: usize,
}

#[derive(Debug, Default)]
struct Term {
    /// By tool, ascending: the part of its score that this term is.
    postings: Vec<(u32, f32)>,
    /// Tools whose server's name has the term.
    servers: Vec<u32>,
    /// Rarity.
    weight: f64,
}

impl Index {
    pub(crate) fn new(catalog: &Catalog) -> Self {
        let mut words = Words::new();
        let tools: Vec<Fields> = catalog
            .tools()
            .map(|tool| Fields::new(tool, &mut words))
            .collect();
        let mut mean = [0.0; FIELDS];
        for fields in &tools {
            for (sum, length) in mean.iter_mut().zip(fields.lengths) {
                *sum += f64::from(length) / tools.len() as f64;
            }
        }
        let mut terms: HashMap<String, Term> = HashMap::new();
        for (i, fields) in tools.iter().enumerate() {
            for (term, counts) in &fields.counts {
                let mut frequency = 0.0;
                for field in 0..FIELDS {
                    let length = f64::from(fields.lengths[field]) / mean[field].max(1.0);
                    let norm = 1.0 - LENGTH[field] + LENGTH[field] * length;
                    frequency += WEIGHTS[field] * f64::from(counts[field]) / norm;
                }
                let share = frequency * (SATURATION + 1.0) / (frequency + SATURATION);
                entry(&mut terms, term)
                    .postings
                    .push((i as u32, share as f32));
            }
        }
        let mut first = 0;
        for server in catalog.servers() {
            let of_server = first as u32..(first + server.tools.len()) as u32;
            first += server.tools.len();
            let mut seen = Vec::new();
            words.of(&server.name, |term| {
                if !seen.iter().any(|known| known == term) {
                    seen.push(term.to_owned());
                }
            });
            for term in seen {
                entry(&mut terms, &term).servers.extend(of_server.clone());
            }
        }
        let count = tools.len() as f64;
        for term in terms.values_mut() {
            let holders = term.postings.len().max(1) as f64;
            term.weight = (1.0 + (count - holders + 0.5) / (holders + 0.5)).ln();
        }
        Self {
            terms,
            tools: tools.len(),
        }
    }

    /// The tools among `wanted` that match, best first, ties in catalog order.
    pub(crate) fn find(&self, query: &str, wanted: impl Fn(usize) -> bool) -> Vec<Hit> {
        let asked = asked(query);
        let known: Vec<(&Term, f64)> = asked
            .iter()
            .filter_map(|term| Some((self.terms.get(term)?, 1.0)))
            .collect();
        let hits = self.score(&known, &wanted);
        if !hits.is_empty() {
            return hits;
        }
        let guessed: Vec<(&Term, f64)> = asked.iter().flat_map(|term| self.alike(term)).collect();
        self.score(&guessed, &wanted)
    }

    fn score(&self, terms: &[(&Term, f64)], wanted: &impl Fn(usize) -> bool) -> Vec<Hit> {
        let mut own = vec![0.0_f64; self.tools];
        let mut server = vec![0.0_f64; self.tools];
        for (term, factor) in terms {
            for &(tool, share) in &term.postings {
                own[tool as usize] += term.weight * factor * f64::from(share);
            }
            for &tool in &term.servers {
                server[tool as usize] += term.weight * factor * SERVER_WEIGHT;
            }
        }
        let mut hits: Vec<Hit> = own
            .into_iter()
            .zip(server)
            .enumerate()
            .filter(|(tool, (own, server))| own + server > 0.0 && wanted(*tool))
            .map(|(tool, (own, server))| {
                // With nothing but the server named, its tools are what is asked for.
                let cap = if own > 0.0 {
                    own * SERVER_CAP
                } else {
                    f64::INFINITY
                };
                Hit {
                    tool,
                    score: own + server.min(cap),
                }
            })
            .collect();
        hits.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.tool.cmp(&b.tool)));
        hits
    }

    /// Terms that share most trigrams with a mistyped one, at most three.
    fn alike(&self, asked: &str) -> Vec<(&Term, f64)> {
        let wanted = trigrams(asked);
        let mut found: Vec<(f64, &String, &Term)> = self
            .terms
            .iter()
            .filter(|(term, _)| term.len().abs_diff(asked.len()) <= 3)
            .map(|(term, entry)| (overlap(&wanted, &trigrams(term)), term, entry))
            .filter(|(likeness, _, _)| *likeness >= TYPO_FLOOR)
            .collect();
        found.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1)));
        found.truncate(3);
        found
            .into_iter()
            .map(|(likeness, _, term)| (term, likeness))
            .collect()
    }
}

fn entry<'t>(terms: &'t mut HashMap<String, Term>, term: &str) -> &'t mut Term {
    if !terms.contains_key(term) {
        terms.insert(term.to_owned(), Term::default());
    }
    terms
        .get_mut(term)
        .expect("it was inserted where it was missing")
}

/// The distinct terms of a query, in its order.
fn asked(query: &str) -> Vec<String> {
    let query = &query[..query.floor_char_boundary(QUERY_BYTES)];
    let mut terms: Vec<String> = Vec::new();
    Words::new().of(query, |term| {
        if terms.len() < QUERY_TERMS && !terms.iter().any(|known| known == term) {
            terms.push(term.to_owned());
        }
    });
    terms
}

/// How often each term stands in each field of one tool.
struct Fields {
    counts: Vec<(String, [u32; FIELDS])>,
    lengths: [u32; FIELDS],
}

impl Fields {
    fn new(tool: ToolRef<'_>, words: &mut Words) -> Self {
        let mut reader = Reader {
            words,
            by_term: HashMap::new(),
            counts: Vec::new(),
            lengths: [0; FIELDS],
        };
        let definition = &tool.tool.definition;
        reader.read(0, &definition.name);
        reader.read(1, definition.title.as_deref().unwrap_or(""));
        let description = definition.description.as_deref().unwrap_or("");
        let sentence = crate::prose::first_sentence(description, 300);
        reader.read(2, &sentence);
        reader.read(3, description);
        let mut left = PROPERTIES;
        reader.schema(&definition.input_schema, 0, &mut left);
        Self {
            counts: reader.counts,
            lengths: reader.lengths,
        }
    }
}

struct Reader<'w> {
    words: &'w mut Words,
    by_term: HashMap<String, usize>,
    counts: Vec<(String, [u32; FIELDS])>,
    lengths: [u32; FIELDS],
}

impl Reader<'_> {
    fn read(&mut self, field: usize, text: &str) {
        let Self {
            words,
            by_term,
            counts,
            lengths,
        } = self;
        words.of(&text[..text.floor_char_boundary(TEXT_BYTES)], |term| {
            let at = match by_term.entry(term.to_owned()) {
                Entry::Occupied(known) => *known.get(),
                Entry::Vacant(new) => {
                    counts.push((term.to_owned(), [0; FIELDS]));
                    *new.insert(counts.len() - 1)
                }
            };
            counts[at].1[field] += 1;
            lengths[field] += 1;
        });
    }

    fn schema(&mut self, schema: &Value, depth: usize, left: &mut usize) {
        let Some(properties) = schema.get("properties").and_then(Value::as_object) else {
            return;
        };
        for (name, property) in properties {
            if *left == 0 {
                return;
            }
            *left -= 1;
            self.read(4, name);
            if let Some(description) = property.get("description").and_then(Value::as_str) {
                self.read(5, description);
            }
            for member in property
                .get("enum")
                .and_then(Value::as_array)
                .into_iter()
                .flatten()
                .take(20)
            {
                self.read(5, member.as_str().unwrap_or(""));
            }
            if depth < PROPERTY_DEPTH {
                self.schema(property, depth + 1, left);
                if let Some(items) = property.get("items") {
                    self.schema(items, depth + 1, left);
                }
            }
        }
    }
}

fn trigrams(word: &str) -> Vec<[char; 3]> {
    let chars: Vec<char> = [' ', ' ']
        .into_iter()
        .chain(word.chars())
        .chain([' '])
        .collect();
    chars
        .windows(3)
        .map(|three| [three[0], three[1], three[2]])
        .collect()
}

fn overlap(a: &[[char; 3]], b: &[[char; 3]]) -> f64 {
    let shared = a.iter().filter(|three| b.contains(three)).count();
    2.0 * shared as f64 / (a.len() + b.len()) as f64
}
