//! What is on the wire: both eras, the tools' definitions, wrong requests.

use std::time::Duration;

use retort_tests::client::{Client, Era, PATIENCE};
use retort_tests::setup::Setup;
use serde_json::{Value, json};

use crate::{BINARIES, LEGACY, with_fake};

fn tools(client: &Client) -> Vec<Value> {
    let result = client.request("tools/list", json!({})).result();
    result["tools"].as_array().cloned().unwrap_or_default()
}

#[test]
fn every_era_gets_the_same_tools_and_a_scripts_value() {
    let setup = Setup::new(BINARIES, "eras").fake("fake", &[]);
    let mut lists = Vec::new();
    for era in [
        Era::Legacy("2024-11-05"),
        Era::Legacy("2025-03-26"),
        LEGACY,
        Era::Legacy("2025-11-25"),
        Era::Modern,
    ] {
        let client = Client::connect(setup.serve(), era);
        let value = client.value_of("return (await fake.add({ a: 20, b: 22 })).sum");
        assert_eq!(value, "42", "{era:?}");
        lists.push(tools(&client));
        assert_eq!(client.strays(), Vec::<String>::new(), "{era:?}");
    }
    let names: Vec<&str> = lists[0]
        .iter()
        .filter_map(|tool| tool["name"].as_str())
        .collect();
    let mut sorted = names.clone();
    sorted.sort_unstable();
    assert_eq!(
        sorted,
        [
            "describe_tools",
            "execute_code",
            "execute_tool",
            "search_tools"
        ]
    );
    for list in &lists {
        assert_eq!(list, &lists[0]);
    }
}

#[test]
fn definitions_and_instructions_take_1200_tokens_at_most() {
    let setup = Setup::new(BINARIES, "tokens")
        .fake("everything", &[])
        .fake("filesystem", &[])
        .fake("memory", &[]);
    let client = Client::spawn(setup.serve(), LEGACY);
    let opened = client.open();
    let instructions = opened["instructions"].as_str().unwrap_or_default();
    let mut text = instructions.to_owned();
    for tool in tools(&client) {
        assert!(
            tool["outputSchema"].is_null(),
            "text answers have no schema: {tool}"
        );
        let description = tool["description"].as_str().unwrap_or_default();
        assert!(description.chars().count() <= 2000, "{tool}");
        text.push_str(&tool.to_string());
    }
    let encoder = tiktoken_rs::o200k_base().unwrap();
    let tokens = encoder.encode_ordinary(&text).len();
    assert!(tokens <= 1200, "{tokens} tokens: {text}");
    assert!(
        text.contains("filesystem"),
        "the servers' names are told: {text}"
    );
}

#[test]
fn instructions_and_annotations_are_honest() {
    let client = with_fake("annotations");
    for tool in tools(&client) {
        let name = tool["name"].as_str().unwrap_or_default();
        let read_only = tool["annotations"]["readOnlyHint"] == json!(true);
        assert_eq!(
            read_only,
            matches!(name, "search_tools" | "describe_tools"),
            "{tool}"
        );
    }
}

#[test]
fn wrong_arguments_are_results_and_not_protocol_errors() {
    let client = with_fake("wrong-arguments");
    for (tool, arguments, named) in [
        ("execute_code", json!({}), "code"),
        ("execute_code", json!({ "code": 7 }), "code"),
        ("execute_code", json!({ "source": "return 1" }), "code"),
        ("search_tools", json!({ "query": ["a"] }), "query"),
        (
            "search_tools",
            json!({ "query": "a", "limit": "many" }),
            "limit",
        ),
        ("describe_tools", json!({ "tools": {} }), "tools"),
        (
            "describe_tools",
            json!({ "tools": ["fake.add"], "detail": "everything" }),
            "detail",
        ),
        ("execute_tool", json!({ "arguments": {} }), "tool"),
        ("execute_tool", json!({ "tool": "fake.ad" }), "add"),
        (
            "execute_tool",
            json!({ "tool": "fake.add", "arguments": { "a": "x" } }),
            "fake.add",
        ),
    ] {
        let result = client.call(tool, arguments.clone()).tool_result(PATIENCE);
        assert!(result.is_error, "{tool} {arguments}: {}", result.text());
        assert!(
            result.text().contains(named),
            "{tool} {arguments}: {}",
            result.text()
        );
    }
}

