//! Checking a call's arguments against the tool's schema before it goes out.
//!
//! A schema is compiled at the first call of its tool and kept. One that cannot
//! be compiled within bounds leaves its tool unchecked, and arguments that would
//! be too much work to check pass: the server will judge. Start at
//! [`check_arguments`].

mod bound;
mod compile;
mod explain;
mod work;

use std::fmt;

use jsonschema::ValidationError;
use serde_json::Value;

pub(crate) use self::compile::Checker;
pub(crate) use self::explain::key_path;

use crate::catalog::ToolRef;
use crate::typescript::Detail;

/// How many problems a message lists.
const LISTED: usize = 5;
/// Most schemas tried in a check: about a second of work.
const CHECKED_WORK: u64 = 10_000_000;
/// Most schemas tried where the problems are named one by one: each may be an
/// error that is held until the likeliest is found.
const EXPLAINED_WORK: u64 = 50_000;
/// Most work of a check that need not leave a thread that serves others: schemas
/// times bytes of arguments, which is far more than will be tried.
const QUICK_WORK: u64 = 1_000_000;

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
    refused(tool, arguments, None).map_or(Ok(()), Err)
}

/// Whether an error holds, for a caller who knows the arguments in part only.
pub(crate) type Holds<'a> = &'a dyn Fn(&ValidationError<'_>) -> bool;

/// As [`check_arguments`] of arguments in which something stands for what is not
/// known; only errors that `holds` says hold are counted.
pub(crate) fn check_known(
    tool: ToolRef<'_>,
    arguments: &Value,
    holds: Holds<'_>,
) -> Result<(), ArgumentsError> {
    refused(tool, arguments, Some(holds)).map_or(Ok(()), Err)
}

/// The message of a call whose arguments are wrong as a whole.
pub(crate) fn not_an_object(tool: ToolRef<'_>, got: String) -> ArgumentsError {
    let problem = Problem {
        path: "args".to_owned(),
        expected: "one object with named arguments".to_owned(),
        got,
    };
    with_signature(tool, vec![problem], false)
}

fn refused(
    tool: ToolRef<'_>,
    arguments: &Value,
    holds: Option<Holds<'_>>,
) -> Option<ArgumentsError> {
    let schema = &tool.tool.definition.input_schema;
    let declared: Vec<&str> = schema
        .get("properties")
        .and_then(Value::as_object)
        .map(|properties| properties.keys().map(String::as_str).collect())
        .unwrap_or_default();
    let mut more = false;
    let problems = if !arguments.is_object() {
        vec![whole(arguments, "an object")]
    } else if let Checker::Compiled {
        validator,
        schema: compiled,
        ..
    } = checker(tool)
    {
        let work = match work::measure(compiled.as_deref().unwrap_or(schema), arguments) {
            Some(work) if work <= CHECKED_WORK => work,
            _ => return None,
        };
        if validator.is_valid(arguments) {
            return None;
        }
        if work > EXPLAINED_WORK {
            if holds.is_some() {
                return None;
            }
            vec![whole(arguments, "what the signature says")]
        } else {
            let mut errors = validator
                .iter_errors(arguments)
                .filter(explain::is_refusal)
                .filter(|error| holds.is_none_or(|holds| holds(error)));
            let listed = errors.by_ref().take(LISTED);
            let problems: Vec<Problem> = listed
                .map(|error| explain::problem(&error, &declared, holds))
                .collect();
            more = errors.next().is_some();
            problems
        }
    } else {
        return None;
    };
    if problems.is_empty() {
        return None;
    }
    Some(with_signature(tool, problems, more))
}

fn with_signature(tool: ToolRef<'_>, problems: Vec<Problem>, more: bool) -> ArgumentsError {
    ArgumentsError {
        path: tool.path(),
        problems,
        more,
        signature: tool.declaration(Detail::Signature),
    }
}

fn whole(arguments: &Value, expected: &str) -> Problem {
    Problem {
        path: "args".to_owned(),
        expected: expected.to_owned(),
        got: explain::shown(arguments),
    }
}

/// Whether checking so many bytes of arguments is a matter of milliseconds at the most. Never
/// before the first check of the tool, which compiles its schema.
pub(crate) fn is_quick(tool: ToolRef<'_>, bytes: usize) -> bool {
    match tool.tool.checker.get() {
        Some(Checker::Compiled { bound, .. }) => {
            !bound.recursive && bound.size.saturating_mul(bytes as u64) <= QUICK_WORK
        }
        Some(Checker::Unchecked(_)) => true,
        None => false,
    }
}

/// Why calls of `tool` go out unchecked, if they do.
pub fn unchecked_reason(tool: ToolRef<'_>) -> Option<&str> {
    match checker(tool) {
        Checker::Compiled { .. } => None,
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
