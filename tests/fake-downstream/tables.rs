//! Tools that a file defines: over tables of rows, or with answers written out.
//!
//! The file has `tables` (rows by name), `$defs` (for all output schemas) and
//! `tools`. A tool is closed unless it is `open`, and does one of:
//!
//! - `list`: the rows of a table that `equal` the arguments of those names,
//!   have them in a list (`has`) or as part of a text (`contains`), under the
//!   name `as` beside a `total`, or as they are
//! - `get`, `set`, `remove`: the row whose field `by` is the argument of that name
//! - `add`: a new row, with arguments over its fields
//! - `say`: the first answer whose `when` fits the arguments
//!
//! A tool with an `output` answers with structured content, another with text.
//! `reset` puts all rows back and tells how many calls came since the last time.

use std::fs;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use serde_json::{Map, Value, json};

use crate::polite;
use crate::protocol::Answer;

/// What a file defines, and the rows as they are now.
#[derive(Debug)]
pub(crate) struct Tables {
    file: Value,
    now: Mutex<Now>,
}

#[derive(Debug)]
struct Now {
    rows: Value,
    calls: usize,
}

impl Tables {
    /// Reads the file.
    pub(crate) fn read(path: &Path) -> Result<Self, String> {
        let text = fs::read_to_string(path).map_err(|error| error.to_string())?;
        let file: Value = serde_json::from_str(&text).map_err(|error| error.to_string())?;
        let rows = file["tables"].clone();
        Ok(Self {
            file,
            now: Mutex::new(Now { rows, calls: 0 }),
        })
    }

    /// All definitions, as in the file.
    pub(crate) fn definitions(&self) -> Vec<Value> {
        let mut definitions: Vec<Value> = self
            .tools()
            .map(|tool| definition(tool, &self.file))
            .collect();
        let about = "Puts all back as it was, for tests.";
        definitions.push(polite::tool("reset", about, json!({}), &[]));
        definitions
    }

    /// Answers a call, or `None` where there is no such tool.
    pub(crate) fn call(&self, name: &str, arguments: &Value) -> Option<Answer> {
        let mut now = self.now.lock().unwrap_or_else(PoisonError::into_inner);
        if name == "reset" {
            now.rows = self.file["tables"].clone();
            let calls = std::mem::take(&mut now.calls);
            return Some(Answer::Result(polite::text_of(&json!(calls))));
        }
        let tool = self.tools().find(|tool| tool["name"] == name)?;
        now.calls += 1;
        let result = match done(tool, &mut now.rows, arguments) {
            Ok(value) if tool["output"].is_null() => polite::text_of(&value),
            Ok(value) => polite::structured(value),
            Err(message) => {
                let mut failed = polite::text_of(&json!(message));
                failed["isError"] = json!(true);
                failed
            }
        };
        Some(Answer::Result(result))
    }

    fn tools(&self) -> impl Iterator<Item = &Value> {
        self.file["tools"].as_array().into_iter().flatten()
    }
}

fn definition(tool: &Value, file: &Value) -> Value {
    let mut definition = json!({
        "name": tool["name"],
        "description": tool["description"],
        "inputSchema": { "type": "object", "properties": tool["input"] },
        "annotations": {
            "readOnlyHint": tool["reads"] == true,
            "destructiveHint": tool["destroys"] == true,
        },
    });
    if !tool["required"].is_null() {
        definition["inputSchema"]["required"] = tool["required"].clone();
    }
    if tool["open"] != true {
        definition["inputSchema"]["additionalProperties"] = json!(false);
    }
    if !tool["output"].is_null() {
        definition["outputSchema"] = tool["output"].clone();
        definition["outputSchema"]["$defs"] = file["$defs"].clone();
    }
    definition
}

