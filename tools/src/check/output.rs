//! What a tool's declared `outputSchema` says of the value a script gets, read
//! one step at a time.
//!
//! It is asked only for what a value surely lacks: whatever is open, conditional,
//! or too large to be followed is [`Step::Open`]. Start at [`Output::of`].

use retort_guest::contract::Key;
use serde_json::{Map, Value};

use super::members::Kind;
use crate::typescript::lower::is_property_map;
use crate::typescript::pointer;

/// Most alternatives followed at once.
const ALTERNATIVES: usize = 32;
/// Most schemas read for one step.
const SCHEMAS: usize = 200;
/// Deepest nesting of combinations and references.
const DEPTH: usize = 24;
/// Most names kept for a message.
const NAMES: usize = 200;
/// Keywords that let properties depend on what is not known here.
const CONDITIONAL: [&str; 7] = [
    "if",
    "then",
    "else",
    "dependentSchemas",
    "dependencies",
    "$dynamicRef",
    "$recursiveRef",
];

/// A value's possible schemas: alternatives, in each of which all hold.
#[derive(Debug, Clone)]
pub(super) struct Output<'a> {
    root: &'a Value,
    alternatives: Vec<Vec<&'a Map<String, Value>>>,
}

/// Where a step leads.
#[derive(Debug)]
pub(super) enum Step<'a> {
    /// To a value of which something is known.
    To(Output<'a>),
    /// To anything.
    Open,
    /// Nowhere: no alternative has it.
    Lacking(Lacking<'a>),
}

/// What a value is that lacks a property.
#[derive(Debug)]
pub(super) struct Lacking<'a> {
    /// `None` where it may be of several kinds.
    pub(super) kind: Option<Kind>,
    /// The properties it is declared to have.
    pub(super) properties: Vec<&'a str>,
    /// Those of them that are lists.
    pub(super) lists: Vec<&'a str>,
}

impl<'a> Output<'a> {
    /// The value of a call, unwrapped as results are; `None` where nothing is known.
    pub(super) fn of(root: &'a Value) -> Option<Self> {
        if root.as_object().is_some_and(is_property_map) {
            return None;
        }
        let whole = Self {
            root,
            alternatives: Vec::new(),
        };
        let mut unwrapped = Vec::new();
        for alternative in whole.expanded(&[root])? {
            match lone_result(&alternative) {
                // Whether it is alone cannot be told.
                Some(_) if is_open(&alternative) => return None,
                Some(inner) => unwrapped.extend(whole.expanded(&inner)?),
                None => unwrapped.push(alternative),
            }
        }
        Some(whole.with(unwrapped))
    }

    /// Whether that is what the schema has under `result` alone.
    pub(super) fn is_unwrapped(root: &'a Value) -> bool {
        let whole = Self {
            root,
            alternatives: Vec::new(),
        };
        let mut alternatives = whole.expanded(&[root]).into_iter().flatten().peekable();
        alternatives.peek().is_some()
            && alternatives.all(|alternative| lone_result(&alternative).is_some())
    }

