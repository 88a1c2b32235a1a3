//! The words of a failure: what, where, and what to do.

use std::fmt::Write;

use retort_sandbox::contract::ScriptError;
use retort_tools::CallError;
use retort_tools::check::write_place;

use super::cut::cut_text;
use crate::run::{RunOutcome, RunReport};

/// What went wrong, for outcomes that are failures, in about `room` characters.
pub(super) fn words(report: &RunReport, room: usize) -> String {
    match &report.outcome {
        RunOutcome::Returned(_) | RunOutcome::Planned(_) => String::new(),
        RunOutcome::Threw(error) => script_error(error, room),
        RunOutcome::Exceeded(reached) => with_hint(reached.to_string(), reached.hint()),
        RunOutcome::Refused => format!(
            "nothing was run: the script is sure to fail\n{}",
            report.findings
        ),
        RunOutcome::NotReady { servers } => with_hint(
            format!("nothing was run: still starting {}", listed(servers)),
            "try again in a moment, or use other servers",
        ),
        RunOutcome::Busy { running, queued } => with_hint(
            format!(
                "nothing was run: {running} scripts are running and {queued} wait for their turn"
            ),
            "try again in a moment",
        ),
        RunOutcome::Cancelled => "cancelled: the client withdrew the request".to_owned(),
        RunOutcome::Fault(reason) => with_hint(
            format!("internal error: {reason}"),
            "this is a fault of retort and not of the script",
        ),
    }
}

/// A message, cut so that what stands below it is not: place, call and hint.
fn shortened(message: &str, room: usize) -> String {
    cut_text(message, room / 3 * 2)
}

/// What went wrong with a single call.
pub(super) fn call_words(error: &CallError, room: usize) -> String {
    let mut words = shortened(&error.message, room);
    write_call(
        &mut words,
        &error.server,
        &error.tool,
        error.code.as_str(),
        error.retryable,
    );
    words
}

fn write_call(words: &mut String, server: &str, tool: &str, code: &str, retryable: bool) {
    let dot = if server.is_empty() { "" } else { "." };
    let again = if retryable { ", may succeed later" } else { "" };
    let _ = write!(words, "\nfailed call: {server}{dot}{tool} ({code}{again})");
}

fn script_error(error: &ScriptError, room: usize) -> String {
    let message = shortened(&error.message, room);
    let mut words = match &*error.name {
        "" => message,
        name if message.is_empty() => name.to_owned(),
        name => format!("{name}: {message}"),
    };
    if let Some(position) = error.position {
        write_place(&mut words, position, error.source_line.as_deref());
    }
    if let Some(call) = &error.call {
        write_call(
            &mut words,
            &call.server,
            &call.tool,
            &call.code,
            call.retryable,
        );
    }
    match &error.hint {
        Some(hint) => with_hint(words, hint),
        None => words,
    }
}

fn with_hint(words: String, hint: &str) -> String {
    format!("{words}\nhint: {hint}")
}

fn listed(names: &[String]) -> String {
    names
        .iter()
        .map(|name| format!("`{name}`"))
        .collect::<Vec<_>>()
        .join(", ")
}
