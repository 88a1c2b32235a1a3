//! The commands for a terminal: same path, value on stdout, the rest on stderr.

use std::fs;
use std::process::{Command, Output};

use retort_tests::setup::Setup;
use serde_json::Value;

use crate::BINARIES;

pub(crate) fn output(mut command: Command) -> (String, String, i32) {
    let Output {
        stdout,
        stderr,
        status,
    } = command.output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (text(stdout), text(stderr), status.code().unwrap_or(-1))
}

#[test]
fn run_prints_the_value_and_nothing_else_on_stdout() {
    let setup = Setup::new(BINARIES, "run").fake("fake", &[]);
    let script = setup.folder().join("script.ts");
    fs::write(
        &script,
        "console.log('beside'); return (await fake.add({ a: 1, b: 2 })).sum",
    )
    .unwrap();
    let (stdout, stderr, code) = output(setup.command(&["run", script.to_str().unwrap()]));
    assert_eq!((stdout.trim_end(), code), ("3", 0), "{stderr}");
    assert!(stderr.contains("beside"), "{stderr}");

    fs::write(&script, "throw new Error('on purpose')").unwrap();
    let (stdout, stderr, code) = output(setup.command(&["run", script.to_str().unwrap()]));
    assert_eq!(stdout, "");
    assert_ne!(code, 0);
    assert!(stderr.contains("on purpose"), "{stderr}");
}

#[test]
fn search_describe_and_call_work_in_a_terminal() {
    let setup = Setup::new(BINARIES, "terminal").fake("fake", &[]);
    let (found, stderr, code) = output(setup.command(&["search", "add numbers"]));
    assert!(found.contains("fake.add") && code == 0, "{found}{stderr}");
    let (described, stderr, code) = output(setup.command(&["describe", "fake.add"]));
    assert!(
        described.contains("sum") && code == 0,
        "{described}{stderr}"
    );
    let (sum, stderr, code) = output(setup.command(&["call", "fake.add", r#"{"a":1,"b":2}"#]));
    assert!(sum.contains('3') && code == 0, "{sum}{stderr}");
    let (_, stderr, code) = output(setup.command(&["call", "fake.add", r#"{"a":1}"#]));
    assert!(code != 0 && stderr.contains('b'), "{stderr}");
}

#[test]
fn the_configurations_schema_is_json_schema() {
    let mut command = Command::new(BINARIES.retort);
    command.args(["config", "schema"]);
    let (schema, stderr, code) = output(command);
    assert_eq!(code, 0, "{stderr}");
    let schema: Value = serde_json::from_str(&schema).unwrap();
    assert!(schema["properties"]["mcpServers"].is_object(), "{schema}");
}

#[test]
fn a_misspelt_key_is_an_error_with_a_suggestion() {
    let setup = Setup::new(BINARIES, "misspelt").set("limit", serde_json::json!({}));
    let (_, stderr, code) = output(setup.command(&["search", "x"]));
    assert!(code != 0 && stderr.contains("`limits`"), "{stderr}");
}

#[test]
fn a_configuration_found_in_the_working_directory_starts_nothing() {
    let setup = Setup::new(BINARIES, "untrusted").fake("fake", &[]);
    setup.write();
    let mut command = Command::new(BINARIES.retort);
    command
        .args(["search", ""])
        .current_dir(setup.folder())
        .env_remove("RETORT_CONFIG")
        .env("HOME", setup.folder())
        .env("XDG_CONFIG_HOME", setup.folder().join("config"));
    let (stdout, stderr, _) = output(command);
    assert!(!stdout.contains("fake"), "{stdout}");
    assert!(stderr.contains("retort trust"), "{stderr}");
}
