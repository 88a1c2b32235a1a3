//! Reads tools into counted words, field by field.
//!
//! It knows schemas as far as names and descriptions of properties go. What it reads
//! of one tool and the words that one server may add are bounded, so that no server
//! can take the room of another; what the counts are worth is decided in `index`.
//! Start at [`Reader::tool`].

use std::collections::HashMap;
use std::ops::Range;

use serde_json::Value;

use super::verbs::Acts;
use super::words::{Words, chunks};
use crate::catalog::ToolRef;
use crate::prose;

/// Most of one text that is indexed, in bytes.
const TEXT_BYTES: usize = 8_000;
/// Most of all texts that is indexed, in bytes, and of one tool at least and at most.
const BYTES: usize = 64_000_000;
const TOOL_BYTES: (usize, usize) = (1_000, 64_000);
/// Most terms of all tools together, and of one tool at least and at most.
const TERMS: usize = 4_000_000;
const TOOL_TERMS: (usize, usize) = (64, 1_000);
/// Most properties of a schema that are indexed.
const PROPERTIES: usize = 200;
/// Most members of an `enum` that are indexed.
const MEMBERS: usize = 20;
/// Longest first sentence indexed by itself, in characters.
const SENTENCE_CHARS: usize = 300;
/// Deepest properties indexed.
const PROPERTY_DEPTH: usize = 4;
/// Words that a server may add which no server before it had, beside those of names.
const NEW_WORDS: usize = 50_000;
/// Chunks of text whose words are remembered.
const CHUNKS: usize = 100_000;

/// Name, title, first sentence, description, parameter names, their descriptions.
pub(super) const FIELDS: usize = 6;

/// How often each term stands in each field of one tool.
pub(super) struct Fields {
    pub(super) counts: Vec<(u32, [u16; FIELDS])>,
    pub(super) lengths: [u32; FIELDS],
    /// The parts of the name, each once.
    pub(super) named: Vec<u32>,
    pub(super) acts: Acts,
    /// What may still be read, in bytes and properties.
    left: (usize, usize),
}

/// Reads tools; remembers the chunks of text it has seen, since tools repeat their
/// words.
pub(super) struct Reader {
    words: Words,
    pub(super) vocabulary: HashMap<String, u32>,
    /// Parts of names as they are written, in lower case.
    pub(super) parts: HashMap<String, u32>,
    chunks: HashMap<String, Range<usize>>,
    /// The terms of `chunks`, up to `kept`.
    terms: Vec<u32>,
    kept: usize,
    /// Where a term stands in the counts of the tool being read, and which that is.
    places: Vec<(u32, u32)>,
    tools: u32,
    /// Most distinct terms of one tool, and bytes of its texts.
    most_terms: usize,
    most_bytes: usize,
    /// How large the vocabulary may become by what the current server says.
    most_words: usize,
}

impl Reader {
    /// For so many tools: the more there are, the less is read of each.
    pub(super) fn new(tools: usize) -> Self {
        let share = |all: usize, (least, most)| (all / tools.max(1)).clamp(least, most);
        Self {
            words: Words::new(),
            vocabulary: HashMap::new(),
            parts: HashMap::new(),
            chunks: HashMap::new(),
            terms: Vec::new(),
            kept: 0,
            places: Vec::new(),
            tools: 0,
            most_terms: share(TERMS, TOOL_TERMS),
            most_bytes: share(BYTES, TOOL_BYTES),
            most_words: NEW_WORDS,
        }
    }

    /// Begins with the tools of another server; gives the terms of its name.
    pub(super) fn server(&mut self, name: &str) -> Vec<u32> {
        self.most_words = usize::MAX;
        let mut distinct = Vec::new();
        for chunk in chunks(name) {
            for place in self.terms(chunk) {
                if !distinct.contains(&self.terms[place]) {
                    distinct.push(self.terms[place]);
                }
            }
        }
        self.most_words = self.vocabulary.len() + NEW_WORDS;
        distinct
    }

