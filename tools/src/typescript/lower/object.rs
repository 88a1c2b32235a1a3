//! Objects, their properties, and maps of properties.

use serde_json::{Map, Value};

use super::super::shape::{Note, Object, Property, Sources, Type};
use super::{Lowering, SCHEMAS};

/// Most keys that `propertyNames` may list to be told apart.
const NAMES: usize = 60;

impl<'a> Lowering<'a, '_> {
    pub(super) fn object(&mut self, map: &'a Map<String, Value>, depth: usize) -> Type<'a> {
        let mut object = Object {
            sources: Sources(vec![map]),
            ..Object::default()
        };
        if let Some(Value::Array(required)) = map.get("required") {
            object
                .required
                .extend(required.iter().take(SCHEMAS).filter_map(Value::as_str));
        }
        if let Some(Value::Object(properties)) = map.get("properties") {
            self.properties(properties, &mut object, depth);
        }
        self.guards += 1;
        let further = map
            .get("additionalProperties")
            .or(map.get("unevaluatedProperties"));
        match further {
            Some(Value::Bool(false)) => object.closed = true,
            Some(Value::Bool(true)) => object.rest = Some(Box::new(Type::Unknown)),
            Some(rest @ Value::Object(_)) => {
                object.rest = Some(Box::new(self.schema(rest, None, depth + 1)));
            }
            _ => {}
        }
        if let Some(Value::Object(patterns)) = map.get("patternProperties") {
            let types = patterns
                .values()
                .map(|schema| self.schema(schema, None, depth + 1))
                .collect();
            let rest = match object.rest.take() {
                None => Type::union(types),
                Some(rest) => Type::union(vec![*rest, Type::union(types)]),
            };
            object.rest = Some(Box::new(rest));
        }
        self.guards -= 1;
        if let Some(names) = map.get("propertyNames").and_then(listed) {
            only_named(&mut object, names);
        }
        Type::Object(object)
    }

    fn properties(
        &mut self,
        properties: &'a Map<String, Value>,
        object: &mut Object<'a>,
        depth: usize,
    ) {
        self.guards += 1;
        for (key, schema) in properties.iter().take(SCHEMAS) {
            let map = schema.as_object();
            // Draft 3, and what people remember of it.
            if map.is_some_and(|map| map.get("required") == Some(&Value::Bool(true))) {
                object.required.insert(key);
            }
            let described = map.and_then(|map| map.get("description")?.as_str());
            object.properties.push(Property {
                key,
                ty: self.schema(schema, None, depth + 1),
                note: Note {
                    description: described.or_else(|| self.described_elsewhere(map?)),
                    schema: map,
                },
            });
        }
        self.guards -= 1;
    }

    /// The description of what a property refers to, or of its one real branch.
    fn described_elsewhere(&mut self, map: &'a Map<String, Value>) -> Option<&'a str> {
        let mut next = map;
        for _ in 0..4 {
            next = match (next.get("$ref"), next.get("allOf").or(next.get("anyOf"))) {
                (Some(Value::String(reference)), _) => {
                    self.references.resolve(reference)?.as_object()?
                }
                (_, Some(Value::Array(branches))) => {
                    let mut real = branches
                        .iter()
                        .filter_map(Value::as_object)
                        .filter(|branch| branch.get("type").is_none_or(|ty| ty != "null"));
                    match (real.next(), real.next()) {
                        (Some(only), None) => only,
                        _ => return None,
                    }
                }
                _ => return None,
            };
            if let Some(description) = next.get("description").and_then(Value::as_str) {
                return Some(description);
            }
        }
        None
    }

    pub(super) fn property_map(&mut self, map: &'a Map<String, Value>) -> Type<'a> {
        let mut object = Object::default();
        self.properties(map, &mut object, 0);
        // Nothing says what may be left out, except a default or an explicit word.
        let says = map
            .values()
            .any(|schema| schema.get("required").is_some_and(Value::is_boolean));
        if !says {
            let needed = map.iter().filter(|(_, schema)| {
                schema.get("default").is_none()
                    && schema.get("optional") != Some(&Value::Bool(true))
            });
            object.required.extend(needed.map(|(key, _)| key.as_str()));
        }
        Type::Object(object)
    }
}

/// The names that `propertyNames` lists, if it does.
fn listed(names: &Value) -> Option<Vec<&str>> {
    let members = names.get("enum")?.as_array()?;
    let names: Vec<&str> = members.iter().filter_map(Value::as_str).collect();
    (!names.is_empty() && names.len() <= NAMES).then_some(names)
}

/// Spells a record with listed keys out. Types with parts would be repeated, and
/// what they hold with them.
fn only_named<'a>(object: &mut Object<'a>, names: Vec<&'a str>) {
    let rest = match object.rest.as_deref() {
        None => Type::Unknown,
        Some(rest @ (Type::Word(_) | Type::Literal(_) | Type::Named(_))) => rest.clone(),
        Some(_) => return,
    };
    object.rest = None;
    for key in names {
        if object.closed || object.properties.iter().any(|known| known.key == key) {
            continue;
        }
        object.properties.push(Property {
            key,
            ty: rest.clone(),
            note: Note::default(),
        });
    }
    object.closed = true;
}
