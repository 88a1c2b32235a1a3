//! Clients by other people: the TypeScript and Python SDKs, the Inspector.

use std::path::Path;
use std::process::Command;

use retort_tests::judge;
use retort_tests::setup::Setup;
use serde_json::Value;

use crate::BINARIES;

const SCRIPT: &str = "return (await fake.add({ a: 20, b: 22 })).sum";
const TOOLS: [&str; 4] = [
    "describe_tools",
    "execute_code",
    "execute_tool",
    "search_tools",
];

/// The words that start `retort serve` with a fake downstream.
fn serve(name: &str) -> Vec<String> {
    let setup = Setup::new(BINARIES, name).fake("fake", &[]);
    // These start it in their own environment, with the user's state folder.
    let config = setup.set("learn", serde_json::json!(false)).write();
    let config = config.to_str().unwrap().to_owned();
    [BINARIES.retort, "serve", "--config"]
        .map(str::to_owned)
        .into_iter()
        .chain([config])
        .collect()
}

fn json_output(command: &mut Command) -> Value {
    let output = command.output().unwrap();
    let (stdout, stderr) = (
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
    );
    assert!(output.status.success(), "{command:?}\n{stdout}\n{stderr}");
    serde_json::from_str(&stdout).unwrap_or_else(|error| panic!("{error}: {stdout}\n{stderr}"))
}

fn check(answer: &Value) {
    let mut tools: Vec<&str> = answer["tools"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(Value::as_str)
        .collect();
    tools.sort_unstable();
    assert_eq!(tools, TOOLS);
    assert_eq!(answer["content"][0]["text"], "42", "{answer}");
}

#[test]
fn the_typescript_sdk_gets_a_scripts_result() {
    let (node, _sdk) = match (
        judge::node(),
        judge::npm("@modelcontextprotocol/sdk/package.json"),
    ) {
        (Ok(node), Ok(sdk)) => (node, sdk),
        (Err(why), _) | (_, Err(why)) => return judge::skip(&why),
    };
    let mut command = Command::new(node);
    command
        .arg(judge::file("npm/client.mjs"))
        .arg(SCRIPT)
        .args(serve("typescript"));
    check(&json_output(&mut command));
}

#[test]
fn the_python_sdk_gets_a_scripts_result_in_both_eras() {
    let python = match judge::python() {
        Ok(python) => python,
        Err(why) => return judge::skip(&why),
    };
    for mode in ["legacy", "auto"] {
        let mut command = Command::new(&python);
        command
            .arg(judge::file("python/client.py"))
            .args([mode, SCRIPT])
            .args(serve(&format!("python-{mode}")));
        check(&json_output(&mut command));
    }
}

#[test]
fn the_inspector_gets_a_scripts_result_in_both_eras() {
    let script = "@modelcontextprotocol/inspector/clients/launcher/build/index.js";
    let (node, inspector) = match (judge::node(), judge::npm(script)) {
        (Ok(node), Ok(inspector)) => (node, inspector),
        (Err(why), _) | (_, Err(why)) => return judge::skip(&why),
    };
    for era in ["legacy", "modern"] {
        let server = serve(&format!("inspector-{era}"));
        let list = inspect(
            &node,
            &inspector,
            era,
            &["--method", "tools/list", "--strict"],
            &server,
        );
        let tools: Vec<Value> = list["tools"]
            .as_array()
            .unwrap()
            .iter()
            .map(|tool| tool["name"].clone())
            .collect();
        let arguments = serde_json::json!({ "code": SCRIPT }).to_string();
        let call = [
            "--method",
            "tools/call",
            "--tool-name",
            "execute_code",
            "--tool-args-json",
            &arguments,
        ];
        let result = inspect(&node, &inspector, era, &call, &server);
        check(&serde_json::json!({ "tools": tools, "content": result["content"] }));
    }
}

/// Runs the Inspector's command line against a server.
fn inspect(node: &Path, inspector: &Path, era: &str, method: &[&str], server: &[String]) -> Value {
    let mut command = Command::new(node);
    command
        .arg(inspector)
        .args([
            "--cli",
            "--quiet",
            "--format",
            "json",
            "--protocol-era",
            era,
        ])
        .args(method)
        .arg("--")
        .args(server)
        .env("HOME", BINARIES.scratch);
    json_output(&mut command)["result"].take()
}
