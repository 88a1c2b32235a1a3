//! The index: BM25 over weighted fields, computed as far as possible beforehand.
//!
//! What a term adds to a tool depends on both alone, so it is stored, and a query
//! only adds up. A match on the server's name is kept apart, since there it counts
//! to a limit: a vendor's name must not drown the verb.

use std::collections::HashMap;

use serde_json::Value;

use super::words::{Words, chunks};
use super::{Hit, SUMMARY_CHARS};
use crate::catalog::{Catalog, ToolRef};
use crate::prose;

/// Most distinct terms of a query that count.
const QUERY_TERMS: usize = 64;
/// Longest query read, in bytes.
const QUERY_BYTES: usize = 4_000;
/// Most of a text that is indexed, in bytes.
const TEXT_BYTES: usize = 8_000;
/// Most properties of a schema that are indexed.
const PROPERTIES: usize = 200;
/// Most members of an `enum` that are indexed.
const MEMBERS: usize = 20;
/// Longest first sentence indexed by itself, in characters.
const SENTENCE_CHARS: usize = 300;
/// Deepest properties indexed.
const PROPERTY_DEPTH: usize = 4;
/// How alike a mistyped word must be, by shared trigrams.
const TYPO_FLOOR: f64 = 0.4;

const FIELDS: usize = 6;
/// Name, title, first sentence, description, parameter names, their descriptions.
const WEIGHTS: [f64; FIELDS] = [8.0, 3.0, 2.0, 0.8, 0.6, 0.4];
/// How much a field's length counts against it.
const LENGTH: [f64; FIELDS] = [0.4, 0.4, 0.6, 0.75, 0.6, 0.75];
/// How soon repetition stops to count.
const SATURATION: f64 = 2.5;
/// What a term in the server's name is worth beside one in the tool.
const SERVER_WEIGHT: f64 = 1.0;
/// Most that the server's name adds, as a share of what the tool has by itself.
const SERVER_CAP: f64 = 0.5;

/// What is prepared once per catalog.
#[derive(Debug)]
pub(crate) struct Index {
    /// Stemmed words, each with its place in `terms`.
    vocabulary: HashMap<String, u32>,
    terms: Vec<Term>,
    /// By tool: the first sentence of its description.
    summaries: Vec<String>,
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
        let mut reader = Reader::new();
        let tools: Vec<Fields> = catalog.tools().map(|tool| reader.tool(tool)).collect();
        let servers: Vec<Vec<u32>> = catalog
            .servers()
            .iter()
            .map(|server| reader.distinct(&server.name))
            .collect();
        let mut terms = Vec::new();
        terms.resize_with(reader.vocabulary.len(), Term::default);
        add_tools(&mut terms, &tools);
        let mut first = 0;
        for (server, words) in catalog.servers().iter().zip(servers) {
            let last = first + server.tools.len() as u32;
            for word in words {
                terms[word as usize].servers.extend(first..last);
            }
            first = last;
        }
        let count = tools.len() as f64;
        for term in &mut terms {
            let holders = term.postings.len().max(1) as f64;
            term.weight = (1.0 + (count - holders + 0.5) / (holders + 0.5)).ln();
        }
        Self {
            vocabulary: reader.vocabulary,
            terms,
            summaries: tools.into_iter().map(|fields| fields.summary).collect(),
        }
    }

    /// The first sentence about a tool.
    pub(crate) fn summary(&self, tool: usize) -> &str {
        &self.summaries[tool]
    }

    /// The best `limit` tools among `wanted`, ties in catalog order, and how many
    /// match.
    pub(crate) fn find(
        &self,
        query: &str,
        limit: usize,
        wanted: impl Fn(usize) -> bool,
    ) -> (Vec<Hit>, usize) {
        let asked = asked(query);
        let known: Vec<(&Term, f64)> = asked
            .iter()
            .filter_map(|word| Some((&self.terms[*self.vocabulary.get(word)? as usize], 1.0)))
            .collect();
        let (hits, matched) = self.score(&known, limit, &wanted);
        if matched > 0 {
            return (hits, matched);
        }
        let guessed: Vec<(&Term, f64)> = asked.iter().flat_map(|word| self.alike(word)).collect();
        self.score(&guessed, limit, &wanted)
    }

    fn score(
        &self,
        terms: &[(&Term, f64)],
        limit: usize,
        wanted: &impl Fn(usize) -> bool,
    ) -> (Vec<Hit>, usize) {
        let mut own = vec![0.0_f64; self.summaries.len()];
        let mut server = vec![0.0_f64; self.summaries.len()];
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
        let matched = hits.len();
        let best_first = |a: &Hit, b: &Hit| b.score.total_cmp(&a.score).then(a.tool.cmp(&b.tool));
        if matched > limit {
            hits.select_nth_unstable_by(limit, best_first);
            hits.truncate(limit);
        }
        hits.sort_unstable_by(best_first);
        (hits, matched)
    }

    /// Terms that share most trigrams with a mistyped one, at most three.
    fn alike(&self, asked: &str) -> Vec<(&Term, f64)> {
        let wanted = trigrams(asked);
        let mut found: Vec<(f64, &String, u32)> = self
            .vocabulary
            .iter()
            .filter(|(word, _)| word.len().abs_diff(asked.len()) <= 3)
            .map(|(word, term)| (overlap(&wanted, &trigrams(word)), word, *term))
            .filter(|(likeness, _, _)| *likeness >= TYPO_FLOOR)
            .collect();
        found.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1)));
        found.truncate(3);
        found
            .into_iter()
            .map(|(likeness, _, term)| (&self.terms[term as usize], likeness))
            .collect()
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
            terms[*term as usize]
                .postings
                .push((i as u32, share as f32));
        }
    }
}

