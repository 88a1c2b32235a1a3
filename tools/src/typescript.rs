//! TypeScript declarations of tools, made from their JSON Schemas.
//!
//! Three steps: `lower` reads a schema into a `shape`, `print` writes it, and
//! [`declaration`] puts a tool together and keeps it within its length. All of it
//! is pure, never fails, and is bounded whatever a server sends.

mod comment;
pub(crate) mod lower;
pub(crate) mod pointer;
mod print;
mod shape;

use std::collections::HashSet;
use std::fmt::Write as _;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use self::print::{Printer, Style};
use self::shape::{Shape, Type};
use crate::definition::ToolDefinition;
use crate::prose;

/// Longest description printed, in characters.
const DESCRIPTION_CHARS: usize = 6_000;
/// Longest first sentence printed, in characters.
const SENTENCE_CHARS: usize = 140;

/// How much a description says.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Detail {
    /// One line: names and types.
    #[default]
    Signature,
    /// A line for each argument, with the first sentence about it.
    Brief,
    /// Everything the server says.
    Full,
}

/// A level of detail that does not exist.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown detail `{asked}`, it is one of `signature`, `brief`, `full`")]
pub struct UnknownDetail {
    asked: String,
}

impl FromStr for Detail {
    type Err = UnknownDetail;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "signature" => Ok(Self::Signature),
            "brief" => Ok(Self::Brief),
            "full" => Ok(Self::Full),
            other => Err(UnknownDetail {
                asked: other.chars().take(40).collect(),
            }),
        }
    }
}

/// The function `path` as TypeScript: its signature first, then the types it
/// names, one a line.
pub fn declaration(path: &str, definition: &ToolDefinition, detail: Detail) -> String {
    let mut taken = HashSet::new();
    let arguments = lower::lower(&definition.input_schema, "Args", &mut taken);
    let output = definition
        .output_schema
        .as_ref()
        .map(|schema| unwrapped(lower::lower(schema, "Result", &mut taken)));
    let mut text = String::new();
    // A smaller style each time, until one fits; the last is cut.
    let styles = Style::for_detail(detail);
    for style in &styles {
        text = write_tool(path, definition, &arguments, output.as_ref(), detail, style);
        if text.len() <= style.max_bytes {
            return text;
        }
    }
    let max_bytes = styles.last().map_or(0, |style| style.max_bytes);
    let total = text.len();
    text.truncate(text.floor_char_boundary(max_bytes));
    let _ = write!(text, " … ({max_bytes} of {total} bytes)");
    text
}

fn write_tool(
    path: &str,
    definition: &ToolDefinition,
    arguments: &Shape<'_>,
    output: Option<&Shape<'_>>,
    detail: Detail,
    style: &Style,
) -> String {
    let mut printer = Printer::new(arguments, style);
    let arguments = match &arguments.ty {
        Type::Unknown if definition.problems.is_empty() => String::new(),
        Type::Unknown => "args?: Record<string, unknown>".to_owned(),
        ty if printer.is_empty_object(ty) => String::new(),
        ty => {
            let optional = if printer.is_all_optional(ty) { "?" } else { "" };
            format!("args{optional}: {}", printer.top(ty))
        }
    };
    let mut aliases = printer.aliases();
    let returns = match output {
        None => "unknown".to_owned(),
        Some(shape) => {
            let plain = style.without_notes_unless_full();
            let mut printer = Printer::new(shape, &plain);
            let returns = printer.top(&shape.ty);
            aliases.extend(printer.aliases());
            returns
        }
    };
    let mut text = format!("{path}({arguments}): Promise<{returns}>");
    match detail {
        Detail::Signature => {}
        Detail::Brief => {
            let about = definition
                .description
                .as_deref()
                .or(definition.title.as_deref());
            let sentence = prose::first_sentence(about.unwrap_or(""), SENTENCE_CHARS);
            text = comment::with_trailing_comment(text, &sentence);
        }
        Detail::Full => {
            let said = full_comment(path, definition);
            text.insert_str(0, &comment::doc_comment(&said, 0));
        }
    }
    for alias in aliases {
        text.push('\n');
        text.push_str(&alias);
    }
    text
}

fn full_comment(path: &str, definition: &ToolDefinition) -> String {
    let mut comment = String::new();
    if let Some(description) = &definition.description {
        comment.push_str(&prose::cut_at_word(description.trim(), DESCRIPTION_CHARS));
    } else if let Some(title) = &definition.title {
        comment.push_str(title);
    }
    let mut facts = Vec::new();
    if !path.ends_with(&format!(".{}", definition.name)) {
        facts.push(format!(
            "the server's name for it: {}",
            prose::one_line(&definition.name, 256)
        ));
    }
    let hints = definition.annotations;
    if hints.read_only == Some(true) {
        facts.push("read-only".to_owned());
    } else {
        facts.extend((hints.destructive == Some(true)).then(|| "destructive".to_owned()));
        facts.extend((hints.idempotent == Some(true)).then(|| "idempotent".to_owned()));
    }
    if !facts.is_empty() {
        if !comment.is_empty() {
            comment.push('\n');
        }
        let _ = write!(comment, "({})", facts.join("; "));
    }
    comment
}

/// Takes the lone `result` off that unwrapping takes off the value.
fn unwrapped(mut shape: Shape<'_>) -> Shape<'_> {
    if let Type::Object(object) = &mut shape.ty
        && let [property] = &mut object.properties[..]
        && property.key == "result"
    {
        shape.ty = std::mem::replace(&mut property.ty, Type::Unknown);
    }
    shape
}

#[cfg(test)]
mod tests;
