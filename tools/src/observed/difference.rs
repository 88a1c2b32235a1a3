//! How a new result differs from what all before it had in common.

use std::fmt::{self, Write as _};

use super::shape::{Kind, Object, Shape};
use crate::prose;

/// Differences that are told one by one.
const TOLD: usize = 3;
/// Longest path told, in characters.
const PATH_CHARS: usize = 100;
/// Objects that have to be seen at one place before it is known what they have.
const KNOWN_FROM: u32 = 3;

/// What is new about a result. `Display` names the first few places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Differences {
    told: Vec<String>,
    more: usize,
}

impl Differences {
    /// `None` where `new` fits what is `known`.
    pub(super) fn between(known: &Shape, new: &Shape) -> Option<Self> {
        let mut differences = Self {
            told: Vec::new(),
            more: 0,
        };
        differences.compare(known, new, &mut "result".to_owned());
        (!differences.told.is_empty()).then_some(differences)
    }

    fn compare(&mut self, known: &Shape, new: &Shape, path: &mut String) {
        if known.is_anything() || known.is_nothing() || new.is_anything() {
            return;
        }
        let unknown = kinds(new)
            .into_iter()
            .filter(|kind| !kinds(known).contains(kind));
        let unknown: Vec<&str> = unknown.collect();
        if !unknown.is_empty() {
            let (is, was) = (unknown.join(" or "), kinds(known).join(" or "));
            self.tell(path, &format!("is {is}, was {was}"));
        }
        let before = path.len();
        if let (Some(known), Some(new)) = (&known.items, &new.items) {
            path.push_str("[]");
            self.compare(known, new, path);
            path.truncate(before);
        }
        if let (Some(known), Some(new)) = (&known.object, &new.object) {
            self.compare_objects(known, new, path);
        }
    }

    fn compare_objects(&mut self, known: &Object, new: &Object, path: &mut String) {
        if known.seen < KNOWN_FROM || known.map || new.map {
            return;
        }
        let before = path.len();
        for (name, field) in &known.fields {
            path.push('.');
            path.push_str(name);
            match new.fields.get(name) {
                Some(other) => {
                    if other.optional && !field.optional {
                        self.tell(path, "is missing in some");
                    }
                    self.compare(&field.shape, &other.shape, path);
                }
                None if field.optional || known.empty || new.rest.is_some() => {}
                None => self.tell(path, "is missing"),
            }
            path.truncate(before);
        }
        if known.rest.is_some() {
            return;
        }
        let names = new.fields.keys();
        for name in names.filter(|name| !known.fields.contains_key(*name)) {
            path.push('.');
            path.push_str(name);
            self.tell(path, "is new");
            path.truncate(before);
        }
    }

    fn tell(&mut self, path: &str, what: &str) {
        if self.told.len() < TOLD {
            let path = prose::cut_at_word(path, PATH_CHARS);
            self.told.push(format!("`{path}` {what}"));
        } else {
            self.more += 1;
        }
    }
}

impl fmt::Display for Differences {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = self.told.join(", ");
        if self.more > 0 {
            let _ = write!(text, " and {} more", self.more);
        }
        f.write_str(&text)
    }
}

/// What a place may hold, in words; whole numbers are numbers.
fn kinds(shape: &Shape) -> Vec<&'static str> {
    let word = |kind: Kind| match kind {
        Kind::Anything => "anything",
        Kind::Null => "null",
        Kind::Boolean => "a boolean",
        Kind::Integer | Kind::Number => "a number",
        Kind::String => "a string",
    };
    let mut kinds: Vec<&str> = shape.kinds.iter().map(word).collect();
    kinds.dedup();
    kinds.extend(shape.items.as_ref().map(|_| "a list"));
    kinds.extend(shape.object.as_ref().map(|_| "an object"));
    kinds
}
