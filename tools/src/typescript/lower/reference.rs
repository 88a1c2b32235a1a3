//! Following `$ref`: each schema referred to is read once and named.

use serde_json::{Map, Value};

use super::super::shape::Type;
use super::{Lowering, OpenDefinition, SCHEMAS};
use crate::names;

impl<'a> Lowering<'a, '_> {
    /// Collects what references point to, so that a schema that is both in place
    /// and referred to is one definition.
    pub(super) fn find_targets(&mut self) {
        let mut pending = vec![(self.root, None)];
        for _ in 0..SCHEMAS {
            let Some((value, mut inside)) = pending.pop() else {
                return;
            };
            match value {
                Value::Array(items) => pending.extend(items.iter().map(|item| (item, inside))),
                Value::Object(map) => {
                    if has_address(map) && !std::ptr::eq(value, self.root) {
                        inside = Some(value);
                    }
                    pending.extend(map.values().map(|inner| (inner, inside)));
                    let Some(Value::String(reference)) = map.get("$ref") else {
                        continue;
                    };
                    let target = match inside {
                        Some(schema) => self.references.resolve_inside(schema, reference),
                        None => self.references.resolve(reference),
                    };
                    if let Some(target) = target {
                        self.targets.entry(address(target)).or_insert(reference);
                    }
                }
                _ => {}
            }
        }
    }

    pub(super) fn reference(&mut self, reference: &'a str, depth: usize) -> Type<'a> {
        match self.references.resolve(reference) {
            Some(target) => self.target(target, reference, depth),
            None => Type::Unknown,
        }
    }

    /// The type of a schema that is referred to, read at the first time.
    pub(super) fn target(&mut self, target: &'a Value, reference: &str, depth: usize) -> Type<'a> {
        let address = address(target);
        if let Some(&i) = self.by_target.get(&address) {
            let definition = &mut self.definitions[i];
            if definition.ty.is_none() {
                // `A = A | …` says nothing more than the rest does.
                if definition.guards == self.guards {
                    return Type::Unknown;
                }
                definition.recursive = true;
            }
            definition.uses += 1;
            return Type::Named(i);
        }
        let i = self.definitions.len();
        let name = self.name(reference);
        self.by_target.insert(address, i);
        self.definitions.push(OpenDefinition {
            name,
            ty: None,
            schema: target,
            uses: 1,
            recursive: false,
            guards: self.guards,
            description: target.get("description").and_then(Value::as_str),
        });
        let ty = self.read(target, None, depth + 1);
        self.definitions[i].ty = Some(ty);
        self.read_in.push(i);
        Type::Named(i)
    }

    fn name(&mut self, reference: &str) -> String {
        let mut said = Vec::new();
        let mut item = false;
        for segment in reference.rsplit(['/', '#']) {
            match segment {
                "" | "properties" | "anyOf" | "oneOf" | "allOf" | "$defs" | "definitions" => {}
                "items" | "additionalProperties" | "prefixItems" => item = said.is_empty(),
                _ if segment.bytes().all(|b| b.is_ascii_digit()) => {}
                _ => {
                    said.push(segment);
                    break;
                }
            }
        }
        let mut name = match said.first() {
            Some(word) => pascal_case(word),
            None => self.root_name.to_owned(),
        };
        if item && !said.is_empty() {
            name.push_str("Item");
        }
        let name = names::identifier(&name);
        let mut unique = match name.as_str() {
            "Record" | "Partial" | "Array_" => format!("{name}_"),
            _ => name.clone(),
        };
        let mut count = 2;
        while !self.taken.insert(unique.clone()) {
            unique = format!("{name}{count}");
            count += 1;
        }
        unique
    }
}

/// Whether a schema is a document of its own within the one around it.
fn has_address(map: &Map<String, Value>) -> bool {
    let id = map.get("$id").and_then(Value::as_str);
    id.is_some_and(|id| !id.starts_with('#'))
}

/// Tells schemas apart that are equal.
pub(super) fn address(schema: &Value) -> usize {
    std::ptr::from_ref(schema) as usize
}

fn pascal_case(text: &str) -> String {
    let mut name = String::new();
    for word in text
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
    {
        let (first, rest) = word.split_at(1);
        name.push_str(&first.to_ascii_uppercase());
        name.push_str(rest);
        if name.len() > 40 {
            name.truncate(40);
            break;
        }
    }
    if name.is_empty() {
        "Type".to_owned()
    } else {
        name
    }
}
