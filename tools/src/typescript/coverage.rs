//! How much of what schemas state is printed as a type.
//!
//! A schema node counts if it states a `type`, `enum`, `const` or `properties` and
//! can be reached from the root. It is unknown if it came out as `unknown`, if it
//! was cut for length, if it lies inside such a node, or under a keyword that has
//! no counterpart in TypeScript (`not`, `if`, `contains`, …).

use std::collections::HashSet;
use std::ops::AddAssign;

use serde::Serialize;
use serde_json::{Map, Value};

use super::lower::is_property_map;
use super::references::References;
use super::shape::Shape;

/// Nodes of schemas that state something, and those of them that are not printed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Coverage {
    /// Nodes that state a `type`, `enum`, `const` or `properties`.
    pub stated: usize,
    /// Those of them that a reader sees as `unknown`, or not at all.
    pub unknown: usize,
}

impl AddAssign for Coverage {
    fn add_assign(&mut self, other: Self) {
        self.stated += other.stated;
        self.unknown += other.unknown;
    }
}

const STATING: [&str; 4] = ["type", "enum", "const", "properties"];
const ONE: [&str; 5] = [
    "items",
    "additionalItems",
    "additionalProperties",
    "unevaluatedProperties",
    "unevaluatedItems",
];
const MANY: [&str; 6] = ["anyOf", "oneOf", "allOf", "prefixItems", "items", "type"];
const NAMED: [&str; 2] = ["properties", "patternProperties"];
/// Nothing below these is printed.
const UNPRINTED: [&str; 6] = ["not", "if", "then", "else", "contains", "contentSchema"];
const UNPRINTED_NAMED: [&str; 2] = ["dependentSchemas", "dependencies"];

/// What tells a schema from all others of its document.
pub(super) fn place(schema: &Map<String, Value>) -> usize {
    std::ptr::from_ref(schema) as usize
}

/// Counts the nodes of `root`, of which `shape` was made and `cut` was not printed.
pub(super) fn coverage<'a>(root: &'a Value, shape: &Shape<'a>, cut: &[usize]) -> Coverage {
    let mut cut: HashSet<usize> = cut.iter().copied().collect();
    cut.extend(&shape.lost);
    let stated = count(root, &shape.references, None);
    let printed = count(root, &shape.references, Some(&cut));
    Coverage {
        stated,
        unknown: stated - printed,
    }
}

/// The stating nodes that can be reached without entering one that is cut.
fn count<'a>(root: &'a Value, references: &References<'a>, cut: Option<&HashSet<usize>>) -> usize {
    let mut seen = HashSet::new();
    let mut stated = 0;
    let mut pending: Vec<&'a Value> = match root.as_object() {
        Some(map) if is_property_map(map) => map.values().collect(),
        _ => vec![root],
    };
    while let Some(schema) = pending.pop() {
        let Value::Object(map) = schema else { continue };
        let place = place(map);
        if cut.is_some_and(|cut| cut.contains(&place)) || !seen.insert(place) {
            continue;
        }
        stated += usize::from(STATING.iter().any(|key| map.contains_key(*key)));
        pending.extend(ONE.iter().filter_map(|key| map.get(*key)));
        pending.extend(MANY.iter().filter_map(|key| map.get(*key)).flat_map(items));
        pending.extend(
            NAMED
                .iter()
                .filter_map(|key| map.get(*key))
                .flat_map(values),
        );
        for reference in ["$ref", "$dynamicRef", "$recursiveRef"] {
            let reference = map.get(reference).and_then(Value::as_str);
            pending.extend(reference.and_then(|reference| references.followed(reference)));
        }
        if cut.is_none() {
            pending.extend(UNPRINTED.iter().filter_map(|key| map.get(*key)));
            let named = UNPRINTED_NAMED.iter().filter_map(|key| map.get(*key));
            pending.extend(named.flat_map(values));
        }
    }
    stated
}

fn items(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn values(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_object().into_iter().flat_map(Map::values)
}
