//! The scripts of `tests/corpora`: what is found before they run, and what comes
//! of them when nobody looks.
//!
//! `RETORT_CASES` narrows them by name; `RETORT_UNCHECKED=1` leaves out what is
//! found, for those who write scripts without knowing the check.

use std::env;
use std::fmt::Write;

use retort_tests::client::{Client, PATIENCE, ToolResult};
use retort_tests::corpus::{self, Ends, Script, Told};
use retort_tests::judge;
use retort_tests::setup::Setup;
use serde_json::{Value, json};

use crate::{BINARIES, LEGACY};

/// The downstream servers, as files in `tests/corpora/servers`.
const SERVERS: [&str; 5] = ["crm", "files", "metrics", "my-mail", "tracker"];

#[test]
fn right_scripts_run_and_nothing_is_found() {
    let checked = serve("corpus-right", true);
    let unchecked = serve("corpus-right-unchecked", false);
    let mut failures = Vec::new();
    for script in chosen("right") {
        assert!(
            matches!(script.ends, Ends::Returns(_)) && script.expected.is_empty(),
            "{} is no right script",
            script.name
        );
        let mut judge = |client: &Client, how: &str| {
            let answer = run(client, &script);
            reset(client);
            if let Err(why) = ended(&script, &answer) {
                failures.push(format!("{} ({how}): {why}", script.name));
            }
            let found = corpus::told(&answer.text());
            if !found.is_empty() {
                failures.push(format!("{} ({how}): found {}", script.name, answer.text()));
            }
        };
        judge(&unchecked, "unchecked");
        if !only_unchecked() {
            judge(&checked, "checked");
        }
    }
    report(&failures);
}

#[test]
fn what_is_wrong_is_found_before_anything_is_called() {
    let checked = serve("corpus-wrong", true);
    let unchecked = serve("corpus-wrong-unchecked", false);
    let mut failures = Vec::new();
    let (mut expected, mut missed) = (0, 0);
    for script in chosen("wrong") {
        assert!(
            !matches!(script.ends, Ends::Returns(_)),
            "{} is no wrong script",
            script.name
        );
        if let Err(why) = ended(&script, &run(&unchecked, &script)) {
            failures.push(format!("{} (unchecked): {why}", script.name));
        }
        reset(&unchecked);
        if only_unchecked() {
            continue;
        }
        expected += script.expected.len();
        missed += script.expected.iter().filter(|one| one.is_missed).count();
        let answer = run(&checked, &script);
        let calls = reset(&checked);
        if let Err(why) = found(&script, &answer, calls) {
            failures.push(format!("{}: {why}\n{}\n", script.name, answer.text()));
        }
    }
    report(&failures);
    assert!(
        missed * 20 <= expected || env::var_os("RETORT_CASES").is_some(),
        "{missed} of {expected} findings are missed"
    );
}

/// The scripts of a corpus, without those that are not asked for.
fn chosen(corpus: &str) -> Vec<Script> {
    let only = env::var("RETORT_CASES").unwrap_or_default();
    let mut scripts = corpus::load(&judge::file("corpora").join(corpus));
    let all = scripts.len();
    assert!(
        all >= 150 || !only.is_empty(),
        "there are {all} {corpus} scripts"
    );
    scripts.retain(|script| script.name.contains(&only));
    assert!(
        !scripts.is_empty(),
        "no {corpus} script has `{only}` in its name"
    );
    scripts
}

fn only_unchecked() -> bool {
    env::var_os("RETORT_UNCHECKED").is_some_and(|value| value == "1")
}

fn serve(name: &str, check: bool) -> Client {
    let mut setup = Setup::new(BINARIES, name).set("checkScripts", json!(check));
    for server in SERVERS {
        let tools = judge::file("corpora/servers").join(format!("{server}.json"));
        let tools = tools.to_str().expect("the path is UTF-8");
        setup = setup.fake(server, &["--tools", tools]);
    }
    let client = Client::connect(setup.serve(), LEGACY);
    reset(&client);
    client
}

fn run(client: &Client, script: &Script) -> ToolResult {
    client.script(&script.source).tool_result(PATIENCE)
}

/// Puts the servers' rows back. How many calls came since the last time.
fn reset(client: &Client) -> usize {
    let script = format!(
        "const servers = {};
        return await Promise.all(servers.map((server) => callTool(server, 'reset', {{}})))",
        json!(SERVERS)
    );
    let calls: Value = serde_json::from_str(&client.value_of(&script)).expect("counts");
    let calls = calls.as_array().into_iter().flatten();
    calls.map(count).sum()
}

/// A text result that is a number stays a text.
fn count(calls: &Value) -> usize {
    let text = calls
        .as_str()
        .map_or_else(|| calls.to_string(), str::to_owned);
    text.parse().expect("a count")
}

/// Whether a script ended as it should.
fn ended(script: &Script, answer: &ToolResult) -> Result<(), String> {
    let block = answer.block(0);
    match &script.ends {
        Ends::Returns(value) | Ends::Gives(value, _) => {
            if answer.is_error || !value.is(block) {
                return Err(format!("expected {value:?}, got {}", answer.text()));
            }
        }
        Ends::Throws(text) => {
            if !answer.is_error || !answer.text().contains(text.as_str()) {
                return Err(format!(
                    "expected an error with `{text}`, got {}",
                    answer.text()
                ));
            }
        }
    }
    Ok(())
}

/// Whether what is found is what is expected, and nothing was called where
/// something is sure to fail.
fn found(script: &Script, answer: &ToolResult, calls: usize) -> Result<(), String> {
    let told = corpus::told(&answer.text());
    let mut wrong = String::new();
    let mut explained = vec![false; told.len()];
    for expected in &script.expected {
        let at = told.iter().position(|told| expected.is(told));
        match at {
            Some(at) => {
                explained[at] = true;
                if expected.is_missed {
                    let _ = writeln!(wrong, "no longer missed: {expected:?}");
                }
            }
            None if expected.is_missed => {}
            None => {
                let _ = writeln!(wrong, "not found: {expected:?}");
            }
        }
    }
    if script.expected.is_empty() {
        let _ = writeln!(wrong, "nothing is expected of it");
    }
    let refused = answer.is_error && answer.block(0).starts_with("nothing was run");
    let unreadable = answer.block(0).starts_with("SyntaxError");
    // Of one line more may be said than what is expected there.
    let is_marked = |told: &Told| {
        let mut expected = script.expected.iter();
        expected.any(|one| one.line == told.line && one.severity == told.severity)
    };
    for (told, explained) in told.iter().zip(explained) {
        if !explained && !is_marked(told) {
            let _ = writeln!(wrong, "not expected: {told:?}");
        }
    }
    let sure = script
        .expected
        .iter()
        .any(|expected| expected.severity == "error" && !expected.is_missed);
    if sure && !refused && !unreadable {
        let _ = writeln!(wrong, "it ran");
    }
    if sure && calls > 0 {
        let _ = writeln!(wrong, "{calls} calls went out");
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong) }
}

fn report(failures: &[String]) {
    assert!(
        failures.is_empty(),
        "{} scripts are judged otherwise:\n\n{}",
        failures.len(),
        failures.join("\n")
    );
}
