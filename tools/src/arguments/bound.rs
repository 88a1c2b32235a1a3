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

/// How large and how deep a part of a walk is: known once, it may be met again further down.
#[derive(Debug, Clone, Copy)]
pub(super) struct Extent {
    pub(super) size: u64,
    pub(super) height: usize,
}

impl Extent {
    pub(super) const ONE: Extent = Extent { size: 1, height: 0 };

    /// Puts another part below this one.
    pub(super) fn hold(&mut self, part: Extent) {
        self.size = self.size.saturating_add(part.size);
        self.height = self.height.max(part.height + 1);
    }
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
    let size = walk.extent(schema, false, 0)?.size;
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

fn too_deep() -> String {
    format!("it is nested deeper than {DEPTH}")
}

fn too_many() -> String {
    format!("it has more than {EXPANDED} schemas with its references spelt out")
}

fn patterns(count: usize) -> Extent {
    Extent {
        size: PATTERN.saturating_mul(count as u64),
        height: 0,
    }
}

struct Walk<'a> {
    root: &'a Value,
    /// By the address of a schema referred to; `None` while it is being walked.
    known: HashMap<usize, Option<Extent>>,
    resolved: HashMap<&'a str, Option<&'a Value>>,
    recursive: bool,
    visited: u64,
    /// Whether a schema within has an `$id` of its own.
    inner_document: bool,
}

impl<'a> Walk<'a> {
    /// How many values there are, each reference counting for all it leads to. `named` says that
    /// the keys of `value` are names.
    fn extent(&mut self, value: &'a Value, named: bool, depth: usize) -> Result<Extent, String> {
        if depth > DEPTH {
            return Err(too_deep());
        }
        self.visited += 1;
        if self.visited > EXPANDED {
            return Err(too_many());
        }
        let mut extent = Extent::ONE;
        match value {
            Value::Object(map) if named => {
                for inner in map.values() {
                    extent.hold(self.extent(inner, false, depth + 1)?);
                }
            }
            Value::Object(map) => {
                for (key, inner) in map {
                    let part = match inner {
                        Value::String(_)
                            if matches!(key.as_str(), "$id" | "id")
                                && !std::ptr::eq(value, self.root) =>
                        {
                            self.inner_document = true;
                            Extent::ONE
                        }
                        Value::String(reference) if REFERENCES.contains(&key.as_str()) => {
                            self.target_extent(reference, depth + 1)?
                        }
                        Value::String(_) if key == "pattern" => patterns(1),
                        // Data, however large, is not compiled schema by schema.
                        _ if matches!(key.as_str(), "enum" | "const" | "default" | "examples") => {
                            Extent::ONE
                        }
                        inner => {
                            if let (Value::Object(named), "patternProperties") =
                                (inner, key.as_str())
                            {
                                extent.hold(patterns(named.len()));
                            }
                            self.extent(inner, NAMED.contains(&key.as_str()), depth + 1)?
                        }
                    };
                    extent.hold(part);
                }
            }
            Value::Array(items) => {
                for item in items {
                    extent.hold(self.extent(item, false, depth + 1)?);
                }
            }
            _ => {}
        }
        Ok(extent)
    }

    fn target_extent(&mut self, reference: &'a str, depth: usize) -> Result<Extent, String> {
        // An anchor may stand in data too, and the validator may mean another one than we.
        if !(matches!(reference, "" | "#") || reference.starts_with("#/")) {
            let reference = prose::one_line(reference, 100);
            return Err(format!("its reference `{reference}` is no JSON pointer"));
        }
        let Some(target) = self.resolve(reference) else {
            return Ok(Extent::ONE);
        };
        let address = std::ptr::from_ref(target) as usize;
        match self.known.get(&address) {
            Some(Some(extent)) if depth + extent.height > DEPTH => return Err(too_deep()),
            Some(Some(extent)) => return Ok(*extent),
            Some(None) => {
                self.recursive = true;
                return Ok(Extent::ONE);
            }
            None => {}
        }
        self.known.insert(address, None);
        let extent = self.extent(target, false, depth)?;
        self.known.insert(address, Some(extent));
        Ok(extent)
    }

    /// Refuses references that lead back to a schema for the same value.
    fn circles(&mut self, value: &'a Value, depth: usize) -> Result<(), String> {
        if depth > DEPTH {
            return Err(too_deep());
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
            return Err(too_deep());
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
        self.known.insert(address, Some(Extent::ONE));
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
