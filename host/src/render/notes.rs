//! What stands beside a value or an error: calls, hints, console. Sections come
//! in the order of their worth and share the room there is.

use retort_sandbox::contract::{ConsoleLevel, ErrorKind};

use super::cut::{characters, cut_text, grouped};
use super::ledger;
use crate::run::{RunOutcome, RunReport, Transcript};

/// Room below which a section is left out.
const SECTION: usize = 64;

/// Beside a value.
pub(super) fn of_success(report: &RunReport, rejected: Vec<String>, room: usize) -> Option<String> {
    let mut sections: Vec<String> = ledger::troubled_calls(&report.ledger).into_iter().collect();
    sections.extend(findings(report));
    sections.extend(warnings(&report.transcript, rejected));
    sections.extend(surprises(report));
    sections.extend(console(&report.transcript));
    fitted(sections, room)
}

/// Beside an error.
pub(super) fn of_failure(report: &RunReport, rejected: Vec<String>, room: usize) -> Option<String> {
    let mut sections = Vec::new();
    if may_have_called(&report.outcome) {
        sections.push(ledger::all_calls(&report.ledger));
    }
    if let Some(id) = report.kept {
        let all = report.ledger.received().count();
        let kept: Vec<_> = report
            .ledger
            .received()
            .filter(|(_, result)| result.is_some())
            .map(|(call, _)| call)
            .collect();
        let which = if kept.len() == all {
            "the results received".to_owned()
        } else {
            format!("{} of {all} results received", kept.len())
        };
        let first = kept.first().copied().unwrap_or(1);
        sections.push(format!(
            "{which} are kept as {id}, keyed by call number: `(await results.get(\"{id}\"))[{first}]`"
        ));
    }
    sections.extend(
        report
            .unavailable
            .iter()
            .map(|server| format!("server `{}` {}", server.server, server.reason)),
    );
    if report.outcome != RunOutcome::Refused {
        sections.extend(findings(report));
    }
    sections.extend(warnings(&report.transcript, rejected));
    sections.extend(surprises(report));
    sections.extend(console(&report.transcript));
    fitted(sections, room)
}

/// One sentence beside a value.
pub(super) fn note(sentence: &str) -> String {
    format!("note: {sentence}")
}

/// Results that nobody expected.
fn surprises(report: &RunReport) -> Option<String> {
    let lines: Vec<_> = report.surprises.iter().map(|one| note(one)).collect();
    (!lines.is_empty()).then(|| lines.join("\n"))
}

/// What the source of a script that ran made suspicious.
fn findings(report: &RunReport) -> Option<String> {
    (!report.findings.is_empty()).then(|| report.findings.to_string())
}

/// Whether the script ran at all, so that what it did is worth a line.
fn may_have_called(outcome: &RunOutcome) -> bool {
    match outcome {
        RunOutcome::Threw(error) => !matches!(
            error.kind,
            ErrorKind::Syntax | ErrorKind::SourceSize | ErrorKind::Nesting
        ),
        RunOutcome::Refused | RunOutcome::NotReady { .. } | RunOutcome::Busy { .. } => false,
        _ => true,
    }
}

fn warnings(transcript: &Transcript, rejected: Vec<String>) -> Option<String> {
    let mut lines: Vec<_> = transcript
        .warnings
        .iter()
        .chain(&rejected)
        .map(|warning| format!("warning: {warning}"))
        .collect();
    if transcript.warnings_dropped > 0 {
        lines.push(format!(
            "warning: {} more",
            grouped(transcript.warnings_dropped as usize)
        ));
    }
    (!lines.is_empty()).then(|| lines.join("\n"))
}

fn console(transcript: &Transcript) -> Option<String> {
    if transcript.console.is_empty() && transcript.console_dropped == 0 {
        return None;
    }
    let mut text = "console:".to_owned();
    if transcript.console_dropped > 0 {
        let dropped = grouped(transcript.console_dropped as usize);
        text = format!("console ({dropped} more lines were dropped, the console was full):");
    }
    for line in &transcript.console {
        text.push('\n');
        text.push_str(match line.level {
            ConsoleLevel::Error => "error: ",
            ConsoleLevel::Warn => "warn: ",
            _ => "",
        });
        text.push_str(&line.text);
    }
    Some(text)
}

/// The sections one under the other, each cut to the room that is left.
fn fitted(sections: Vec<String>, room: usize) -> Option<String> {
    let mut text = String::new();
    let mut left = room;
    for section in sections {
        if left < SECTION {
            break;
        }
        let section = cut_text(&section, left.saturating_sub(1).max(SECTION));
        left = left.saturating_sub(characters(&section) + 1);
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(&section);
    }
    (!text.is_empty()).then_some(text)
}
