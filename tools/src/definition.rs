//! One tool as its server describes it.
//!
//! Reading is tolerant: what is malformed is noted in
//! [`ToolDefinition::problems`] and left out, what is sound is kept. Only a tool
//! without a usable name is refused. Start at [`ToolDefinition::from_text`].

mod mend;
mod schema;

use serde_json::{Map, Value, json};

use self::schema::schema;
use crate::raw_object::RawObject;

/// Longest tool name accepted, in bytes.
pub const NAME_BYTES: usize = 256;
/// Longest title kept, in bytes.
pub const TITLE_BYTES: usize = 512;
/// Longest description kept, in bytes.
pub const DESCRIPTION_BYTES: usize = 64 << 10;
/// Largest schema kept, in bytes of JSON (counted roughly).
pub const SCHEMA_BYTES: usize = 1 << 20;
/// Deepest schema kept.
pub const SCHEMA_DEPTH: usize = 128;
/// A part of a definition is not decoded beyond this many bytes.
const PART_BYTES: usize = 4 * SCHEMA_BYTES;
/// The members of a definition that are read, its name apart.
const PARTS: [&str; 5] = [
    "title",
    "description",
    "inputSchema",
    "outputSchema",
    "annotations",
];

/// What is said of a tool without [`ToolDefinition::input_schema`].
const MISSING: &str = "`inputSchema` is missing";

/// A tool's definition, reduced to what is sound.
#[derive(Debug, Clone, PartialEq)]
pub struct ToolDefinition {
    /// The name the server knows.
    pub name: String,
    /// A name for people.
    pub title: Option<String>,
    /// What the tool does, in the server's words.
    pub description: Option<String>,
    /// JSON Schema of the arguments; always an object, `{}` where none was sound.
    pub input_schema: Value,
    /// JSON Schema of `structuredContent`, where the tool promises one.
    pub output_schema: Option<Value>,
    /// The server's hints about effects.
    pub annotations: Annotations,
    /// What was malformed and left out, one sentence each.
    pub problems: Vec<String>,
}

/// A server's own claims about what a tool does; hints, never guarantees.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Annotations {
    /// It changes nothing.
    pub read_only: Option<bool>,
    /// It may destroy something.
    pub destructive: Option<bool>,
    /// Calling it twice has the effect of once.
    pub idempotent: Option<bool>,
    /// It reaches beyond the server's own data.
    pub open_world: Option<bool>,
}

/// Why a definition is no tool at all.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DefinitionError {
    /// Something else than an object.
    #[error("a tool definition is an object, this one is {kind}")]
    NotAnObject {
        /// What it is instead.
        kind: &'static str,
    },
    /// No `name`, or one that is no text.
    #[error("a tool definition has no `name`")]
    NoName,
    /// A `name` beyond [`NAME_BYTES`].
    #[error("a tool's name has {bytes} bytes, at most {NAME_BYTES} are accepted")]
    NameTooLong {
        /// Its length.
        bytes: usize,
    },
}

impl ToolDefinition {
    /// Reads the text of one element of `tools/list`: parts that no decoder takes, or
    /// that are too large, cost neither the others nor the tool.
    ///
    /// # Errors
    /// [`DefinitionError`] when there is no usable name to call it by.
    pub fn from_text(text: &str) -> Result<Self, DefinitionError> {
        let Some(members) = RawObject::read(text) else {
            let value = serde_json::from_str(text).unwrap_or(Value::Null);
            return Self::from_json(&value);
        };
        let mut object = Map::new();
        let mut problems = Vec::new();
        // A name that had to be mended would not be the name.
        object.insert(
            "name".to_owned(),
            members.decode("name").unwrap_or_default(),
        );
        for key in PARTS {
            let Some(raw) = members.get(key) else {
                continue;
            };
            let bytes = raw.get().len();
            if bytes > PART_BYTES {
                problems.push(format!(
                    "`{key}` has {bytes} bytes, at most {PART_BYTES} are read"
                ));
            } else if let Some(decoded) = mend::decode(raw.get()) {
                problems.extend(decoded.mended.map(|what| format!("in `{key}` {what}")));
                object.insert(key.to_owned(), decoded.value);
            } else {
                problems.push(format!("`{key}` cannot be decoded"));
            }
        }
        let mut definition = Self::from_json(&Value::Object(object))?;
        // What was left out above is not missing.
        let was_there =
            |problem: &String| problem != MISSING || members.get("inputSchema").is_none();
        problems.extend(definition.problems.into_iter().filter(was_there));
        definition.problems = problems;
        Ok(definition)
    }

