//! Values written into a schema (`const`, `enum`) as types.

use serde_json::{Map, Value};

use super::super::shape::{self, Note, Object, Property, Tuple, Type};
use super::DEPTH;

/// Most members of an `enum` read.
const MEMBERS: usize = 10_000;
/// Longest string printed as a literal, in bytes.
const STRING_BYTES: usize = 300;
/// Most items and keys of a value that is spelt out.
const PARTS: usize = 16;

/// The values that `const` or `enum` allow; `None` where neither is said.
pub(super) fn of(map: &Map<String, Value>, depth: usize) -> Option<Type<'_>> {
    if let Some(value) = map.get("const") {
        return Some(literal(value, depth));
    }
    let Some(Value::Array(members)) = map.get("enum") else {
        return None;
    };
    let members = members.iter().take(MEMBERS);
    Some(Type::union(members.map(|m| literal(m, depth)).collect()))
}

fn literal(value: &Value, depth: usize) -> Type<'_> {
    match value {
        Value::Null => Type::Word("null"),
        Value::Array(items) if depth < DEPTH && items.len() <= PARTS => Type::Tuple(Tuple {
            items: items.iter().map(|item| literal(item, depth + 1)).collect(),
            required: items.len(),
            rest: None,
        }),
        Value::Object(map) if depth < DEPTH && map.len() <= PARTS => Type::Object(Object {
            properties: map
                .iter()
                .map(|(key, value)| Property {
                    key,
                    ty: literal(value, depth + 1),
                    note: Note::default(),
                })
                .collect(),
            required: map.keys().map(String::as_str).collect(),
            closed: true,
            ..Object::default()
        }),
        Value::Array(_) => Type::Array(Box::new(Type::Unknown)),
        Value::Object(_) => Type::record(),
        Value::String(text) if text.len() > STRING_BYTES => Type::string(),
        scalar => Type::Literal(shape::literal(scalar)),
    }
}