/// The distinct words of a query, in its order.
fn asked(query: &str) -> Vec<String> {
    let query = &query[..query.floor_char_boundary(QUERY_BYTES)];
    let words = Words::new();
    let mut asked: Vec<String> = Vec::new();
    for chunk in chunks(query) {
        words.of(chunk, |word| {
            if asked.len() < QUERY_TERMS && !asked.iter().any(|known| known == word) {
                asked.push(word.to_owned());
            }
        });
    }
    asked
}

/// How often each term stands in each field of one tool.
struct Fields {
    counts: Vec<(u32, [u32; FIELDS])>,
    lengths: [u32; FIELDS],
    summary: String,
}

/// Reads tools; remembers every chunk of text it has seen, since tools repeat
/// their words.
struct Reader {
    words: Words,
    vocabulary: HashMap<String, u32>,
    chunks: HashMap<String, Vec<u32>>,
    /// Where a term stands in the counts of the tool being read.
    places: HashMap<u32, usize>,
}

impl Reader {
    fn new() -> Self {
        Self {
            words: Words::new(),
            vocabulary: HashMap::new(),
            chunks: HashMap::new(),
            places: HashMap::new(),
        }
    }

    fn tool(&mut self, tool: ToolRef<'_>) -> Fields {
        let definition = &tool.tool.definition;
        let description = definition.description.as_deref().unwrap_or("");
        let title = definition.title.as_deref().unwrap_or("");
        let about = if description.is_empty() {
            title
        } else {
            description
        };
        let mut fields = Fields {
            counts: Vec::new(),
            lengths: [0; FIELDS],
            summary: prose::first_sentence(about, SUMMARY_CHARS),
        };
        let mut left = PROPERTIES;
        self.places.clear();
        self.text(&mut fields, 0, &definition.name);
        self.text(&mut fields, 1, title);
        self.text(
            &mut fields,
            2,
            &prose::first_sentence(description, SENTENCE_CHARS),
        );
        self.text(&mut fields, 3, description);
        self.schema(&mut fields, &definition.input_schema, 0, &mut left);
        fields
    }

    fn text(&mut self, fields: &mut Fields, field: usize, text: &str) {
        for chunk in chunks(&text[..text.floor_char_boundary(TEXT_BYTES)]) {
            self.terms(chunk);
            for &term in &self.chunks[chunk] {
                let next = fields.counts.len();
                let place = *self.places.entry(term).or_insert(next);
                if place == next {
                    fields.counts.push((term, [0; FIELDS]));
                }
                fields.counts[place].1[field] += 1;
                fields.lengths[field] += 1;
            }
        }
    }

    fn schema(&mut self, fields: &mut Fields, schema: &Value, depth: usize, left: &mut usize) {
        let Some(properties) = schema.get("properties").and_then(Value::as_object) else {
            return;
        };
        for (name, property) in properties {
            if *left == 0 {
                return;
            }
            *left -= 1;
            self.text(fields, 4, name);
            if let Some(description) = property.get("description").and_then(Value::as_str) {
                self.text(fields, 5, description);
            }
            let members = property.get("enum").and_then(Value::as_array);
            for member in members.into_iter().flatten().take(MEMBERS) {
                self.text(fields, 5, member.as_str().unwrap_or(""));
            }
            if depth < PROPERTY_DEPTH {
                self.schema(fields, property, depth + 1, left);
                if let Some(items) = property.get("items") {
                    self.schema(fields, items, depth + 1, left);
                }
            }
        }
    }

    fn distinct(&mut self, text: &str) -> Vec<u32> {
        let mut distinct = Vec::new();
        for chunk in chunks(text) {
            for &term in self.terms(chunk) {
                if !distinct.contains(&term) {
                    distinct.push(term);
                }
            }
        }
        distinct
    }

    fn terms(&mut self, chunk: &str) -> &[u32] {
        if !self.chunks.contains_key(chunk) {
            let mut terms = Vec::new();
            self.words.of(chunk, |word| {
                let next = self.vocabulary.len() as u32;
                terms.push(*self.vocabulary.entry(word.to_owned()).or_insert(next));
            });
            self.chunks.insert(chunk.to_owned(), terms);
        }
        &self.chunks[chunk]
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
