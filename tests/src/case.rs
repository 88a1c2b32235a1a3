//! Script cases: a file with a script, beside it a file with its transcript.
//!
//! A case begins with comment lines. Those with an `@` are for the harness:
//!
//! - `@fails`: the call is to end with `isError`; without it, it is to succeed
//! - `@expect TEXT`: the answer contains this (true whatever the transcript says)
//! - `@absent TEXT`: the answer does not contain this
//! - `@within SECONDS`: the answer takes this time, or this processor time, at
//!   most (20 otherwise)
//! - `@limits JSON`: `limits` of the configuration
//! - `@server NAME FLAGS…`: one more fake downstream
//! - `@strip`: the script is what follows the header; otherwise the whole file is
//!
//! `@@repeat(1000,"text")` in a script stands for that text a thousand times, in
//! a script and not in the file. The transcript is what the client sees, without
//! times and ids; `RETORT_BLESS=1` writes it.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde_json::Value;

use crate::client::ToolResult;

/// One case.
#[derive(Debug, Clone)]
pub struct Case {
    /// The script's file.
    pub path: PathBuf,
    /// Folder and name, as in `limits/endless_loop`.
    pub name: String,
    /// Whether the call is to end with `isError`.
    pub fails: bool,
    /// What the answer contains.
    pub expect: Vec<String>,
    /// What the answer does not contain.
    pub absent: Vec<String>,
    /// How long it may take.
    pub within: Duration,
    /// What the case needs of the configuration.
    pub needs: Needs,
    /// The script.
    pub source: String,
}

/// Cases with the same needs share one `retort serve`.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Needs {
    /// `limits` of the configuration as JSON text; empty for the defaults.
    pub limits: String,
    /// Name and flags of further fake downstreams.
    pub servers: Vec<(String, Vec<String>)>,
}

/// All cases below a folder, in the order of their names.
pub fn load(folder: &Path) -> Vec<Case> {
    let mut cases = Vec::new();
    for group in sorted(folder) {
        for path in sorted(&group) {
            if path.extension().is_some_and(|extension| extension == "ts") {
                let text = fs::read_to_string(&path)
                    .unwrap_or_else(|error| panic!("cannot read {}: {error}", path.display()));
                let name = path.with_extension("");
                let name = name
                    .strip_prefix(folder)
                    .expect("the case is in the folder");
                cases.push(parse(&path, &name.to_string_lossy(), &text));
            }
        }
    }
    cases
}

fn sorted(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder)
        .unwrap_or_else(|error| panic!("cannot list {}: {error}", folder.display()));
    let mut paths: Vec<PathBuf> = entries
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .collect();
    paths.sort();
    paths
}

fn parse(path: &Path, name: &str, text: &str) -> Case {
    let mut case = Case {
        path: path.to_owned(),
        name: name.to_owned(),
        fails: false,
        expect: Vec::new(),
        absent: Vec::new(),
        within: Duration::from_secs(20),
        needs: Needs::default(),
        source: String::new(),
    };
    let mut body = 0;
    let mut strip = false;
    for line in text.split_inclusive('\n') {
        let Some(comment) = line.strip_prefix("//") else {
            break;
        };
        body += line.len();
        let Some(directive) = comment.trim().strip_prefix('@') else {
            continue;
        };
        let (key, value) = directive.split_once(' ').unwrap_or((directive, ""));
        match key {
            "fails" => case.fails = true,
            "expect" => case.expect.push(value.to_owned()),
            "absent" => case.absent.push(value.to_owned()),
            "within" => {
                let seconds = value.parse().expect("`@within` takes a number of seconds");
                case.within = Duration::from_secs_f64(seconds);
            }
            "limits" => value.clone_into(&mut case.needs.limits),
            "server" => {
                let mut words = value.split_whitespace().map(str::to_owned);
                let server = words.next().expect("`@server` takes a name");
                case.needs.servers.push((server, words.collect()));
            }
            "strip" => strip = true,
            other => panic!("{name}: unknown directive `@{other}`"),
        }
    }
    let script = if strip { &text[body..] } else { text };
    case.source = expand(script);
    case
}

fn expand(script: &str) -> String {
    const MARK: &str = "@@repeat(";
    let mut expanded = String::with_capacity(script.len());
    let mut rest = script;
    while let Some(at) = rest.find(MARK) {
        expanded.push_str(&rest[..at]);
        let (count, after) = rest[at + MARK.len()..]
            .split_once(',')
            .expect("`@@repeat` takes a number, a comma and a string");
        let mut strings = serde_json::Deserializer::from_str(after).into_iter::<String>();
        let text = strings
            .next()
            .and_then(Result::ok)
            .expect("`@@repeat` takes a JSON string");
        let end = strings.byte_offset();
        let count = count.trim().parse().expect("`@@repeat` takes a number");
        expanded.push_str(&text.repeat(count));
        rest = after[end..]
            .strip_prefix(')')
            .expect("`@@repeat` ends with a parenthesis");
    }
    expanded.push_str(rest);
    expanded
}

