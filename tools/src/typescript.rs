//! TypeScript declarations of tools, made from their JSON Schemas.

use std::str::FromStr;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::definition::ToolDefinition;

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

/// The function `path` as TypeScript.
pub fn declaration(path: &str, definition: &ToolDefinition, detail: Detail) -> String {
    let description = match (detail, &definition.description) {
        (Detail::Signature, _) | (_, None) => String::new(),
        (_, Some(description)) => format!("// {}\n", description.replace('\n', " ")),
    };
    let properties: Vec<&str> = definition
        .input_schema
        .get("properties")
        .and_then(Value::as_object)
        .map(|properties| properties.keys().map(String::as_str).collect())
        .unwrap_or_default();
    let arguments = if properties.is_empty() {
        String::new()
    } else {
        format!("args: {{ {}: unknown }}", properties.join(": unknown; "))
    };
    format!("{description}{path}({arguments}): Promise<unknown>")
}
