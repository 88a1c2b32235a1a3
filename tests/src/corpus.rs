//! The corpora of scripts that are judged before they run: many to a file.
//!
//! A line `//// NAME` begins a script. Comments with `//~` are for the harness
//! and no part of the script:
//!
//! - `//~ returns JSON`, first: what the script returns; nothing is found in it
//! - `//~ throws TEXT`, first: unchecked, it fails with a message that has TEXT
//! - `//~ gives JSON instead of JSON`, first: unchecked, it returns the one value
//!   where the other was meant; the word `undefined` stands for itself
//! - `//~ error WORDS`, `//~ warning WORDS`, behind a line: an error or a warning
//!   is found there, and message and hint have all the words
//! - `//~ missed error WORDS`: it ought to be found, and is known not to be

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

/// One script.
#[derive(Debug, Clone)]
pub struct Script {
    /// File and name.
    pub name: String,
    /// Without what is for the harness.
    pub source: String,
    /// What comes of it unchecked.
    pub ends: Ends,
    /// What is to be found in it.
    pub expected: Vec<Expected>,
}

/// What comes of a script that runs unchecked.
#[derive(Debug, Clone, PartialEq)]
pub enum Ends {
    /// It returns what was meant.
    Returns(Returned),
    /// It fails with such a message.
    Throws(String),
    /// It returns something else than was meant.
    Gives(Returned, Returned),
}

/// A value that a script returns.
#[derive(Debug, Clone, PartialEq)]
pub enum Returned {
    /// `undefined`.
    Undefined,
    /// Any other.
    Json(Value),
}

/// A finding that is expected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expected {
    /// `error` or `warning`.
    pub severity: String,
    /// The line in the script.
    pub line: u32,
    /// What message and hint have in them.
    pub words: Vec<String>,
    /// Whether it is known not to be found.
    pub is_missed: bool,
}

/// A finding as an answer tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// `error` or `warning`.
    pub severity: String,
    /// The line in the script.
    pub line: u32,
    /// Lines where it is the same.
    pub also: Vec<u32>,
    /// All that is said.
    pub text: String,
}

/// All scripts of the files in a folder, in order of the names of these.
///
/// # Panics
/// Where a file cannot be read, or a script is not as it should be.
pub fn load(folder: &Path) -> Vec<Script> {
    let entries = fs::read_dir(folder)
        .unwrap_or_else(|error| panic!("cannot list {}: {error}", folder.display()));
    let mut paths: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect();
    paths.sort();
    let mut scripts = Vec::new();
    for path in paths {
        let text = fs::read_to_string(&path)
            .unwrap_or_else(|error| panic!("cannot read {}: {error}", path.display()));
        let file = path.file_stem().unwrap_or_default().to_string_lossy();
        let text = format!("\n{text}");
        let mut parts = text.split("\n//// ");
        let before = parts.next().unwrap_or_default();
        assert!(before.trim().is_empty(), "{file} begins with a script");
        for part in parts {
            let (name, text) = part.split_once('\n').unwrap_or((part, ""));
            scripts.push(parse(&format!("{file}: {}", name.trim()), text));
        }
    }
    scripts
}

fn parse(name: &str, text: &str) -> Script {
    let header = text.lines().next().unwrap_or_default();
    let ends = header
        .strip_prefix("//~ ")
        .and_then(ends)
        .unwrap_or_else(|| panic!("{name}: the first line says what comes of it, not: {header}"));
    let mut source = String::new();
    let mut expected = Vec::new();
    for (line, text) in text.lines().skip(1).enumerate() {
        let mut parts = text.split("//~ ");
        source.push_str(parts.next().unwrap_or_default().trim_end());
        source.push('\n');
        for mark in parts {
            let (is_missed, mark) = match mark.strip_prefix("missed ") {
                Some(mark) => (true, mark),
                None => (false, mark),
            };
            let mut words = mark.split_whitespace().map(str::to_owned);
            let severity = words.next().unwrap_or_default();
            assert!(
                severity == "error" || severity == "warning",
                "{name}: `{mark}` is no error and no warning"
            );
            expected.push(Expected {
                severity,
                line: line as u32 + 1,
                words: words.collect(),
                is_missed,
            });
        }
    }
    let script = Script {
        name: name.to_owned(),
        source: source.trim_end().to_owned(),
        ends,
        expected,
    };
    match &script.ends {
        Ends::Returns(_) => {}
        Ends::Gives(given, meant) => assert_ne!(given, meant, "{name}: what was meant"),
        Ends::Throws(text) => assert!(!text.is_empty(), "{name}: fails with what?"),
    }
    script
}

fn ends(header: &str) -> Option<Ends> {
    if let Some(value) = header.strip_prefix("returns ") {
        return Some(Ends::Returns(returned(value)?));
    }
    if let Some(text) = header.strip_prefix("throws ") {
        return Some(Ends::Throws(text.trim().to_owned()));
    }
    let (given, meant) = header.strip_prefix("gives ")?.split_once(" instead of ")?;
    Some(Ends::Gives(returned(given)?, returned(meant)?))
}

fn returned(text: &str) -> Option<Returned> {
    if text.trim() == "undefined" {
        return Some(Returned::Undefined);
    }
    serde_json::from_str(text).ok().map(Returned::Json)
}

impl Returned {
    /// Whether this is what the first block of an answer says.
    pub fn is(&self, block: &str) -> bool {
        match self {
            Self::Undefined => block.starts_with("the script's value is `undefined`"),
            Self::Json(Value::String(text)) => block == text,
            Self::Json(value) => serde_json::from_str::<Value>(block).is_ok_and(|it| it == *value),
        }
    }
}

impl Expected {
    /// Whether this is what a finding tells.
    pub fn is(&self, told: &Told) -> bool {
        self.severity == told.severity
            && (self.line == told.line || told.also.contains(&self.line))
            && self
                .words
                .iter()
                .all(|word| told.text.contains(word.as_str()))
    }
}

/// The findings in an answer, those that have a place.
pub fn told(answer: &str) -> Vec<Told> {
    const SEVERITIES: [(&str, &str); 3] = [
        ("error: ", "error"),
        ("SyntaxError: ", "error"),
        ("warning: ", "warning"),
    ];
    let mut told: Vec<Told> = Vec::new();
    for text in answer.lines() {
        let begins = SEVERITIES.iter().find(|(begin, _)| text.starts_with(begin));
        if let Some((_, severity)) = begins {
            told.push(Told {
                severity: (*severity).to_owned(),
                line: 0,
                also: also(text),
                text: text.to_owned(),
            });
        } else if let Some(last) = told.last_mut() {
            let place = text
                .strip_prefix("at ")
                .and_then(|place| place.split_once(':'));
            if let Some(line) = place.and_then(|(line, _)| line.parse().ok())
                && last.line == 0
            {
                last.line = line;
            }
            last.text.push('\n');
            last.text.push_str(text);
        }
    }
    told.retain(|told| told.line > 0);
    told
}

/// The lines in ` (also on lines 3, 9)`.
fn also(message: &str) -> Vec<u32> {
    let rest = message.split_once("(also on line").map(|(_, rest)| rest);
    let lines = rest.and_then(|rest| rest.split_once(')'));
    let lines = lines.map_or("", |(lines, _)| lines.trim_start_matches('s'));
    lines
        .split(',')
        .filter_map(|line| line.trim().parse().ok())
        .collect()
}