#[test]
fn unknown_requests_are_refused_and_the_session_goes_on() {
    let client = with_fake("unknown-requests");
    for method in [
        "prompts/list",
        "resources/list",
        "completion/complete",
        "no/such/method",
    ] {
        assert_eq!(
            client.request(method, json!({})).error()["code"],
            -32601,
            "{method}"
        );
    }
    let unknown = client.call("no_such_tool", json!({}));
    let answer = unknown.within(PATIENCE).unwrap().message;
    assert!(
        answer["error"].is_object() || answer["result"]["isError"] == json!(true),
        "{answer}"
    );
    client.notify("notifications/no_such", json!({}));
    client.request("ping", json!({})).result();
    assert_eq!(client.value_of("return 1"), "1");
}

#[test]
fn lines_that_are_no_messages_do_not_end_the_session() {
    let client = with_fake("bad-lines");
    for line in [
        "not json",
        "",
        "[]",
        "{}",
        "{\"jsonrpc\":\"2.0\"}",
        "\u{0}\u{1}",
        "[[[[[[[[",
    ] {
        client.write_line(line);
    }
    client.write_line(&"[".repeat(100_000));
    assert_eq!(client.value_of("return 1"), "1");
}

#[test]
fn the_four_tools_answer() {
    let client = with_fake("four-tools");
    let ask = |tool: &str, arguments: Value| {
        let result = client.call(tool, arguments).tool_result(PATIENCE);
        assert!(!result.is_error, "{tool}: {}", result.text());
        result.text()
    };
    let found = ask("search_tools", json!({ "query": "add two numbers" }));
    assert!(found.contains("fake.add"), "{found}");
    let servers = ask("search_tools", json!({ "query": "" }));
    assert!(
        servers.contains("fake") && servers.contains("23"),
        "{servers}"
    );
    for detail in ["signature", "brief", "full"] {
        let arguments = json!({ "tools": ["fake.add", "fake.records"], "detail": detail });
        let described = ask("describe_tools", arguments);
        assert!(
            described.contains("add") && described.contains("number"),
            "{described}"
        );
    }
    let sum = ask(
        "execute_tool",
        json!({ "tool": "fake.add", "arguments": { "a": 1, "b": 2 } }),
    );
    assert!(sum.contains('3'), "{sum}");
    let again = ask("execute_tool", json!({ "tool": "fake.counter" }));
    assert!(again.starts_with('1'), "{again}");
    let value = ask(
        "execute_code",
        json!({ "code": "return (await fake.counter({}))" }),
    );
    assert!(value.starts_with('2'), "the session stayed open: {value}");
}

#[test]
fn media_reach_the_client() {
    let client = with_fake("media");
    let script = "const [image] = [].concat(await fake.image({})); emit(image); return 'drawn'";
    let result = client.script(script).tool_result(PATIENCE);
    let image = result.blocks.iter().find(|block| block["type"] == "image");
    let image = image.unwrap_or_else(|| panic!("no image in {:?}", result.blocks));
    assert_eq!(image["mimeType"], "image/png");
    assert_eq!(result.block(0), "drawn");
}

#[test]
fn a_run_with_a_progress_token_tells_progress_and_may_take_long() {
    let client = with_fake("progress");
    let code = "for (let i = 0; i < 2; i++) await fake.sleep_ms({ ms: 35000 }); return 'at last'";
    let run = client.request(
        "tools/call",
        json!({
            "name": "execute_code",
            "arguments": { "code": code },
            "_meta": { "progressToken": "token-1" },
        }),
    );
    let mut progress = Vec::new();
    // The longest time between two signs of life that a client may see.
    while let Some(message) = client.incoming(Duration::from_millis(15_500)) {
        assert_eq!(message["method"], "notifications/progress");
        assert_eq!(message["params"]["progressToken"], "token-1");
        progress.push(message["params"]["progress"].as_f64().unwrap_or(-1.0));
    }
    let result = run.tool_result(Duration::ZERO);
    assert_eq!(result.block(0), "at last", "{}", result.text());
    assert!(result.took >= Duration::from_secs(70));
    assert!(progress.len() >= 4 && progress.is_sorted(), "{progress:?}");
}
