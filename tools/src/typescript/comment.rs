//! What is said about a tool and its properties, as comments.

use std::fmt::Write as _;

use serde_json::{Map, Value};

use super::shape::Note;
use crate::prose;

/// Longest first sentence about a property, in characters.
const SENTENCE_CHARS: usize = 100;

/// `text` with a comment at the end of its first line.
pub(super) fn with_trailing_comment(text: String, comment: &str) -> String {
    if comment.is_empty() {
        return text;
    }
    match text.split_once('\n') {
        None => format!("{text} // {comment}"),
        Some((first, rest)) => format!("{first} // {comment}\n{rest}"),
    }
}

/// `text` as a documentation comment that ends in a line break; nothing for
/// nothing.
pub(super) fn doc_comment(text: &str, level: usize) -> String {
    let lines = prose::lines(&text.replace("*/", "*\\/"));
    let lines: Vec<&str> = lines.iter().map(|line| line.trim()).collect();
    let indent = "  ".repeat(level);
    match lines[..] {
        [] => String::new(),
        [line] => format!("{indent}/** {line} */\n{indent}"),
        _ => {
            let mut comment = format!("{indent}/**\n");
            for line in lines {
                let _ = writeln!(comment, "{indent} * {line}");
            }
            format!("{comment}{indent} */\n{indent}")
        }
    }
}

pub(super) fn first_note(note: &Note<'_>, max_chars: usize) -> String {
    let max_chars = max_chars.min(SENTENCE_CHARS);
    let mut text = prose::first_sentence(note.description.unwrap_or(""), max_chars);
    let default = note.schema.and_then(|schema| schema.get("default"));
    if let Some(default) = default.filter(|default| !default.is_null() && is_scalar(default)) {
        let said = text.to_ascii_lowercase().contains("default");
        let default = default.to_string();
        if !said && default.len() <= 30 && default != "\"\"" {
            let space = if text.is_empty() { "" } else { " " };
            let _ = write!(text, "{space}(default {default})");
        }
    }
    text
}

pub(super) fn full_note(note: &Note<'_>, max_chars: usize) -> String {
    let mut text = prose::cut_at_word(note.description.unwrap_or("").trim(), max_chars);
    let facts = note
        .schema
        .map(|schema| facts(schema, &text))
        .unwrap_or_default();
    if !facts.is_empty() {
        let space = if text.is_empty() { "" } else { " " };
        let _ = write!(text, "{space}({})", facts.join("; "));
    }
    text
}

/// Default and bounds, each a few words.
fn facts(schema: &Map<String, Value>, said: &str) -> Vec<String> {
    const BOUNDS: [(&str, &str); 12] = [
        ("minimum", "≥"),
        ("exclusiveMinimum", ">"),
        ("maximum", "≤"),
        ("exclusiveMaximum", "<"),
        ("multipleOf", "multiple of"),
        ("minLength", "length ≥"),
        ("maxLength", "length ≤"),
        ("minItems", "items ≥"),
        ("maxItems", "items ≤"),
        ("format", "format"),
        ("pattern", "pattern"),
        ("contentEncoding", "encoded as"),
    ];
    let mut facts = Vec::new();
    let default = schema.get("default").filter(|default| !default.is_null());
    if let Some(default) = default.filter(|_| !said.to_ascii_lowercase().contains("default")) {
        facts.push(format!(
            "default {}",
            prose::one_line(&default.to_string(), 60)
        ));
    }
    for (key, words) in BOUNDS {
        match schema.get(key) {
            Some(Value::Number(bound))
                if bound.as_f64().is_some_and(|bound| bound.abs() < 9e15) =>
            {
                facts.push(format!("{words} {bound}"));
            }
            Some(Value::String(text)) => {
                facts.push(format!("{words} {}", prose::one_line(text, 80)));
            }
            _ => {}
        }
    }
    facts
}

fn is_scalar(value: &Value) -> bool {
    !value.is_array() && !value.is_object()
}