/// What a tool does to the rows, and what comes of it.
fn done(tool: &Value, tables: &mut Value, arguments: &Value) -> Result<Value, String> {
    const ACTS: [&str; 6] = ["list", "get", "set", "remove", "add", "say"];
    let act = ACTS.iter().find(|act| !tool[**act].is_null());
    let act = *act.ok_or("this tool does nothing")?;
    let how = &tool[act];
    if act == "say" {
        return said(how, arguments);
    }
    let table = how["table"].as_str().unwrap_or_default();
    let rows = tables[table]
        .as_array_mut()
        .ok_or_else(|| format!("there is no table {table}"))?;
    let by = how["by"].as_str().unwrap_or_default();
    let found = rows.iter().position(|row| row[by] == arguments[by]);
    let at =
        found.ok_or_else(|| format!("there is nothing in {table} with {by} {}", arguments[by]));
    match act {
        "list" => Ok(listed(how, rows, arguments)),
        "get" => Ok(rows[at?].clone()),
        "remove" => {
            rows.remove(at?);
            Ok(json!({ "deleted": true }))
        }
        "set" => {
            let row = at?;
            for field in names(&how["fields"]) {
                if let Some(value) = arguments.get(field) {
                    rows[row][field] = value.clone();
                }
            }
            Ok(rows[row].clone())
        }
        _ => {
            let row = added(how, rows, arguments);
            rows.push(row.clone());
            Ok(row)
        }
    }
}

fn listed(how: &Value, rows: &[Value], arguments: &Value) -> Value {
    let given = |name: &str| arguments.get(name).filter(|value| !value.is_null());
    let is_equal = |row: &Value| {
        names(&how["equal"]).all(|name| given(name).is_none_or(|wanted| row[name] == *wanted))
    };
    let has = |row: &Value| {
        pairs(&how["has"]).all(|(name, field)| {
            given(name).is_none_or(|wanted| {
                let list = row[field.as_str().unwrap_or_default()].as_array();
                list.is_some_and(|list| list.contains(wanted))
            })
        })
    };
    let contains = |row: &Value| {
        pairs(&how["contains"]).all(|(name, fields)| {
            given(name).is_none_or(|wanted| {
                let wanted = wanted.as_str().unwrap_or_default().to_lowercase();
                names(fields).any(|field| {
                    let text = row[field].as_str().unwrap_or_default();
                    text.to_lowercase().contains(&wanted)
                })
            })
        })
    };
    let found: Vec<&Value> = rows
        .iter()
        .filter(|row| is_equal(row) && has(row) && contains(row))
        .collect();
    let total = found.len();
    let limit = arguments["limit"]
        .as_u64()
        .map_or(total, |limit| limit as usize);
    let shown: Vec<&Value> = found.into_iter().take(limit).collect();
    match how["as"].as_str() {
        None => json!(shown),
        Some(name) if how["without_total"] == true => json!({ name: shown }),
        Some(name) => json!({ name: shown, "total": total }),
    }
}

/// The new row: a number is one more than the last row's, a text ends with one more
/// than there are rows.
fn added(how: &Value, rows: &[Value], arguments: &Value) -> Value {
    let id = how["id"].as_str().unwrap_or_default();
    let last = &rows.last().unwrap_or(&Value::Null)[id];
    let mut row = Map::new();
    let value = match last.as_str() {
        Some(text) => {
            let prefix: String = text.chars().take_while(char::is_ascii_alphabetic).collect();
            json!(format!("{prefix}{}", rows.len() + 1))
        }
        None => json!(last.as_u64().unwrap_or(0) + 1),
    };
    row.insert(id.to_owned(), value);
    for (name, default) in pairs(&how["row"]) {
        let value = arguments.get(name).unwrap_or(default);
        row.insert(name.clone(), value.clone());
    }
    Value::Object(row)
}

fn said(answers: &Value, arguments: &Value) -> Result<Value, String> {
    let fits = |answer: &&Value| {
        pairs(&answer["when"]).all(|(name, wanted)| arguments.get(name) == Some(wanted))
    };
    let answer = answers.as_array().into_iter().flatten().find(fits);
    let answer = answer.ok_or("nothing to say")?;
    match answer["fails"].as_str() {
        Some(message) => Err(message.to_owned()),
        None => Ok(answer["value"].clone()),
    }
}

fn names(list: &Value) -> impl Iterator<Item = &str> {
    list.as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
}

fn pairs(object: &Value) -> impl Iterator<Item = (&String, &Value)> {
    object.as_object().into_iter().flatten()
}