/// What the client sees, as the transcript's file has it.
pub fn transcript(result: &ToolResult) -> String {
    let mut text = String::from(if result.is_error { "error\n" } else { "ok\n" });
    for block in &result.blocks {
        text.push_str("---\n");
        if let Some(content) = block["text"].as_str() {
            text.push_str(&without_accidents(&shortened(content)));
        } else {
            let size = block["data"].as_str().map_or(0, str::len);
            let kind = block["type"].as_str().unwrap_or("no type");
            let _ = write!(text, "[{kind} {} of {size} characters]", block["mimeType"]);
        }
        if !text.ends_with('\n') {
            text.push('\n');
        }
    }
    text
}

/// Compares an answer with what the case says; `bless` writes the transcript.
///
/// # Errors
/// What differs, for the reader.
pub fn judge(case: &Case, result: &ToolResult, bless: bool) -> Result<(), String> {
    let mut wrong = Vec::new();
    if result.is_error != case.fails {
        let ended = if result.is_error {
            "failed"
        } else {
            "succeeded"
        };
        wrong.push(format!("it {ended}"));
    }
    if result.took > case.within {
        wrong.push(format!("it took {:?}", result.took));
    }
    let text = result.text();
    for part in case.expect.iter().filter(|part| !text.contains(*part)) {
        wrong.push(format!("no `{part}` in the answer"));
    }
    for part in case.absent.iter().filter(|part| text.contains(*part)) {
        wrong.push(format!("`{part}` in the answer"));
    }
    let got = transcript(result);
    let file = case.path.with_extension("out");
    if !wrong.is_empty() {
        return Err(format!("{}\ngot: {got}", wrong.join(", ")));
    }
    if bless {
        return fs::write(&file, got).map_err(|error| error.to_string());
    }
    let wanted = fs::read_to_string(&file)
        .map_err(|_| format!("no transcript (RETORT_BLESS=1 writes it)\ngot: {got}"))?;
    if wanted == got {
        Ok(())
    } else {
        Err(format!(
            "the transcript differs\nwanted: {wanted}\ngot: {got}"
        ))
    }
}

/// Long texts are compared by their ends and their length.
fn shortened(text: &str) -> String {
    const SHOWN: usize = 1500;
    let count = text.chars().count();
    if count <= 2 * SHOWN {
        return text.to_owned();
    }
    let start: String = text.chars().take(SHOWN).collect();
    let end: String = text.chars().skip(count - SHOWN).collect();
    format!("{start}\n[… {count} characters in all …]\n{end}")
}

/// Leaves out what differs from run to run: times, how much of a limit was used,
/// and the ids of kept results.
fn without_accidents(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, number_on) = rest.split_at(at);
        clean.push_str(before);
        let end = number_on
            .find(|c: char| !c.is_ascii_digit() && c != '.')
            .unwrap_or(number_on.len());
        let (number, after) = number_on.split_at(end);
        let in_word = |text: &str| text.ends_with(|c: char| c.is_alphanumeric() || c == '_');
        let is_time = !in_word(&clean) && starts_with_time_unit(after);
        let is_used =
            number.len() >= 8 && after.starts_with(" bytes") || after.starts_with(" MiB needed");
        let is_result = clean
            .strip_suffix('r')
            .is_some_and(|before| !in_word(before));
        clean.push_str(if is_time || is_used || is_result {
            "_"
        } else {
            number
        });
        rest = after;
    }
    clean.push_str(rest);
    clean
}

fn starts_with_time_unit(text: &str) -> bool {
    let text = text.strip_prefix(' ').unwrap_or(text);
    ["ms", "µs", "s"].iter().any(|unit| {
        text.strip_prefix(unit)
            .is_some_and(|after| !after.starts_with(|c: char| c.is_alphanumeric() || c == '_'))
    })
}

/// The configuration's `limits` of these needs.
pub fn limits(needs: &Needs) -> Option<Value> {
    (!needs.limits.is_empty())
        .then(|| serde_json::from_str(&needs.limits).expect("`@limits` takes JSON"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_and_repetitions_are_read() {
        let text = "// What it shows.\n// @fails\n// @limits {\"a\":1}\n// @strip\nx@@repeat(3,\"(\\\"\")y\n";
        let case = parse(Path::new("a/b.ts"), "a/b", text);
        assert!(case.fails);
        assert_eq!(case.needs.limits, "{\"a\":1}");
        assert_eq!(case.source, "x(\"(\"(\"y\n");
    }

    #[test]
    fn accidents_are_left_out() {
        let check = |text: &str, wanted: &str| assert_eq!(without_accidents(text), wanted);
        check("took 12 ms, 3 calls", "took _ ms, 3 calls");
        check("1.25s and 7 MiB at 3:14", "_s and 7 MiB at 3:14");
        check("abc12 ms 4 seconds", "abc12 ms 4 seconds");
        check(
            "256 MiB allowed, 258.9 MiB needed",
            "256 MiB allowed, _ MiB needed",
        );
        check("kept as r12: (\"r3\") for4", "kept as r_: (\"r_\") for4");
    }
}
