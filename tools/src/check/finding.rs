//! One thing wrong with a script, its words, and how findings are collected.

use std::fmt::{self, Write as _};

use retort_guest::contract::{Exposure, Place, Position};
use serde::Serialize;

/// Most findings of one severity that are written out.
const LISTED: usize = 20;
/// Most further lines named where the same is wrong.
const LINES: usize = 5;
/// Most characters of a message.
const MESSAGE_CHARS: usize = 4_000;
/// Most characters of a source line.
const LINE_CHARS: usize = 200;

/// One thing wrong with a script. `Display` is the whole of it: what, where,
/// and what to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Whether the script may run.
    pub severity: Severity,
    /// What it is about.
    pub kind: FindingKind,
    /// Where.
    pub place: Place,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
}

/// Whether a script may run with a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// It is likely not to do what was meant.
    Warning,
    /// It is sure to fail.
    Error,
}

/// What a finding is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum FindingKind {
    /// A server that does not exist.
    UnknownServer,
    /// A tool that its server does not have.
    UnknownTool,
    /// A name that is neither declared nor a global, or not yet.
    UndeclaredName,
    /// Arguments that the tool's schema refuses.
    Arguments,
    /// A property that the result's type lacks, the declared or the observed one.
    UnknownProperty,
    /// A promise used as if it were the result.
    MissingAwait,
    /// A promise that nothing has.
    DroppedPromise,
    /// An async function given to a method that does not wait for it, like
    /// `forEach`.
    AsyncCallback,
}

/// What is wrong with a script, in the order of its source.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Findings {
    /// The first twenty errors and the first twenty warnings.
    pub found: Vec<Finding>,
    /// Errors beyond those.
    pub more_errors: usize,
    /// Warnings beyond those.
    pub more_warnings: usize,
}

impl Findings {
    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// Whether the script is sure to fail.
    pub fn has_errors(&self) -> bool {
        self.of(Severity::Error).next().is_some()
    }

    /// Those of one severity.
    pub fn of(&self, severity: Severity) -> impl Iterator<Item = &Finding> {
        self.found
            .iter()
            .filter(move |finding| finding.severity == severity)
    }
}

impl Severity {
    /// Of something that fails at a place; `None` where nothing comes of it.
    pub(super) fn of(exposure: Exposure) -> Option<Self> {
        match exposure {
            Exposure::Guarded => None,
            Exposure::Likely => Some(Self::Warning),
            Exposure::Sure => Some(Self::Error),
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Error => "error",
            Self::Warning => "warning",
        })
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = format!("{}: {}", self.severity, self.message);
        write_place(
            &mut text,
            self.place.position,
            Some(&self.place.source_line),
        );
        f.write_str(&text)?;
        match &self.hint {
            Some(hint) => write!(f, "\nhint: {hint}"),
            None => Ok(()),
        }
    }
}

impl fmt::Display for Findings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, finding) in self.found.iter().enumerate() {
            write!(f, "{}{finding}", if i == 0 { "" } else { "\n" })?;
        }
        for (count, what) in [
            (self.more_errors, "errors"),
            (self.more_warnings, "warnings"),
        ] {
            if count > 0 {
                write!(f, "\nand {count} more {what}")?;
            }
        }
        Ok(())
    }
}

/// ` (also on lines 3, 9)`, or nothing.
pub(super) fn also_on(lines: &[u32]) -> String {
    if lines.is_empty() {
        return String::new();
    }
    let shown: Vec<String> = lines.iter().take(LINES).map(u32::to_string).collect();
    let more = if lines.len() > LINES { ", …" } else { "" };
    let s = if lines.len() > 1 { "s" } else { "" };
    format!(" (also on line{s} {}{more})", shown.join(", "))
}

/// Appends a position, the line there, and a caret under the column.
pub fn write_place(text: &mut String, position: Position, source_line: Option<&str>) {
    let _ = write!(text, "\nat {}:{}", position.line, position.column);
    let Some(line) = source_line else { return };
    let shown = line.trim();
    if shown.is_empty() {
        return;
    }
    let _ = write!(text, "\n  {shown}");
    let indent = line.len() - line.trim_start().len();
    let before = (position.column as usize).saturating_sub(1);
    // Columns count UTF-16 code units.
    let mut units = 0;
    let start = line.char_indices().find(|(_, character)| {
        let found = units >= before;
        units += character.len_utf16();
        found
    });
    if let Some((start, _)) = start
        && let Some(lead) = line.get(indent..start)
    {
        let lead = lead.chars().map(|c| if c == '\t' { '\t' } else { ' ' });
        let _ = write!(text, "\n  {}^", lead.collect::<String>());
    }
}

/// Collects findings, counting those that are too many.
#[derive(Default)]
pub(super) struct Report {
    findings: Findings,
    errors: usize,
    warnings: usize,
}

impl Report {
    /// Adds what `finding` makes, which is asked only if there is room.
    pub(super) fn add<F: Into<Option<Finding>>>(
        &mut self,
        severity: Severity,
        finding: impl FnOnce() -> F,
    ) {
        let (count, more) = match severity {
            Severity::Error => (&mut self.errors, &mut self.findings.more_errors),
            Severity::Warning => (&mut self.warnings, &mut self.findings.more_warnings),
        };
        if *count == LISTED {
            *more += 1;
            return;
        }
        let Some(finding) = finding().into() else {
            return;
        };
        *count += 1;
        self.findings.found.push(Finding {
            place: Place {
                source_line: printable(&finding.place.source_line, LINE_CHARS),
                ..finding.place
            },
            message: printable(&finding.message, MESSAGE_CHARS),
            hint: finding.hint.map(|hint| printable(&hint, MESSAGE_CHARS)),
            ..finding
        });
    }

    /// In the order of the source.
    pub(super) fn finish(mut self) -> Findings {
        self.findings
            .found
            .sort_by_key(|finding| finding.place.position);
        self.findings
    }
}

/// The words of a guest and a server, without what moves a terminal's cursor.
fn printable(text: &str, max_chars: usize) -> String {
    text.chars()
        .take(max_chars)
        .map(|c| match c {
            '\n' | '\t' => c,
            c if c.is_control() => ' ',
            c => c,
        })
        .collect()
}
