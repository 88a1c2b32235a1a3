//! `anyOf` and `oneOf`.

use serde_json::{Map, Value};

use super::super::shape::Type;
use super::{Lowering, TYPING, has_names};

impl<'a> Lowering<'a, '_> {
    /// The union of the branches; `None` where one of them adds nothing, so that
    /// all of what is said around it stays possible.
    pub(super) fn alternatives(
        &mut self,
        map: &'a Map<String, Value>,
        own_type: Option<&'a Value>,
        depth: usize,
    ) -> Option<Type<'a>> {
        let mut all = None;
        for keyword in ["anyOf", "oneOf"] {
            let Some(Value::Array(branches)) = map.get(keyword) else {
                continue;
            };
            if branches.is_empty() || branches.iter().any(|branch| adds_nothing(branch, map)) {
                continue;
            }
            let members = branches
                .iter()
                .map(|branch| {
                    let typed = ["type", "$ref", "anyOf", "oneOf", "allOf"]
                        .iter()
                        .any(|key| branch.get(*key).is_some());
                    self.schema(branch, own_type.filter(|_| !typed), depth + 1)
                })
                .collect();
            let union = Type::union(members);
            all = Some(match all {
                None => union,
                Some(all) => Type::intersect(all, union),
            });
        }
        all.filter(|ty| *ty != Type::Unknown)
    }
}

/// Whether a branch says nothing about the type that the schema around it does not
/// say: `{"pattern": "^a"}`, `{"type": "object"}` beside properties.
fn adds_nothing(branch: &Value, around: &Map<String, Value>) -> bool {
    let Some(branch) = branch.as_object() else {
        return branch == &Value::Bool(true);
    };
    let says = |key: &&str| match *key {
        "required" => branch
            .get(*key)
            .is_some_and(|names| has_names(names) && !is_required(names, around)),
        key => branch.contains_key(key),
    };
    let mut said = TYPING.iter().filter(|key| says(key));
    match (said.next(), said.next()) {
        (None, _) => true,
        (Some(&"type"), None) => {
            branch["type"] == "object" && around.get("properties").is_some_and(Value::is_object)
        }
        _ => false,
    }
}

/// Whether the schema around asks for all of these names already.
fn is_required(names: &Value, around: &Map<String, Value>) -> bool {
    let (Value::Array(names), Some(Value::Array(known))) = (names, around.get("required")) else {
        return false;
    };
    names.len() <= known.len() && names.iter().all(|name| known.contains(name))
}
