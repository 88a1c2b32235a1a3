//! A tool's schema, cut to what is read: words go first, then everything but the
//! properties' names and types.

use serde_json::{Map, Value, json};

use super::{SCHEMA_BYTES, SCHEMA_DEPTH, kind};

/// The schema under `key`, as much of it as is sound; what is left out is noted.
pub(super) fn schema(
    object: &Map<String, Value>,
    key: &str,
    problems: &mut Vec<String>,
) -> Option<Value> {
    let schema = match object.get(key)? {
        Value::Null => return None,
        Value::Bool(true) => return Some(json!({})),
        schema @ Value::Object(_) => schema,
        other => {
            problems.push(format!("`{key}` is {}, not an object", kind(other)));
            return None;
        }
    };
    let Some(bytes) = measure(schema, 0) else {
        problems.push(format!("`{key}` is nested deeper than {SCHEMA_DEPTH}"));
        return None;
    };
    if bytes <= SCHEMA_BYTES {
        return Some(schema.clone());
    }
    let too_long = format!("`{key}` has about {bytes} bytes, at most {SCHEMA_BYTES} are read");
    let mut shorter = schema.clone();
    drop_words(&mut shorter);
    if fits(&shorter) {
        problems.push(format!("{too_long}: it is kept without descriptions"));
        return Some(shorter);
    }
    let outline = outline(schema);
    if fits(&outline) {
        let kept = "of it the names and types of properties are kept";
        problems.push(format!("{too_long}: {kept}"));
        return Some(outline);
    }
    problems.push(too_long);
    None
}

fn fits(schema: &Value) -> bool {
    measure(schema, 0).is_some_and(|bytes| bytes <= SCHEMA_BYTES)
}

/// About how many bytes `value` takes as JSON; `None` when it is too deep.
fn measure(value: &Value, depth: usize) -> Option<usize> {
    if depth > SCHEMA_DEPTH {
        return None;
    }
    match value {
        Value::Null | Value::Bool(_) | Value::Number(_) => Some(5),
        Value::String(text) => Some(text.len() + 2),
        Value::Array(items) => items
            .iter()
            .try_fold(2, |sum, item| Some(sum + 1 + measure(item, depth + 1)?)),
        Value::Object(map) => map.iter().try_fold(2, |sum, (key, item)| {
            Some(sum + 4 + key.len() + measure(item, depth + 1)?)
        }),
    }
}

/// Removes what only people read. A property may be called like a keyword, so that
/// only what a keyword can be is removed.
fn drop_words(schema: &mut Value) {
    match schema {
        Value::Object(map) => {
            map.retain(|key, value| match key.as_str() {
                "description" | "title" | "$comment" | "markdownDescription" => !value.is_string(),
                "examples" => !value.is_array(),
                _ => true,
            });
            let data = ["enum", "const", "default"];
            let schemas = map
                .iter_mut()
                .filter(|(key, _)| !data.contains(&key.as_str()));
            schemas.for_each(|(_, inner)| drop_words(inner));
        }
        Value::Array(items) => items.iter_mut().for_each(drop_words),
        _ => {}
    }
}

/// The properties and the types they are said to have, without anything in them.
fn outline(schema: &Value) -> Value {
    let mut outline = Map::new();
    let is_type = |ty: &Value| ty.is_string() || ty.is_array();
    for (key, value) in schema.as_object().into_iter().flatten() {
        match (key.as_str(), value) {
            ("type" | "required" | "$schema", value) => {
                outline.insert(key.clone(), value.clone());
            }
            ("properties", Value::Object(properties)) => {
                let shown = properties.iter().map(|(name, property)| {
                    let ty = property.get("type").filter(|ty| is_type(ty));
                    let property = ty.map_or(json!({}), |ty| json!({"type": ty}));
                    (name.clone(), property)
                });
                outline.insert(key.clone(), Value::Object(shown.collect()));
            }
            _ => {}
        }
    }
    Value::Object(outline)
}
