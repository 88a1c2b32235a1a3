//! Script cases: a file with a script, beside it a file with its transcript.
//!
//! A case begins with comment lines. Those with an `@` are for the harness:
//!
//! - `@fails`: the call is to end with `isError`; without it, it is to succeed
//! - `@expect TEXT`: the answer contains this, true whatever the transcript says;
//!   the line of the script that an error quotes does not count
//! - `@number LOW HIGH TEXT`: so it does, with a number from LOW to HIGH in the
//!   place of the `_` in TEXT
//! - `@quotes TEXT`: the line of the script that an error quotes contains this
//! - `@absent TEXT`: the answer does not contain this
//! - `@within SECONDS`: the answer takes this time at most (2 otherwise), on a
//!   machine as quick as [`crate::pace`] has it
//! - `@limits JSON`: `limits` of the configuration
//! - `@unchecked`: scripts are not checked before they run
//! - `@server NAME FLAGS…`: one more fake downstream
//! - `@strip`: the script is what follows the header; otherwise the whole file is
//!
//! `@@repeat(1000,"text")` in a script stands for that text a thousand times, in
//! a script and not in the file. A case needs an expectation of its own. The
//! transcript is what the client sees, as [`crate::transcript`] writes it down;
//! `RETORT_BLESS=1` writes it.

use std::fs;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde_json::Value;

use crate::client::ToolResult;
use crate::pace::Pace;
use crate::transcript;

/// Characters of text that all blocks of an answer have together, at most.
const ANSWER_CHARACTERS: usize = 10_000;

/// How long a case may take that does not say otherwise.
const IN_TIME: Duration = Duration::from_secs(2);

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
    /// Numbers it contains: their bounds, and what stands before and after.
    pub numbers: Vec<Number>,
    /// What the quoted line of the script contains.
    pub quotes: Vec<String>,
    /// What the answer does not contain.
    pub absent: Vec<String>,
    /// How long it may take.
    pub within: Duration,
    /// What the case needs of the configuration.
    pub needs: Needs,
    /// The script.
    pub source: String,
}

/// A number that differs from run to run, within bounds.
#[derive(Debug, Clone, PartialEq)]
pub struct Number {
    /// What it may be.
    pub bounds: RangeInclusive<f64>,
    /// The text before it.
    pub before: String,
    /// The text after it.
    pub after: String,
}

/// Cases with the same needs share one `retort serve`.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Needs {
    /// `limits` of the configuration as JSON text; empty for the defaults.
    pub limits: String,
    /// Whether scripts are run unchecked.
    pub unchecked: bool,
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
        numbers: Vec::new(),
        quotes: Vec::new(),
        absent: Vec::new(),
        within: IN_TIME,
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
            "number" => case.numbers.push(number(value)),
            "quotes" => case.quotes.push(value.to_owned()),
            "absent" => case.absent.push(value.to_owned()),
            "within" => {
                let seconds = value.parse().expect("`@within` takes a number of seconds");
                case.within = Duration::from_secs_f64(seconds);
            }
            "limits" => value.clone_into(&mut case.needs.limits),
            "unchecked" => case.needs.unchecked = true,
            "server" => {
                let mut words = value.split_whitespace().map(str::to_owned);
                let server = words.next().expect("`@server` takes a name");
                case.needs.servers.push((server, words.collect()));
            }
            "strip" => strip = true,
            other => panic!("{name}: unknown directive `@{other}`"),
        }
    }
    assert!(
        case.expect.iter().any(|text| !text.is_empty()) || !case.numbers.is_empty(),
        "{name}: a case needs an `@expect` of its own"
    );
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

fn number(value: &str) -> Number {
    let mut words = value.splitn(3, ' ');
    let mut bound = || words.next()?.parse::<f64>().ok();
    let (Some(low), Some(high)) = (bound(), bound()) else {
        panic!("`@number` takes two numbers and a text");
    };
    let text = words.next().and_then(|text| text.split_once('_'));
    let (before, after) = text.expect("`@number` takes a text with `_` in it");
    Number {
        bounds: low..=high,
        before: before.to_owned(),
        after: after.to_owned(),
    }
}

impl Number {
    /// What is wrong with the answer.
    fn missing(&self, text: &str) -> Option<String> {
        let Self {
            bounds,
            before,
            after,
        } = self;
        let found = text.match_indices(before.as_str()).find_map(|(at, _)| {
            let from = &text[at + before.len()..];
            let end = from.find(|c: char| !c.is_ascii_digit() && c != '.')?;
            let number = from[..end].parse::<f64>().ok()?;
            from[end..].starts_with(after.as_str()).then_some(number)
        });
        match found {
            None => Some(format!("no `{before}_{after}` in the answer")),
            Some(number) if bounds.contains(&number) => None,
            Some(number) => Some(format!(
                "`{before}{number}{after}` is not within {bounds:?}"
            )),
        }
    }
}

/// Whether an answer came in the time the case allows.
pub fn is_in_time(case: &Case, result: &ToolResult, pace: Pace) -> bool {
    result.took <= pace.of(case.within)
}

/// Compares an answer with what the case says; `bless` writes the transcript.
///
/// # Errors
/// What differs, for the reader.
pub fn judge(case: &Case, result: &ToolResult, pace: Pace, bless: bool) -> Result<(), String> {
    let mut wrong = Vec::new();
    if result.is_error != case.fails {
        let ended = if result.is_error {
            "failed"
        } else {
            "succeeded"
        };
        wrong.push(format!("it {ended}"));
    }
    if !is_in_time(case, result, pace) {
        let (took, allowed) = (result.took, pace.of(case.within));
        wrong.push(format!("it took {took:?}, {allowed:?} are allowed"));
    }
    let characters = result.text().chars().count();
    if characters > ANSWER_CHARACTERS {
        wrong.push(format!("the answer has {characters} characters"));
    }
    let (text, quoted) = transcript::without_quoted_line(&result.text());
    let lacks = |part: &&String| !text.contains(part.as_str());
    for part in case.expect.iter().filter(lacks) {
        wrong.push(format!("no `{part}` in the answer"));
    }
    wrong.extend(
        case.numbers
            .iter()
            .filter_map(|number| number.missing(&text)),
    );
    for part in case.quotes.iter().filter(|part| !quoted.contains(*part)) {
        wrong.push(format!("the quoted line has no `{part}`"));
    }
    for part in case.absent.iter().filter(|part| !lacks(part)) {
        wrong.push(format!("`{part}` in the answer"));
    }
    let got = transcript::of(result);
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
        let text = "// What it shows.\n// @fails\n// @expect 1\n// @limits {\"a\":1}\n// @strip\nx@@repeat(3,\"(\\\"\")y\n";
        let case = parse(Path::new("a/b.ts"), "a/b", text);
        assert!(case.fails);
        assert_eq!(case.needs.limits, "{\"a\":1}");
        assert_eq!(case.source, "x(\"(\"(\"y\n");
    }

    #[test]
    fn numbers_are_held_against_their_bounds() {
        let check = |directive: &str, text: &str, wanted: bool| {
            assert_eq!(number(directive).missing(text).is_none(), wanted, "{text}");
        };
        let directive = "1 1.5 time: 1 s allowed, _ s used";
        check(directive, "time: 1 s allowed, 1.2 s used", true);
        check(directive, "time: 1 s allowed, 1.6 s used", false);
        check(directive, "time: 1 s allowed, 900 ms used", false);
        check(directive, "time: 2 s allowed, 1.2 s used", false);
    }
}
