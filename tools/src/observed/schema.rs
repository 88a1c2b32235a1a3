//! A shape as JSON Schema, so that it is printed and checked like a declared one.

use serde_json::{Map, Value, json};

use super::shape::{Kind, Object, Shape};

/// Objects that have to be seen at one place before it is said that there is no other
/// property.
const CLOSED_FROM: u32 = 3;

/// The schema of a whole result. Unwrapping takes a lone `result` off, so it is put
/// around whatever is there.
pub(super) fn of_result(shape: &Shape) -> Value {
    json!({
        "type": "object",
        "properties": {"result": of(shape)},
        "required": ["result"],
        "additionalProperties": false,
    })
}

/// The schema of one place; `{}` where nothing can be said.
fn of(shape: &Shape) -> Value {
    let mut schema = Map::new();
    let mut types: Vec<&str> = shape.kinds.iter().filter_map(word).collect();
    if shape.is_anything() || shape.is_nothing() {
        return Value::Object(schema);
    }
    if types.contains(&"number") {
        types.retain(|word| *word != "integer");
    }
    if let Some(items) = &shape.items {
        types.insert(0, "array");
        schema.insert("items".to_owned(), of(items));
    }
    if let Some(object) = &shape.object {
        types.insert(0, "object");
        add_object(object, &mut schema);
    }
    let types = match types[..] {
        [only] => json!(only),
        _ => json!(types),
    };
    schema.insert("type".to_owned(), types);
    Value::Object(schema)
}

fn add_object(object: &Object, schema: &mut Map<String, Value>) {
    let rest = match &object.rest {
        Some(rest) if object.map => of(rest),
        Some(_) => json!(true),
        None => json!(object.seen < CLOSED_FROM),
    };
    schema.insert("additionalProperties".to_owned(), rest);
    if object.map {
        return;
    }
    let fields = object.fields.iter();
    let properties: Map<String, Value> = fields
        .clone()
        .map(|(name, field)| (name.clone(), of(&field.shape)))
        .collect();
    let required: Vec<&String> = fields
        .filter(|(_, field)| !field.optional && !object.empty)
        .map(|(name, _)| name)
        .collect();
    schema.insert("properties".to_owned(), Value::Object(properties));
    schema.insert("required".to_owned(), json!(required));
}

/// A kind's name in JSON Schema.
fn word(kind: Kind) -> Option<&'static str> {
    Some(match kind {
        Kind::Anything => return None,
        Kind::Null => "null",
        Kind::Boolean => "boolean",
        Kind::Integer => "integer",
        Kind::Number => "number",
        Kind::String => "string",
    })
}
