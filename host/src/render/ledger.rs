//! The calls of a run as lines: alike ones together, what needs attention first
//! to stay.

use std::fmt::Write;

use super::cut::grouped;
use crate::run::{Bytes, CallState, Entry, Ledger, Millis};

/// Lines shown; calls that are done give way first.
const LINES: usize = 30;

/// All calls of a run that failed.
pub(super) fn all_calls(ledger: &Ledger) -> String {
    if ledger.entries().is_empty() {
        return "no calls were made".to_owned();
    }
    section(ledger, true)
}

/// Calls that went wrong in a run that succeeded, if any.
pub(super) fn troubled_calls(ledger: &Ledger) -> Option<String> {
    let is_done = |entry: &Entry| matches!(entry.state, CallState::Done { .. });
    (!ledger.entries().iter().all(is_done)).then(|| section(ledger, false))
}

fn section(ledger: &Ledger, with_done: bool) -> String {
    let mut groups = groups(ledger.entries());
    let is_done = |group: &&[Entry]| matches!(group[0].state, CallState::Done { .. });
    if !with_done || groups.len() > LINES {
        groups.retain(|group| !is_done(group));
    }
    let mut text = counts(ledger.entries());
    for group in groups.iter().take(LINES) {
        text.push_str("\n  ");
        write_group(&mut text, group);
    }
    if groups.len() > LINES {
        let left: usize = groups[LINES..].iter().map(|group| group.len()).sum();
        let _ = write!(text, "\n  … {} more calls", grouped(left));
    }
    text
}

/// `calls: 12 done, 1 failed, 2 in flight (may have happened)`
fn counts(entries: &[Entry]) -> String {
    let mut counts = [0; 4];
    for entry in entries {
        counts[rank(&entry.state)] += 1;
    }
    let words = [
        "done",
        "failed",
        "in flight (may have happened)",
        "not started",
    ];
    let parts: Vec<_> = counts
        .iter()
        .zip(words)
        .filter(|(count, _)| **count > 0)
        .map(|(count, word)| format!("{} {word}", grouped(*count)))
        .collect();
    format!("calls: {}", parts.join(", "))
}

fn rank(state: &CallState) -> usize {
    match state {
        CallState::Done { .. } => 0,
        CallState::Failed { .. } => 1,
        CallState::InFlight => 2,
        CallState::NotStarted => 3,
    }
}

/// Neighbours with the same name and state. Failures differ by their messages.
fn groups(entries: &[Entry]) -> Vec<&[Entry]> {
    let alike = |a: &Entry, b: &Entry| {
        let same_failure = !matches!(a.state, CallState::Failed { .. }) || a.state == b.state;
        a.name == b.name && rank(&a.state) == rank(&b.state) && same_failure
    };
    entries.chunk_by(alike).collect()
}

fn write_group(text: &mut String, group: &[Entry]) {
    let [first, .., last] = group else {
        write_call(text, &group[0]);
        return;
    };
    let _ = write!(
        text,
        "{}–{} {} {}",
        first.id,
        last.id,
        first.name,
        word(&first.state)
    );
    if let CallState::Failed { code, message } = &first.state {
        let _ = write!(text, " ({code}): {message}");
    }
}

fn write_call(text: &mut String, entry: &Entry) {
    let took = Millis(entry.took.as_millis() as u64);
    let _ = write!(text, "{} {} ", entry.id, entry.name);
    let is_done = matches!(entry.state, CallState::Done { .. });
    if !is_done && entry.arguments != "{}" {
        let _ = write!(text, "{} ", entry.arguments);
    }
    text.push_str(word(&entry.state));
    let _ = match &entry.state {
        CallState::Done { bytes } => write!(text, ", {took}, {}", Bytes(*bytes as u64)),
        CallState::Failed { code, message } => write!(text, " ({code}) after {took}: {message}"),
        CallState::InFlight => write!(text, " for {took}"),
        CallState::NotStarted => Ok(()),
    };
}

fn word(state: &CallState) -> &'static str {
    match state {
        CallState::Done { .. } => "done",
        CallState::Failed { .. } => "failed",
        CallState::InFlight => "in flight",
        CallState::NotStarted => "not started",
    }
}
