//! Reads tools into counted words, field by field.
//!
//! It knows schemas as far as names and descriptions of properties go, and bounds
//! everything it reads; what the counts are worth is decided in `index`. Start at
//! [`Reader::tool`].

use std::collections::HashMap;

use serde_json::Value;

use super::SUMMARY_CHARS;
use super::words::{Words, chunks};
use crate::catalog::ToolRef;
use crate::prose;

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

/// Name, title, first sentence, description, parameter names, their descriptions.
pub(super) const FIELDS: usize = 6;

/// How often each term stands in each field of one tool.
pub(super) struct Fields {
    pub(super) counts: Vec<(u32, [u32; FIELDS])>,
    pub(super) lengths: [u32; FIELDS],
    /// The parts of the name, each once.
    pub(super) named: Vec<u32>,
    pub(super) summary: String,
}

/// Reads tools; remembers every chunk of text it has seen, since tools repeat
/// their words.
pub(super) struct Reader {
    words: Words,
    pub(super) vocabulary: HashMap<String, u32>,
    chunks: HashMap<String, Vec<u32>>,
    /// Where a term stands in the counts of the tool being read.
    places: HashMap<u32, usize>,
}

impl Reader {
    pub(super) fn new() -> Self {
        Self {
            words: Words::new(),
            vocabulary: HashMap::new(),
            chunks: HashMap::new(),
            places: HashMap::new(),
        }
    }

    pub(super) fn tool(&mut self, tool: ToolRef<'_>) -> Fields {
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
            named: Vec::new(),
            summary: prose::first_sentence(about, SUMMARY_CHARS),
        };
        let mut left = PROPERTIES;
        self.places.clear();
        self.text(&mut fields, 0, &definition.name);
        fields.named = self.parts(&definition.name);
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

    /// The parts of a name that was read.
    fn parts(&self, name: &str) -> Vec<u32> {
        let mut parts = Vec::new();
        for chunk in chunks(name) {
            self.words.parts(chunk, |_, part| {
                let known = self.vocabulary.get(part).copied();
                parts.extend(known.filter(|part| !parts.contains(part)));
            });
        }
        parts
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

    pub(super) fn distinct(&mut self, text: &str) -> Vec<u32> {
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
