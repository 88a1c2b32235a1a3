//! How much work it is to check a value, found out before a validator does it.
//!
//! A validator tries every schema that applies to a value, again for each way that leads there, and
//! recurses as deep as schema and value together. This walks the same ways, but each pair of a
//! schema and a value once. Start at [`measure`].

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::bound::{Extent, REFERENCES};
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
    Some(walk.cost(root, value, 0)?.size)
}

struct Walk<'a> {
    root: &'a Value,
    /// By the addresses of schema and value; `None` while the pair is being walked.
    known: HashMap<(usize, usize), Option<Extent>>,
}

impl<'a> Walk<'a> {
    fn cost(&mut self, schema: &'a Value, value: &'a Value, depth: usize) -> Option<Extent> {
        let Value::Object(keywords) = schema else {
            return Some(Extent::ONE);
        };
        let pair = (address(schema), address(value));
        if let Some(known) = self.known.get(&pair) {
            return known.filter(|cost| depth + cost.height <= DEPTH);
        }
        if depth > DEPTH || self.known.len() >= PAIRS {
            return None;
        }
        self.known.insert(pair, None);
        let mut cost = Extent::ONE;
        cost.size += own(keywords, value);
        for (key, inner) in keywords {
            self.in_place(&mut cost, key, inner, value, depth + 1)?;
            self.children(&mut cost, key, inner, value, depth + 1)?;
        }
        // These ask the others which members they have dealt with, for each member.
        let asking = keywords.keys().filter(|key| key.starts_with("unevaluated"));
        for _ in asking {
            cost.size = cost.size.saturating_mul(1 + members(value));
        }
        self.known.insert(pair, Some(cost));
        Some(cost)
    }

    /// Adds those of the keyword's schemas that apply to `value` itself.
    fn in_place(
        &mut self,
        sum: &mut Extent,
        key: &str,
        inner: &'a Value,
        value: &'a Value,
        depth: usize,
    ) -> Option<()> {
        match (key, inner) {
            (_, Value::String(reference)) if REFERENCES.contains(&key) => {
                if let Some(target) = pointer::resolve(self.root, reference) {
                    sum.hold(self.cost(target, value, depth)?);
                }
                Some(())
            }
            ("allOf" | "anyOf" | "oneOf", Value::Array(branches)) => {
                let mut pairs = branches.iter().map(|branch| (branch, value));
                self.add(sum, &mut pairs, depth)
            }
            ("not" | "if" | "then" | "else", _) => {
                sum.hold(self.cost(inner, value, depth)?);
                Some(())
            }
            ("dependentSchemas" | "dependencies", Value::Object(named)) => {
                let mut pairs = named.values().map(|branch| (branch, value));
                self.add(sum, &mut pairs, depth)
            }
            _ => Some(()),
        }
    }

    /// Adds those of the keyword's schemas that apply to what `value` holds.
    fn children(
        &mut self,
        sum: &mut Extent,
        key: &str,
        inner: &'a Value,
        value: &'a Value,
        depth: usize,
    ) -> Option<()> {
        match (value, key, inner) {
            (Value::Object(map), "properties", Value::Object(named)) => {
                let mut pairs = named
                    .iter()
                    .filter_map(|(name, schema)| Some((schema, map.get(name)?)));
                self.add(sum, &mut pairs, depth)
            }
            (Value::Object(map), "patternProperties", Value::Object(named)) => {
                let names = (named.len() as u64).saturating_mul(map.len() as u64);
                sum.size = sum.size.saturating_add(PATTERN.saturating_mul(names));
                let values = |schema: &'a Value| map.values().map(move |value| (schema, value));
                self.add(sum, &mut named.values().flat_map(values), depth)
            }
            (Value::Object(map), "additionalProperties" | "unevaluatedProperties", _) => {
                let mut pairs = map.values().map(|value| (inner, value));
                self.add(sum, &mut pairs, depth)
            }
            // The names are no values that could be walked; the object stands for each.
            (Value::Object(map), "propertyNames", _) => {
                let mut names = self.cost(inner, value, depth)?;
                names.size = names.size.saturating_mul(map.len() as u64);
                sum.hold(names);
                Some(())
            }
            (Value::Array(items), "items" | "prefixItems", Value::Array(schemas)) => {
                self.add(sum, &mut schemas.iter().zip(items), depth)
            }
            (
                Value::Array(items),
                "items" | "additionalItems" | "contains" | "unevaluatedItems",
                _,
            ) => {
                let mut pairs = items.iter().map(|value| (inner, value));
                self.add(sum, &mut pairs, depth)
            }
            _ => Some(()),
        }
    }

    fn add(
        &mut self,
        sum: &mut Extent,
        pairs: &mut dyn Iterator<Item = (&'a Value, &'a Value)>,
        depth: usize,
    ) -> Option<()> {
        for (schema, value) in pairs {
            sum.hold(self.cost(schema, value, depth)?);
        }
        Some(())
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