    /// Where a key leads.
    pub(super) fn step(&self, key: &Key) -> Step<'a> {
        let mut found = Vec::new();
        let mut kinds: Vec<Kind> = Vec::new();
        for alternative in &self.alternatives {
            let Some(possible) = possible_kinds(alternative) else {
                return Step::Open;
            };
            for kind in possible {
                let schemas = match (kind, key) {
                    (Kind::Array, Key::Element | Key::Value) => items(alternative),
                    (Kind::Array, Key::Name(index)) if index.parse::<u32>().is_ok() => {
                        items(alternative)
                    }
                    (Kind::String, Key::Element | Key::Value) => return Step::Open,
                    (Kind::Object, Key::Name(name)) if !kind.has(name) => {
                        property(alternative, name)
                    }
                    (_, Key::Name(name)) if kind.has(name) => return Step::Open,
                    (Kind::Object, Key::Value) => values(alternative),
                    (Kind::Object, Key::Element) if is_open(alternative) => return Step::Open,
                    _ => Some(Vec::new()),
                };
                let Some(schemas) = schemas else {
                    return Step::Open;
                };
                if schemas.is_empty() {
                    kinds.push(kind);
                    continue;
                }
                match self.expanded(&schemas) {
                    Some(alternatives) => found.extend(alternatives),
                    None => return Step::Open,
                }
            }
        }
        if !found.is_empty() && found.len() <= ALTERNATIVES {
            Step::To(self.with(found))
        } else if found.is_empty() && !kinds.is_empty() {
            Step::Lacking(self.lacking(&kinds))
        } else {
            Step::Open
        }
    }

    fn with(&self, alternatives: Vec<Vec<&'a Map<String, Value>>>) -> Self {
        Self {
            root: self.root,
            alternatives,
        }
    }

    /// The alternatives in which all of `schemas` hold; `None` where they are
    /// open or too many.
    fn expanded(&self, schemas: &[&'a Value]) -> Option<Vec<Vec<&'a Map<String, Value>>>> {
        let mut budget = SCHEMAS;
        self.all(schemas.iter().copied(), 0, &mut budget)
    }

    fn all(
        &self,
        schemas: impl Iterator<Item = &'a Value>,
        depth: usize,
        budget: &mut usize,
    ) -> Option<Vec<Vec<&'a Map<String, Value>>>> {
        let mut all = vec![Vec::new()];
        for schema in schemas {
            // What says nothing leaves the others as they are.
            if schema == &Value::Bool(true) {
                continue;
            }
            let one = self.one(schema, depth + 1, budget)?;
            all = product(&all, &one)?;
        }
        Some(all)
    }

    fn one(
        &self,
        schema: &'a Value,
        depth: usize,
        budget: &mut usize,
    ) -> Option<Vec<Vec<&'a Map<String, Value>>>> {
        *budget = budget.checked_sub(1)?;
        let map = match schema {
            Value::Object(map) if depth < DEPTH => map,
            Value::Bool(false) => return Some(Vec::new()),
            _ => return None,
        };
        if CONDITIONAL.iter().any(|keyword| map.contains_key(*keyword)) {
            return None;
        }
        let mut all = vec![vec![map]];
        if let Some(reference) = map.get("$ref") {
            let reference = reference
                .as_str()
                .filter(|reference| *reference == "#" || reference.starts_with("#/"))?;
            let target = pointer::resolve(self.root, reference)?;
            all = product(&all, &self.one(target, depth + 1, budget)?)?;
        }
        if let Some(parts) = map.get("allOf") {
            let parts = self.all(parts.as_array()?.iter(), depth, budget)?;
            all = product(&all, &parts)?;
        }
        for keyword in ["anyOf", "oneOf"] {
            let Some(branches) = map.get(keyword) else {
                continue;
            };
            let mut either = Vec::new();
            for branch in branches.as_array()? {
                either.extend(self.one(branch, depth + 1, budget)?);
            }
            all = product(&all, &either)?;
        }
        Some(all)
    }

    fn lacking(&self, kinds: &[Kind]) -> Lacking<'a> {
        let declared = self.alternatives.iter().flatten().filter_map(|schema| {
            let properties = schema.get("properties")?.as_object()?;
            Some(properties.iter())
        });
        let mut properties: Vec<&str> = Vec::new();
        let mut lists = Vec::new();
        for (name, schema) in declared.flatten().take(NAMES) {
            if properties.contains(&&**name) {
                continue;
            }
            properties.push(name);
            let is_list = self.expanded(&[schema]).is_some_and(|alternatives| {
                let mut known = alternatives.iter().filter_map(|one| possible_kinds(one));
                known.any(|kinds| kinds == [Kind::Array])
            });
            if is_list {
                lists.push(name.as_str());
            }
        }
        let first = kinds[0];
        Lacking {
            kind: kinds.iter().all(|kind| *kind == first).then_some(first),
            properties,
            lists,
        }
    }
}

/// Every alternative of one with every one of the other.
fn product<'a>(
    one: &[Vec<&'a Map<String, Value>>],
    other: &[Vec<&'a Map<String, Value>>],
) -> Option<Vec<Vec<&'a Map<String, Value>>>> {
    if one.len() * other.len() > ALTERNATIVES {
        return None;
    }
    let joined = one
        .iter()
        .flat_map(|a| other.iter().map(move |b| [a.as_slice(), b].concat()));
    Some(joined.collect())
}

/// What one schema says of a value's kind.
enum Said {
    Nothing,
    /// Something that is not understood.
    Unclear,
    Kinds(Vec<Kind>),
}

/// The kinds a value may have that has properties at all; `None` where nothing
/// tells.
fn possible_kinds(alternative: &[&Map<String, Value>]) -> Option<Vec<Kind>> {
    let mut possible: Option<Vec<Kind>> = None;
    for schema in alternative {
        let said = match said_kinds(schema) {
            Said::Nothing => continue,
            Said::Unclear => return None,
            Said::Kinds(said) => said,
        };
        possible = Some(match possible {
            None => said,
            Some(known) => known
                .into_iter()
                .filter(|kind| said.contains(kind))
                .collect(),
        });
    }
    possible
}

