//! How much work it is to check a value, found out before a validator does it.
//!
//! A validator tries every schema that applies to a value, again for each way that leads there, and
//! recurses as deep as schema and value together. This walks the same ways, but each pair of a
//! schema and a value once. Start at [`measure`].

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::bound::REFERENCES;
use crate::typescript::pointer;

/// Most pairs of a schema and a value looked at.
const PAIRS: usize = 200_000;
/// Deepest nesting of schemas within schemas, however the value is nested. A validator's frames of
/// this depth fit the stack of a thread several times.
const DEPTH: usize = 500;
/// What matching a pattern counts for.
const PATTERN: u64 = 100;
/// Bytes of a text that are read in the time of one schema.
const TEXT: usize = 64;

/// How many schemas are tried when `value` is checked, if every alternative is; `None` where that
/// is too deep or too much to be counted.
pub(super) fn measure(root: &Value, value: &Value) -> Option<u64> {
    let mut walk = Walk {
        root,
        known: HashMap::new(),
    };
    walk.cost(root, value, 0)
}

struct Walk<'a> {
    root: &'a Value,
    /// By the addresses of schema and value; `None` while the pair is being walked.
    known: HashMap<(usize, usize), Option<u64>>,
}

impl<'a> Walk<'a> {
    fn cost(&mut self, schema: &'a Value, value: &'a Value, depth: usize) -> Option<u64> {
        let Value::Object(keywords) = schema else {
            return Some(1);
        };
        let pair = (address(schema), address(value));
        if let Some(known) = self.known.get(&pair) {
            return *known;
        }
        if depth > DEPTH || self.known.len() >= PAIRS {
            return None;
        }
        self.known.insert(pair, None);
        let mut here = 1 + own(keywords, value);
        let mut below = 0_u64;
        let mut again = 1_u64;
        for (key, inner) in keywords {
            here = here.saturating_add(self.in_place(key, inner, value, depth + 1)?);
            below = below.saturating_add(self.children(key, inner, value, depth + 1)?);
            // These ask the others which members they have dealt with, for each member.
            if key.starts_with("unevaluated") {
                again = again.saturating_add(members(value).max(1));
            }
        }
        let cost = here.saturating_add(below).saturating_mul(again);
        self.known.insert(pair, Some(cost));
        Some(cost)
    }

    /// Of the keyword's schemas those that apply to `value` itself.
    fn in_place(
        &mut self,
        key: &str,
        inner: &'a Value,
        value: &'a Value,
        depth: usize,
    ) -> Option<u64> {
        match (key, inner) {
            (_, Value::String(reference)) if REFERENCES.contains(&key) => {
                match pointer::resolve(self.root, reference) {
                    Some(target) => self.cost(target, value, depth),
                    None => Some(1),
                }
            }
            ("allOf" | "anyOf" | "oneOf", Value::Array(branches)) => {
                self.sum(branches.iter().map(|branch| (branch, value)), depth)
            }
            ("not" | "if" | "then" | "else", _) => self.cost(inner, value, depth),
            ("dependentSchemas" | "dependencies", Value::Object(named)) => {
                self.sum(named.values().map(|branch| (branch, value)), depth)
            }
            _ => Some(0),
        }
    }

    /// Of the keyword's schemas those that apply to what `value` holds.
    fn children(
        &mut self,
        key: &str,
        inner: &'a Value,
        value: &'a Value,
        depth: usize,
    ) -> Option<u64> {
        match (value, key, inner) {
            (Value::Object(map), "properties", Value::Object(named)) => {
                let named = named.iter();
                self.sum(
                    named.filter_map(|(name, schema)| Some((schema, map.get(name)?))),
                    depth,
                )
            }
            (Value::Object(map), "patternProperties", Value::Object(named)) => {
                let names = PATTERN * (named.len() as u64).saturating_mul(map.len() as u64);
                let values = |schema: &'a Value| map.values().map(move |value| (schema, value));
                let each = self.sum(named.values().flat_map(values), depth)?;
                Some(each.saturating_add(names))
            }
            (Value::Object(map), "additionalProperties" | "unevaluatedProperties", _) => {
                self.sum(map.values().map(|value| (inner, value)), depth)
            }
            // The names are no values that could be walked; the object stands for each.
            (Value::Object(map), "propertyNames", _) => {
                let one = self.cost(inner, value, depth)?;
                Some(one.saturating_mul(map.len() as u64))
            }
            (Value::Array(items), "items" | "prefixItems", Value::Array(schemas)) => {
                self.sum(schemas.iter().zip(items), depth)
            }
            (
                Value::Array(items),
                "items" | "additionalItems" | "contains" | "unevaluatedItems",
                _,
            ) => self.sum(items.iter().map(|value| (inner, value)), depth),
            _ => Some(0),
        }
    }

    fn sum(
        &mut self,
        mut pairs: impl Iterator<Item = (&'a Value, &'a Value)>,
        depth: usize,
    ) -> Option<u64> {
        pairs.try_fold(0_u64, |sum, (schema, value)| {
            Some(sum.saturating_add(self.cost(schema, value, depth)?))
        })
    }
}

/// What the keywords without schemas cost.
fn own(keywords: &Map<String, Value>, value: &Value) -> u64 {
    let text = match value {
        Value::String(text) => (text.len() / TEXT) as u64,
        _ => 0,
    };
    keywords
        .iter()
        .map(|(key, inner)| match (key.as_str(), inner) {
            ("pattern", _) if value.is_string() => PATTERN + text,
            ("enum", Value::Array(options)) => options.len() as u64 / 16,
            ("minLength" | "maxLength", _) => text,
            ("uniqueItems", _) => members(value),
            _ => 0,
        })
        .sum()
}

fn members(value: &Value) -> u64 {
    match value {
        Value::Object(map) => map.len() as u64,
        Value::Array(items) => items.len() as u64,
        _ => 0,
    }
}

fn address(value: &Value) -> usize {
    std::ptr::from_ref(value) as usize
}
