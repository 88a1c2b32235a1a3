//! Arguments that the tool's schema refuses, as far as they are written out.
//!
//! The validators are those of calls, compiled at first use and kept; what is
//! said is what a call would say.

use std::cell::Cell;
use std::time::{Duration, Instant};

use retort_guest::contract::{CallUse, Inspection, Literal, Position};

use super::finding::{Finding, FindingKind, Report, Severity};
use super::literal::{self, Certainty};
use crate::arguments::{ArgumentsError, check_known, key_path, not_an_object};
use crate::catalog::{Catalog, ToolRef};

/// After so long no further call is looked at: the gate will.
const TIME: Duration = Duration::from_millis(250);

pub(super) fn report(inspection: &Inspection, catalog: &Catalog, report: &mut Report) {
    let began = Instant::now();
    let none = Literal::Object {
        fields: Vec::new(),
        open: false,
    };
    for (_, call, tool) in super::known_calls(inspection, catalog) {
        if began.elapsed() > TIME {
            return;
        }
        let Some(worst) = Severity::of(call.exposure) else {
            continue;
        };
        if call.count > 1 {
            let got = format!("{} arguments", call.count);
            let error = not_an_object(tool, got);
            report.add(worst, || refused(call, &Literal::Unknown, worst, error));
            continue;
        }
        let arguments = match &call.arguments {
            None | Some(Literal::Undefined | Literal::Null) => &none,
            Some(arguments) => arguments,
        };
        if let Some((severity, error)) = wrong(tool, arguments) {
            let severity = severity.min(worst);
            report.add(severity, || refused(call, arguments, severity, error));
        } else if let Some(path) = promise(arguments, "args") {
            report.add(worst, || passed_promise(call, worst, &path));
        }
    }
}

/// What the tool refuses in `arguments`, if it does whatever is unknown in them.
fn wrong(tool: ToolRef<'_>, arguments: &Literal) -> Option<(Severity, ArgumentsError)> {
    let got = match arguments {
        Literal::Unknown => return None,
        Literal::Object { .. } => {
            let sure = Cell::new(false);
            let json = literal::json(arguments)?;
            let error = check_known(tool, &json, &|error| {
                let certainty = literal::certainty(arguments, error);
                sure.set(sure.get() || certainty == Certainty::Sure);
                certainty > Certainty::None
            });
            let severity = if sure.get() {
                Severity::Error
            } else {
                Severity::Warning
            };
            return error.err().map(|error| (severity, error));
        }
        other => words(other)?,
    };
    Some((Severity::Error, not_an_object(tool, got.to_owned())))
}

/// What a literal is, where its JSON would not tell.
fn words(literal: &Literal) -> Option<&'static str> {
    Some(match literal {
        Literal::Unknown => "a value",
        Literal::AnyString | Literal::String(_) => "a string",
        Literal::AnyNumber | Literal::Number(_) => "a number",
        Literal::AnyBoolean | Literal::Boolean(_) => "a boolean",
        Literal::Array { .. } => "an array",
        Literal::Promise => "a promise",
        Literal::Function => "a function",
        Literal::Undefined | Literal::Null | Literal::Object { .. } => return None,
    })
}

fn refused(
    call: &CallUse,
    arguments: &Literal,
    severity: Severity,
    mut error: ArgumentsError,
) -> Finding {
    let mut hint = None;
    for problem in &mut error.problems {
        let found = locate(arguments, &problem.path);
        match found.exactly {
            Some(
                literal @ (Literal::Unknown
                | Literal::AnyString
                | Literal::AnyNumber
                | Literal::AnyBoolean),
            ) => {
                problem.got = words(literal).unwrap_or_default().to_owned();
            }
            Some(Literal::Promise) => {
                "a promise".clone_into(&mut problem.got);
                hint = Some(format!("`{}` is a promise: `await` the call", problem.path));
            }
            _ => {}
        }
        if let Some(position) = found.position
            && position.line != call.place.position.line
        {
            problem.got.push_str(&format!(" (line {})", position.line));
        }
    }
    Finding {
        severity,
        kind: FindingKind::Arguments,
        place: call.place.clone(),
        message: error.to_string(),
        hint,
    }
}

fn passed_promise(call: &CallUse, severity: Severity, path: &str) -> Finding {
    Finding {
        severity,
        kind: FindingKind::MissingAwait,
        place: call.place.clone(),
        message: format!("`{path}` of `{}` is a promise", call.text),
        hint: Some("`await` the call whose result is meant".to_owned()),
    }
}

/// Where a promise stands in the arguments, if one does.
fn promise(literal: &Literal, path: &str) -> Option<String> {
    match literal {
        Literal::Promise => Some(path.to_owned()),
        Literal::Array { items, .. } => items
            .iter()
            .enumerate()
            .find_map(|(i, item)| promise(item, &format!("{path}[{i}]"))),
        Literal::Object { fields, .. } => fields
            .iter()
            .find_map(|field| promise(&field.value, &format!("{path}{}", key_path(&field.name)))),
        _ => None,
    }
}

/// What the source has at a path.
#[derive(Default)]
struct Located<'l> {
    /// Of the innermost property on the way that is written there.
    position: Option<Position>,
    exactly: Option<&'l Literal>,
}

/// Finds `path`, in the form of [`crate::arguments::Problem::path`].
fn locate<'l>(arguments: &'l Literal, path: &str) -> Located<'l> {
    let mut found = Located::default();
    let Some(mut rest) = path.strip_prefix("args") else {
        return found;
    };
    let mut here = arguments;
    while !rest.is_empty() {
        let step = match here {
            Literal::Object { fields, .. } => fields.iter().rev().find_map(|field| {
                let rest = rest_after(rest, &key_path(&field.name))?;
                Some((&field.value, Some(field.position), rest))
            }),
            Literal::Array { items, .. } => items.iter().enumerate().find_map(|(i, item)| {
                let rest = rest_after(rest, &format!("[{i}]"))?;
                Some((item, None, rest))
            }),
            _ => None,
        };
        let Some((literal, position, after)) = step else {
            return found;
        };
        found.position = position.or(found.position);
        (here, rest) = (literal, after);
    }
    found.exactly = Some(here);
    found
}

/// What follows `step` in `path`, if it starts with just that step.
fn rest_after<'p>(path: &'p str, step: &str) -> Option<&'p str> {
    path.strip_prefix(step)
        .filter(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}