fn said_kinds(schema: &Map<String, Value>) -> Said {
    let mut said = Vec::new();
    let understood = if let Some(value) = schema.get("const") {
        add_kind_of(value, &mut said)
    } else if let Some(Value::Array(values)) = schema.get("enum") {
        values
            .iter()
            .take(NAMES)
            .all(|value| add_kind_of(value, &mut said))
    } else {
        match schema.get("type") {
            Some(Value::Array(names)) => {
                let mut names = names.iter().take(NAMES);
                names.all(|name| add_kind_named(name, &mut said))
            }
            Some(name) => add_kind_named(name, &mut said),
            None if schema.get("properties").is_some_and(Value::is_object) => {
                said.push(Kind::Object);
                true
            }
            None => return Said::Nothing,
        }
    };
    said.dedup();
    if understood {
        Said::Kinds(said)
    } else {
        Said::Unclear
    }
}

/// Adds the kind of that name, none for `null`; whether there is such a name.
fn add_kind_named(name: &Value, said: &mut Vec<Kind>) -> bool {
    said.push(match name.as_str() {
        Some("object") => Kind::Object,
        Some("array") => Kind::Array,
        Some("string") => Kind::String,
        Some("number" | "integer") => Kind::Number,
        Some("boolean") => Kind::Boolean,
        other => return other == Some("null"),
    });
    true
}

/// Adds the kind of a scalar, none for `null`; whether it is one.
fn add_kind_of(value: &Value, said: &mut Vec<Kind>) -> bool {
    said.push(match value {
        Value::String(_) => Kind::String,
        Value::Number(_) => Kind::Number,
        Value::Bool(_) => Kind::Boolean,
        other => return other.is_null(),
    });
    true
}

/// What is said of a list's items; `None` where nothing is.
fn items<'a>(alternative: &[&'a Map<String, Value>]) -> Option<Vec<&'a Value>> {
    let mut schemas = Vec::new();
    for schema in alternative {
        if schema.contains_key("prefixItems") {
            return None;
        }
        match schema.get("items") {
            Some(items @ Value::Object(_)) => schemas.push(items),
            Some(_) => return None,
            None => {}
        }
    }
    (!schemas.is_empty()).then_some(schemas)
}

/// What is said of an object's property, nothing where it surely has none such;
/// `None` where it may have it.
fn property<'a>(alternative: &[&'a Map<String, Value>], name: &str) -> Option<Vec<&'a Value>> {
    let declared: Vec<&Value> = alternative
        .iter()
        .filter_map(|schema| schema.get("properties")?.get(name))
        .collect();
    if declared.is_empty() && is_open(alternative) {
        return None;
    }
    // Declared, with nothing said about it.
    let is_silent = |schema: &&Value| schema.as_object().is_none_or(Map::is_empty);
    if !declared.is_empty() && declared.iter().all(is_silent) {
        return None;
    }
    Some(declared)
}

/// What is said of the values of a record, which are all alike; `None` where
/// there may be others.
fn values<'a>(alternative: &[&'a Map<String, Value>]) -> Option<Vec<&'a Value>> {
    let mut schemas = Vec::new();
    for schema in alternative {
        let declares = schema.get("properties").and_then(Value::as_object);
        let is_mixed = declares.is_some_and(|properties| !properties.is_empty());
        if is_mixed || schema.contains_key("patternProperties") {
            return None;
        }
        match schema.get("additionalProperties") {
            Some(values @ Value::Object(_)) => schemas.push(values),
            Some(_) => return None,
            None => {}
        }
    }
    (!schemas.is_empty()).then_some(schemas)
}

/// Whether an object may have properties that are not declared.
fn is_open(alternative: &[&Map<String, Value>]) -> bool {
    let declares = alternative.iter().any(|schema| {
        let properties = schema.get("properties").and_then(Value::as_object);
        properties.is_some_and(|properties| !properties.is_empty())
    });
    let opens = |schema: &&Map<String, Value>| {
        schema.contains_key("patternProperties")
            || ["additionalProperties", "unevaluatedProperties"]
                .iter()
                .any(|keyword| {
                    schema
                        .get(*keyword)
                        .is_some_and(|v| *v != Value::Bool(false))
                })
    };
    !declares || alternative.iter().any(opens)
}

/// Whether an object is a lone `result`, which unwrapping takes off, and what is
/// said of it.
fn lone_result<'a>(alternative: &[&'a Map<String, Value>]) -> Option<Vec<&'a Value>> {
    let declared = || {
        let properties = alternative
            .iter()
            .filter_map(|schema| schema.get("properties")?.as_object());
        properties.flatten()
    };
    let is_lone = declared().next().is_some() && declared().all(|(name, _)| name == "result");
    is_lone.then(|| declared().map(|(_, schema)| schema).collect())
}
