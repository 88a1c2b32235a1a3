//! Checking a call's arguments against the tool's schema before it goes out.
//!
//! A schema is compiled at the first call of its tool and kept. One that cannot
//! be compiled within bounds leaves its tool unchecked: the server will judge.
//! Start at [`check_arguments`].

mod compile;
mod explain;

use std::fmt;

use serde_json::Value;

pub(crate) use self::compile::Checker;

use crate::catalog::ToolRef;
use crate::typescript::Detail;

/// How many problems a message lists.
const LISTED: usize = 5;
/// Longest signature quoted in a message, in characters.
const SIGNATURE_CHARS: usize = 1_500;

/// Arguments that the tool's schema refuses. `Display` is the whole message:
/// path, expected, got, and the signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArgumentsError {
    /// `server.tool`.
    pub path: String,
    /// What is wrong, the first five.
    pub problems: Vec<Problem>,
    /// Whether there were more.
    pub more: bool,
    /// How the tool is called.
    pub signature: String,
}

/// One thing wrong with the arguments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where, as JavaScript would say it: `args.labels[2]`.
    pub path: String,
    /// What the schema asks for there.
    pub expected: String,
    /// What there is instead.
    pub got: String,
}

impl std::error::Error for ArgumentsError {}

impl fmt::Display for ArgumentsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "wrong arguments for `{}`:", self.path)?;
        for problem in &self.problems {
            let Problem {
                path,
                expected,
                got,
            } = problem;
            write!(f, "\n- `{path}`: expected {expected}, got {got}")?;
        }
        if self.more {
            write!(f, "\n- and more")?;
        }
        write!(f, "\nsignature: {}", self.signature)
    }
}

/// Checks `arguments` against what `tool` takes. A tool whose schema cannot be
/// used takes anything ([`unchecked_reason`]).
///
/// # Errors
/// [`ArgumentsError`], naming at most five problems.
pub fn check_arguments(tool: ToolRef<'_>, arguments: &Value) -> Result<(), ArgumentsError> {
    let Checker::Compiled(validator) = checker(tool) else {
        return Ok(());
    };
    let mut errors = validator.iter_errors(arguments).filter(explain::is_refusal);
    let problems: Vec<Problem> = errors
        .by_ref()
        .take(LISTED)
        .map(|error| explain::problem(&error))
        .collect();
    if problems.is_empty() {
        return Ok(());
    }
    let signature = tool.declaration(Detail::Signature);
    Err(ArgumentsError {
        path: tool.path(),
        problems,
        more: errors.next().is_some(),
        signature: signature.chars().take(SIGNATURE_CHARS).collect(),
    })
}

/// Why calls of `tool` go out unchecked, if they do.
pub fn unchecked_reason(tool: ToolRef<'_>) -> Option<&str> {
    match checker(tool) {
        Checker::Compiled(_) => None,
        Checker::Unchecked(reason) => Some(reason),
    }
}

fn checker(tool: ToolRef<'_>) -> &Checker {
    tool.tool
        .checker
        .get_or_init(|| Checker::new(&tool.tool.definition.input_schema))
}

#[cfg(test)]
mod tests;
