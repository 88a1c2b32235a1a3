//! How much work a schema is, found out before it is given to a validator.

use std::collections::HashMap;

use serde_json::Value;

use crate::prose;
use crate::typescript::pointer;

/// Most schemas a validator may have to build, references spelt out.
const EXPANDED: u64 = 20_000;
/// What a pattern counts for, since it may take as much memory as many schemas.
const PATTERN: u64 = 100;
/// Deepest chain of schemas and references.
const DEPTH: usize = 300;
/// Keywords whose schemas apply to the same value as the schema around them.
const IN_PLACE: [&str; 9] = [
    "allOf",
    "anyOf",
    "oneOf",
    "not",
    "if",
    "then",
    "else",
    "dependentSchemas",
    "dependencies",
];
pub(super) const REFERENCES: [&str; 3] = ["$ref", "$dynamicRef", "$recursiveRef"];
/// Keywords whose value has names for keys, so that no key of it is a keyword.
const NAMED: [&str; 6] = [
    "properties",
    "patternProperties",
    "$defs",
    "definitions",
    "dependentSchemas",
    "dependencies",
];

/// What is known of a schema that is small enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Bound {
    /// How many schemas it is, references spelt out.
    pub(super) size: u64,
    /// Whether it refers to itself, so that the work depends on the value.
    pub(super) recursive: bool,
}

/// Measures `schema`.
///
/// # Errors
/// Why it is too much: too large with its references spelt out, too deep, or
/// going round in circles on one value.
pub(super) fn measure(schema: &Value) -> Result<Bound, String> {
    let mut walk = Walk {
        root: schema,
        known: HashMap::new(),
        resolved: HashMap::new(),
        recursive: false,
        visited: 0,
        inner_document: false,
    };
    let size = walk.size(schema, false, 0)?;
    if size > EXPANDED {
        return Err(too_many());
    }
    // References count from the inner document, which is not what is measured here.
    if walk.inner_document && !walk.resolved.is_empty() {
        return Err("it has references and an `$id` within".to_owned());
    }
    let recursive = walk.recursive;
    if recursive {
        walk.known.clear();
        walk.circles(schema, 0)?;
    }
    Ok(Bound { size, recursive })
}

fn too_many() -> String {
    format!("it has more than {EXPANDED} schemas with its references spelt out")
}

struct Walk<'a> {
    root: &'a Value,
    /// By the address of a schema referred to; `None` while it is being walked.
    known: HashMap<usize, Option<u64>>,
    resolved: HashMap<&'a str, Option<&'a Value>>,
    recursive: bool,
    visited: u64,
    /// Whether a schema within has an `$id` of its own.
    inner_document: bool,
}

impl<'a> Walk<'a> {
    /// How many values there are, each reference counting for all it leads to. `named` says that
    /// the keys of `value` are names.
    fn size(&mut self, value: &'a Value, named: bool, depth: usize) -> Result<u64, String> {
        if depth > DEPTH {
            return Err(format!("it is nested deeper than {DEPTH}"));
        }
        self.visited += 1;
        if self.visited > EXPANDED {
            return Err(too_many());
        }
        let mut size = 1_u64;
        match value {
            Value::Object(map) if named => {
                for inner in map.values() {
                    size = size.saturating_add(self.size(inner, false, depth + 1)?);
                }
            }
            Value::Object(map) => {
                for (key, inner) in map {
                    let more = match inner {
                        Value::String(_)
                            if matches!(key.as_str(), "$id" | "id")
                                && !std::ptr::eq(value, self.root) =>
                        {
                            self.inner_document = true;
                            1
                        }
                        Value::String(reference) if REFERENCES.contains(&key.as_str()) => {
                            self.target_size(reference, depth)?
                        }
                        Value::String(_) if key == "pattern" => PATTERN,
                        Value::Object(patterns) if key == "patternProperties" => {
                            let own = PATTERN.saturating_mul(patterns.len() as u64);
                            own.saturating_add(self.size(inner, true, depth + 1)?)
                        }
                        // Data, however large, is not compiled schema by schema.
                        _ if matches!(key.as_str(), "enum" | "const" | "default" | "examples") => 1,
                        inner => self.size(inner, NAMED.contains(&key.as_str()), depth + 1)?,
                    };
                    size = size.saturating_add(more);
                }
            }
            Value::Array(items) => {
                for item in items {
                    size = size.saturating_add(self.size(item, false, depth + 1)?);
                }
            }
            _ => {}
        }
        Ok(size)
    }

    fn target_size(&mut self, reference: &'a str, depth: usize) -> Result<u64, String> {
        // An anchor may stand in data too, and the validator may mean another one than we.
        if !(matches!(reference, "" | "#") || reference.starts_with("#/")) {
            let reference = prose::one_line(reference, 100);
            return Err(format!("its reference `{reference}` is no JSON pointer"));
        }
        let Some(target) = self.resolve(reference) else {
            return Ok(1);
        };
        let address = std::ptr::from_ref(target) as usize;
        match self.known.get(&address) {
            Some(Some(size)) => return Ok(*size),
            Some(None) => {
                self.recursive = true;
                return Ok(1);
            }
            None => {}
        }
        self.known.insert(address, None);
        let size = self.size(target, false, depth + 1)?;
        self.known.insert(address, Some(size));
        Ok(size)
    }

    /// Refuses references that lead back to a schema for the same value.
    fn circles(&mut self, value: &'a Value, depth: usize) -> Result<(), String> {
        if depth > DEPTH {
            return Err(format!("it is nested deeper than {DEPTH}"));
        }
        match value {
            Value::Object(map) => {
                self.in_place(value, depth)?;
                map.values()
                    .try_for_each(|inner| self.circles(inner, depth + 1))
            }
            Value::Array(items) => items
                .iter()
                .try_for_each(|item| self.circles(item, depth + 1)),
            _ => Ok(()),
        }
    }

    fn in_place(&mut self, schema: &'a Value, depth: usize) -> Result<(), String> {
        let address = std::ptr::from_ref(schema) as usize;
        match self.known.get(&address) {
            Some(Some(_)) => return Ok(()),
            Some(None) => return Err("its references go round in circles".to_owned()),
            None => {}
        }
        if depth > DEPTH {
            return Err(format!("it is nested deeper than {DEPTH}"));
        }
        let Value::Object(map) = schema else {
            return Ok(());
        };
        self.known.insert(address, None);
        for (key, inner) in map {
            match inner {
                Value::String(reference) if REFERENCES.contains(&key.as_str()) => {
                    if let Some(target) = self.resolve(reference) {
                        self.in_place(target, depth + 1)?;
                    }
                }
                Value::Array(branches) if IN_PLACE.contains(&key.as_str()) => {
                    branches
                        .iter()
                        .try_for_each(|branch| self.in_place(branch, depth + 1))?;
                }
                Value::Object(named) if key.starts_with("depend") => {
                    named
                        .values()
                        .try_for_each(|branch| self.in_place(branch, depth + 1))?;
                }
                inner if IN_PLACE.contains(&key.as_str()) => self.in_place(inner, depth + 1)?,
                _ => {}
            }
        }
        self.known.insert(address, Some(1));
        Ok(())
    }

    fn resolve(&mut self, reference: &'a str) -> Option<&'a Value> {
        let root = self.root;
        *self
            .resolved
            .entry(reference)
            .or_insert_with(|| pointer::resolve(root, reference))
    }
}
