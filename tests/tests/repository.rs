//! Rules that hold for the repository as a whole.

#![allow(clippy::unwrap_used)] // Helpers of tests too.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// Lines a file may have; what is longer wants to be two files.
const LINES: usize = 600;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap()
        .to_owned()
}

/// All files of the repository with one of these extensions.
fn files(extensions: &[&str]) -> Vec<PathBuf> {
    const SKIPPED: [&str; 6] = [
        ".git",
        "target",
        "node_modules",
        ".venv",
        "corpus",
        "artifacts",
    ];
    let mut found = Vec::new();
    let mut folders = vec![root()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if path.is_symlink() || SKIPPED.contains(&name.as_str()) {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
            } else if extensions.iter().any(|extension| name.ends_with(extension)) {
                found.push(path);
            }
        }
    }
    found.sort();
    assert!(!found.is_empty());
    found
}

fn shown(path: &Path) -> String {
    path.strip_prefix(root()).unwrap().display().to_string()
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn none(what: &str, found: Vec<String>) {
    assert!(found.is_empty(), "{what}:\n  {}", found.join("\n  "));
}

/// Direct dependencies of the workspace's members: member, dependency, its features.
fn dependencies() -> Vec<(String, String, Vec<String>)> {
    let output = Command::new(env!("CARGO"))
        .args([
            "metadata",
            "--format-version",
            "1",
            "--no-deps",
            "--offline",
        ])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let mut all = Vec::new();
    for package in metadata["packages"].as_array().unwrap() {
        for dependency in package["dependencies"].as_array().unwrap() {
            let features = dependency["features"]
                .as_array()
                .unwrap()
                .iter()
                .map(text)
                .collect();
            all.push((text(&package["name"]), text(&dependency["name"]), features));
        }
    }
    all
}

#[test]
fn crates_depend_only_on_what_they_may() {
    // Who may use what, directly; everything else is free.
    let rules: [(&[&str], &[&str]); 8] = [
        (&["wasmtime", "wasmtime-wizer"], &["retort-sandbox"]),
        (
            &["boa_engine", "boa_gc", "boa_runtime", "oxc"],
            &["retort-guest"],
        ),
        (&["rmcp"], &["retort-tools", "retort-mcp"]),
        (&["clap", "anyhow", "tracing-subscriber"], &["retort-mcp"]),
        (&["retort-guest"], &["retort-sandbox", "retort-tools"]),
        (
            &["retort-sandbox"],
            &[
                "retort-mcp",
                "retort-examples",
                "retort-tests",
                "retort-fuzz",
            ],
        ),
        (
            &["retort-tools"],
            &["retort-mcp", "retort-examples", "retort-fuzz"],
        ),
        (&["retort-mcp"], &["retort-tests", "retort-examples"]),
    ];
    let mut wrong = Vec::new();
    for (member, dependency, features) in dependencies() {
        for (crates, users) in rules {
            if crates.contains(&dependency.as_str()) && !users.contains(&member.as_str()) {
                wrong.push(format!("`{member}` depends on `{dependency}`"));
            }
        }
        let side = |name: &str| features.iter().any(|feature| feature == name);
        let other_side = (member == "retort-tools" && side("server"))
            || (member == "retort-mcp" && side("client"));
        if dependency == "rmcp" && other_side {
            wrong.push(format!("`{member}` has rmcp's other side"));
        }
        if dependency == "retort-guest" && !features.is_empty() {
            wrong.push(format!(
                "`{member}` uses more of `retort-guest` than the contract"
            ));
        }
    }
    none("dependencies that are not allowed", wrong);
}

#[test]
fn every_path_the_architecture_page_names_exists() {
    let page = read(&root().join("ARCHITECTURE.md"));
    let named: BTreeSet<PathBuf> = page
        .split('`')
        .skip(1)
        .step_by(2)
        .filter_map(path_in)
        .collect();
    assert!(named.len() >= 30, "the page names its files: {named:?}");
    let gone = named.iter().filter(|path| !root().join(path).exists());
    none(
        "paths that are gone",
        gone.map(|path| path.display().to_string()).collect(),
    );
}

/// The path that a span of code names, if it names one.
fn path_in(span: &str) -> Option<PathBuf> {
    if let Some(case) = span.strip_prefix("security/") {
        return Some(PathBuf::from(format!("tests/cases/security/{case}.ts")));
    }
    let plain = span
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || "/._-".contains(c));
    let file = [".rs", ".md", ".toml", ".ts", ".lock"]
        .iter()
        .any(|end| span.ends_with(end));
    (plain && (file || span.contains('/'))).then(|| PathBuf::from(span))
}

#[test]
fn every_threat_has_its_cases() {
    let page = read(&root().join("ARCHITECTURE.md"));
    let cases: Vec<PathBuf> = files(&[".ts"])
        .into_iter()
        .filter(|path| shown(path).starts_with("tests/cases/security/"))
        .collect();
    let unnamed = cases
        .iter()
        .map(|path| path.file_stem().unwrap().to_string_lossy().into_owned())
        .filter(|name| !page.contains(&format!("security/{name}")))
        .collect();
    none("security cases that no threat names", unnamed);
}

#[test]
fn files_are_short_and_say_what_they_are() {
    let mut wrong = Vec::new();
    for path in files(&[".rs", ".ts", ".mjs", ".py"]) {
        let text = read(&path);
        let lines = text.lines().count();
        if lines > LINES {
            wrong.push(format!("{} has {lines} lines", shown(&path)));
        }
        let rust = path.extension().is_some_and(|extension| extension == "rs");
        let is_test = path
            .iter()
            .any(|part| part == "tests" || part == "tests.rs");
        if rust && !is_test && !text.contains("//!") {
            wrong.push(format!("{} does not say what it owns", shown(&path)));
        }
        if path.file_name().is_some_and(|name| name == "mod.rs") {
            wrong.push(format!("{} wants to be named for its module", shown(&path)));
        }
    }
    none("files against the house style", wrong);
}

#[test]
fn no_file_names_one_persons_machine() {
    // In pieces, so that this file does not name them either.
    let machine = [["/ro", "ot/"], ["/wo", "rk/"], ["artif", "actory"]].map(|parts| parts.concat());
    let mut wrong = Vec::new();
    for path in files(&[
        ".rs", ".ts", ".toml", ".md", ".json", ".lock", ".mjs", ".py", ".txt", "justfile", "run",
    ]) {
        let text = read(&path);
        for (number, line) in text.lines().enumerate() {
            if machine.iter().any(|part| line.contains(part.as_str())) {
                wrong.push(format!("{}:{}: {}", shown(&path), number + 1, line.trim()));
            }
        }
    }
    none("lines that only make sense on one machine", wrong);
}

#[test]
fn lock_files_name_no_registry() {
    let lock = read(&root().join("tests/npm/package-lock.json"));
    let lock: Value = serde_json::from_str(&lock).unwrap();
    let packages = lock["packages"].as_object().unwrap();
    let resolved = packages
        .iter()
        .filter(|(_, package)| package["resolved"].is_string());
    none(
        "packages bound to a registry",
        resolved.map(|(name, _)| name.clone()).collect(),
    );
}
