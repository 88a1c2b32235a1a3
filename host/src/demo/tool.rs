//! One tool of a demonstration server: its definition and what it does.

use serde_json::{Map, Value, json};

use super::data::Data;

/// A tool over [`Data`].
pub(super) struct DemoTool {
    pub(super) name: &'static str,
    pub(super) description: &'static str,
    pub(super) effect: Effect,
    /// JSON Schema of each argument; those in `required` must be given.
    pub(super) input: Value,
    pub(super) required: &'static [&'static str],
    /// JSON Schema of the result.
    pub(super) output: Value,
    pub(super) call: fn(&mut Data, &Arguments) -> Result<Value, String>,
}

/// What a tool does to the data.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Effect {
    Reads,
    Adds,
    Changes,
}

impl DemoTool {
    /// The definition as an element of `tools/list`.
    pub(super) fn definition(&self) -> Value {
        json!({
            "name": self.name,
            "description": self.description,
            "inputSchema": {
                "type": "object",
                "properties": self.input,
                "required": self.required,
                "additionalProperties": false,
            },
            "outputSchema": self.output,
            "annotations": {
                "readOnlyHint": self.effect == Effect::Reads,
                "destructiveHint": self.effect == Effect::Changes,
                "openWorldHint": false,
            },
        })
    }
}

/// The arguments of a call.
pub(super) struct Arguments(pub(super) Map<String, Value>);

impl Arguments {
    /// A text argument, if given.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name).and_then(Value::as_str)
    }

    /// A text argument that must be given.
    pub(super) fn need(&self, name: &str) -> Result<&str, String> {
        self.text(name)
            .ok_or_else(|| format!("`{name}` is required"))
    }

    /// A whole number, if given.
    pub(super) fn number(&self, name: &str) -> Option<u64> {
        self.0.get(name).and_then(Value::as_u64)
    }

    /// The value as it came, `null` if it did not.
    pub(super) fn value(&self, name: &str) -> Value {
        self.0.get(name).cloned().unwrap_or(Value::Null)
    }

    /// The part of `rows` that `page` and `per_page` ask for, under `key`.
    pub(super) fn page(&self, key: &str, rows: Vec<Value>) -> Value {
        let per_page = self.number("per_page").unwrap_or(50).clamp(1, 100) as usize;
        let page = self.number("page").unwrap_or(1).max(1) as usize;
        let total = rows.len();
        let before = (page - 1).saturating_mul(per_page);
        let shown: Vec<_> = rows.into_iter().skip(before).take(per_page).collect();
        let next = (before.saturating_add(per_page) < total).then_some(page + 1);
        json!({key: shown, "total": total, "next_page": next})
    }

    /// `row` with the values of the given arguments among `fields`.
    pub(super) fn applied(&self, row: &mut Value, fields: &[&str]) -> Value {
        for field in fields {
            if let Some(value) = self.0.get(*field) {
                row[*field] = value.clone();
            }
        }
        row.clone()
    }
}

/// Rows in which each given argument equals the field of that name.
pub(super) fn matching(rows: &[Value], arguments: &Arguments, fields: &[&str]) -> Vec<Value> {
    let fits = |row: &&Value| {
        fields.iter().all(|field| match arguments.0.get(*field) {
            None | Some(Value::Null) => true,
            Some(wanted) => row[*field] == *wanted,
        })
    };
    rows.iter().filter(fits).cloned().collect()
}

/// Rows in which one of `fields` contains the argument `query`.
pub(super) fn containing(
    rows: &[Value],
    arguments: &Arguments,
    fields: &[&str],
) -> Result<Vec<Value>, String> {
    let query = arguments.need("query")?.to_lowercase();
    let has = |row: &&Value| {
        fields.iter().any(|field| {
            row[*field]
                .as_str()
                .is_some_and(|text| text.to_lowercase().contains(&query))
        })
    };
    Ok(rows.iter().filter(has).cloned().collect())
}

/// The row whose `field` is `value`.
pub(super) fn find<'a>(
    rows: &'a mut [Value],
    field: &str,
    value: &Value,
) -> Result<&'a mut Value, String> {
    rows.iter_mut()
        .find(|row| row[field] == *value)
        .ok_or_else(|| format!("there is nothing with {field} {value}"))
}

/// Schema of an object with these fields, all there.
pub(super) fn record(fields: &Value) -> Value {
    let required: Vec<_> = fields
        .as_object()
        .map(|fields| fields.keys().collect())
        .unwrap_or_default();
    json!({"type": "object", "properties": fields, "required": required})
}

/// Schema of a page of `row`s under `key`.
pub(super) fn page_of(key: &str, row: Value) -> Value {
    record(&json!({
        key: {"type": "array", "items": row},
        "total": {"type": "integer", "description": "Rows over all pages."},
        "next_page": {"type": ["integer", "null"], "description": "Number of the next page, null on the last."},
    }))
}

/// `fields` and the two arguments that every list takes.
pub(super) fn paged(mut fields: Value) -> Value {
    fields["page"] = json!({"type": "integer", "minimum": 1, "description": "Page to return, from 1. Defaults to 1."});
    fields["per_page"] = json!({"type": "integer", "minimum": 1, "maximum": 100, "description": "Rows per page. Defaults to 50."});
    fields
}

/// Schema of a text argument.
pub(super) fn text(description: &str) -> Value {
    json!({"type": "string", "description": description})
}

/// Schema of a text argument out of a few.
pub(super) fn one_of(values: &[&str], description: &str) -> Value {
    json!({"type": "string", "enum": values, "description": description})
}

/// Schema of a whole number.
pub(super) fn whole(description: &str) -> Value {
    json!({"type": "integer", "description": description})
}