    /// Reads one element of `tools/list`, keeping what is sound.
    ///
    /// # Errors
    /// [`DefinitionError`] when there is no usable name to call it by.
    pub fn from_json(raw: &Value) -> Result<Self, DefinitionError> {
        let object = raw
            .as_object()
            .ok_or(DefinitionError::NotAnObject { kind: kind(raw) })?;
        let name = match object.get("name") {
            Some(Value::String(name)) if !name.is_empty() => name.clone(),
            _ => return Err(DefinitionError::NoName),
        };
        if name.len() > NAME_BYTES {
            return Err(DefinitionError::NameTooLong { bytes: name.len() });
        }
        let mut problems = Vec::new();
        let title = text(object, "title", TITLE_BYTES, &mut problems);
        let description = text(object, "description", DESCRIPTION_BYTES, &mut problems);
        let input_schema = schema(object, "inputSchema", &mut problems).unwrap_or_else(|| {
            if !object.contains_key("inputSchema") {
                problems.push(MISSING.to_owned());
            }
            json!({})
        });
        let output_schema = schema(object, "outputSchema", &mut problems);
        let annotations = annotations(object.get("annotations"), &mut problems);
        let title = title.or_else(|| {
            let hints = object.get("annotations")?.as_object()?;
            text(hints, "title", TITLE_BYTES, &mut problems)
        });
        Ok(Self {
            name,
            title,
            description,
            input_schema,
            output_schema,
            annotations,
            problems,
        })
    }
}

impl ToolDefinition {
    /// About how many bytes of memory it takes.
    pub(crate) fn memory(&self) -> usize {
        let texts = [&self.title, &self.description].into_iter().flatten();
        let schemas = [Some(&self.input_schema), self.output_schema.as_ref()];
        size_of::<Self>()
            + self.name.len()
            + texts.chain(&self.problems).map(String::len).sum::<usize>()
            + schemas.into_iter().flatten().map(memory).sum::<usize>()
    }
}

fn memory(value: &Value) -> usize {
    size_of::<Value>()
        + match value {
            Value::Null | Value::Bool(_) | Value::Number(_) => 0,
            Value::String(text) => text.len(),
            Value::Array(items) => items.iter().map(memory).sum(),
            Value::Object(map) => map
                .iter()
                .map(|(key, item)| size_of::<(String, usize)>() + key.len() + memory(item))
                .sum(),
        }
}

fn text(
    object: &Map<String, Value>,
    key: &str,
    max_bytes: usize,
    problems: &mut Vec<String>,
) -> Option<String> {
    match object.get(key)? {
        Value::Null => None,
        Value::String(text) if text.trim().is_empty() => None,
        Value::String(text) if text.len() > max_bytes => {
            problems.push(format!(
                "`{key}` has {} bytes, the first {max_bytes} are kept",
                text.len()
            ));
            Some(text[..text.floor_char_boundary(max_bytes)].to_owned())
        }
        Value::String(text) => Some(text.clone()),
        other => {
            problems.push(format!("`{key}` is {}, not a string", kind(other)));
            None
        }
    }
}

fn annotations(raw: Option<&Value>, problems: &mut Vec<String>) -> Annotations {
    let object = match raw {
        None | Some(Value::Null) => return Annotations::default(),
        Some(Value::Object(object)) => object,
        Some(other) => {
            problems.push(format!("`annotations` is {}, not an object", kind(other)));
            return Annotations::default();
        }
    };
    let mut hint = |key: &str| match object.get(key)? {
        Value::Bool(hint) => Some(*hint),
        Value::Null => None,
        other => {
            problems.push(format!("`{key}` is {}, not a boolean", kind(other)));
            None
        }
    };
    Annotations {
        read_only: hint("readOnlyHint"),
        destructive: hint("destructiveHint"),
        idempotent: hint("idempotentHint"),
        open_world: hint("openWorldHint"),
    }
}

/// What a JSON value is, with its article.
pub(crate) fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

#[cfg(test)]
mod tests;
