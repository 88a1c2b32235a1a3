//! TypeScript declarations of tools, made from their JSON Schemas.
//!
//! Three steps: `lower` reads a schema into a `shape`, `print` writes it, and `tool`
//! puts a declaration together and keeps it within its length; `shared` sees to it
//! that the declarations of one answer name each type once. All of it is pure, never
//! fails, and is bounded whatever a server sends. Start at [`declaration`].

mod comment;
mod coverage;
mod file;
pub(crate) mod lower;
pub(crate) mod pointer;
mod print;
mod references;
mod shape;
mod shared;
mod tool;

use std::str::FromStr;

use serde::{Deserialize, Serialize};

pub use self::coverage::Coverage;
pub use self::file::{DeclarationFile, declaration_file, declaration_file_with};
pub(crate) use self::shared::Shared;
pub(crate) use self::tool::{Form, ToolTypes, result_type};
use crate::definition::ToolDefinition;
use crate::observed::Observation;

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
    declaration_with(path, definition, None, detail)
}

/// The same, for a tool that promises no type with the one that was `seen`.
pub(crate) fn declaration_with(
    path: &str,
    definition: &ToolDefinition,
    seen: Option<&Observation>,
    detail: Detail,
) -> String {
    let types = ToolTypes::with(definition, seen);
    let shared = Shared::of([&types]);
    types.write(Form::Call(path), detail, &shared).alone()
}

/// The signature of `path`, as above, where it takes no more than `max_bytes`.
pub(crate) fn signature_within(
    path: &str,
    definition: &ToolDefinition,
    seen: Option<&Observation>,
    max_bytes: usize,
) -> Option<String> {
    let types = ToolTypes::with(definition, seen);
    let shared = Shared::of([&types]);
    let written = types.write_within(Form::Call(path), Detail::Signature, max_bytes, &shared);
    written.ok().map(|written| written.alone())
}

#[cfg(test)]
mod tests;