    pub(super) fn tool(&mut self, tool: ToolRef<'_>) -> Fields {
        let definition = &tool.tool.definition;
        let description = definition.description.as_deref().unwrap_or("");
        let title = definition.title.as_deref().unwrap_or("");
        let mut fields = Fields {
            counts: Vec::new(),
            lengths: [0; FIELDS],
            named: Vec::new(),
            acts: Acts::of(std::iter::empty()),
            left: (self.most_bytes, PROPERTIES),
        };
        self.tools += 1;
        self.name(&mut fields, &definition.name);
        self.text(&mut fields, 1, title);
        let sentence = prose::first_sentence(description, SENTENCE_CHARS);
        self.text(&mut fields, 2, &sentence);
        self.text(&mut fields, 3, description);
        self.schema(&mut fields, &definition.input_schema, 0);
        fields
    }

    /// Names count whatever else a server has said.
    fn name(&mut self, fields: &mut Fields, name: &str) {
        let most_words = std::mem::replace(&mut self.most_words, usize::MAX);
        self.text(fields, 0, name);
        self.most_words = most_words;
        let mut acts = Vec::new();
        for chunk in chunks(name) {
            self.words.parts(chunk, |written, stem| {
                acts.push(stem.to_owned());
                let Some(&part) = self.vocabulary.get(stem) else {
                    return;
                };
                if !fields.named.contains(&part) {
                    fields.named.push(part);
                }
                if !self.parts.contains_key(written) {
                    self.parts.insert(written.to_owned(), part);
                }
            });
        }
        fields.acts = Acts::of(acts.iter().map(String::as_str));
    }

    fn schema(&mut self, fields: &mut Fields, schema: &Value, depth: usize) {
        let Some(properties) = schema.get("properties").and_then(Value::as_object) else {
            return;
        };
        for (name, property) in properties {
            if fields.left.1 == 0 {
                return;
            }
            fields.left.1 -= 1;
            self.text(fields, 4, name);
            if let Some(description) = property.get("description").and_then(Value::as_str) {
                self.text(fields, 5, description);
            }
            let members = property.get("enum").and_then(Value::as_array);
            for member in members.into_iter().flatten().take(MEMBERS) {
                self.text(fields, 5, member.as_str().unwrap_or(""));
            }
            if depth < PROPERTY_DEPTH {
                self.schema(fields, property, depth + 1);
                if let Some(items) = property.get("items") {
                    self.schema(fields, items, depth + 1);
                }
            }
        }
    }

    fn text(&mut self, fields: &mut Fields, field: usize, text: &str) {
        let text = &text[..text.floor_char_boundary(TEXT_BYTES.min(fields.left.0))];
        fields.left.0 -= text.len();
        for chunk in chunks(text) {
            let terms = self.terms(chunk);
            self.places.resize(self.vocabulary.len(), (0, 0));
            for &term in &self.terms[terms] {
                let (tool, place) = &mut self.places[term as usize];
                if *tool != self.tools {
                    if fields.counts.len() == self.most_terms {
                        fields.left = (0, 0);
                        return;
                    }
                    (*tool, *place) = (self.tools, fields.counts.len() as u32);
                    fields.counts.push((term, [0; FIELDS]));
                }
                let count = &mut fields.counts[*place as usize].1[field];
                *count = count.saturating_add(1);
                fields.lengths[field] += 1;
            }
        }
    }

    /// The terms of a chunk, as a range of `terms`, good until the next call.
    fn terms(&mut self, chunk: &str) -> Range<usize> {
        if let Some(known) = self.chunks.get(chunk) {
            return known.clone();
        }
        let Self {
            vocabulary, terms, ..
        } = self;
        terms.truncate(self.kept);
        let mut complete = true;
        self.words.of(chunk, |word| {
            let next = vocabulary.len();
            if let Some(&known) = vocabulary.get(word) {
                terms.push(known);
            } else if next < self.most_words {
                vocabulary.insert(word.to_owned(), next as u32);
                terms.push(next as u32);
            } else {
                complete = false;
            }
        });
        let range = self.kept..terms.len();
        // What one server may not add, another still may.
        if complete && self.chunks.len() < CHUNKS {
            self.kept = range.end;
            self.chunks.insert(chunk.to_owned(), range.clone());
        }
        range
    }
}
