//! The tools, and tool definitions, that break the rules.

use std::process;

use serde_json::{Value, json};

use crate::polite::tool;
use crate::protocol::Answer;

/// All definitions, in a fixed order.
pub(crate) fn definitions() -> Vec<Value> {
    let integer = json!({ "type": "integer", "minimum": 0 });
    vec![
        tool(
            "garbage",
            "Answers with a line that is not JSON.",
            json!({}),
            &[],
        ),
        tool("cut_off", "Answers with half a response.", json!({}), &[]),
        tool(
            "chatty",
            "Logs to stdout before it answers.",
            json!({}),
            &[],
        ),
        tool(
            "lone_surrogate",
            "Answers with text cut inside an emoji.",
            json!({}),
            &[],
        ),
        tool(
            "huge_number",
            "Answers with a number no double can hold.",
            json!({}),
            &[],
        ),
        tool(
            "nested",
            "Answers with nested arrays.",
            json!({ "levels": integer }),
            &["levels"],
        ),
        tool(
            "nested_text",
            "Answers with nested arrays as text.",
            json!({ "levels": integer }),
            &["levels"],
        ),
        tool("duplicate", "Answers twice.", json!({}), &[]),
        tool(
            "unknown_id",
            "Answers a request nobody made, then its own.",
            json!({}),
            &[],
        ),
        tool(
            "wrong_shape",
            "Answers with a result that is no tool result.",
            json!({}),
            &[],
        ),
        tool(
            "proto_keys",
            "Answers with keys that name prototypes.",
            json!({}),
            &[],
        ),
        tool("silent", "Never answers.", json!({}), &[]),
        tool("exit", "Exits in mid-call.", json!({}), &[]),
        tool(
            "long_notification",
            "Sends a notification of many bytes, then answers.",
            json!({ "bytes": integer }),
            &["bytes"],
        ),
        tool(
            "asks_client",
            "Sends the client a request before it answers.",
            json!({}),
            &[],
        ),
        tool(
            "__proto__",
            "Is named like a property of every object.",
            json!({}),
            &[],
        ),
        tool(
            "constructor",
            "Is named like a property of every object.",
            json!({}),
            &[],
        ),
        tool(
            "toString",
            "Is named like a property of every object.",
            json!({}),
            &[],
        ),
        ref_bomb(),
        tool(
            "regex_bomb",
            "Has a pattern that backtracks.",
            json!({ "x": { "type": "string", "pattern": "^(a+)+$" } }),
            &["x"],
        ),
    ]
}

/// A schema of 26 definitions, each of which names the next one twice.
fn ref_bomb() -> Value {
    let mut bomb = tool(
        "ref_bomb",
        "Has a schema that doubles 26 times.",
        json!({ "x": { "$ref": "#/$defs/d0" } }),
        &[],
    );
    for n in 0..26 {
        let next = json!({ "$ref": format!("#/$defs/d{}", n + 1) });
        bomb["inputSchema"]["$defs"][format!("d{n}")] = json!({ "allOf": [next, next] });
    }
    bomb["inputSchema"]["$defs"]["d26"] = json!({ "type": "object" });
    bomb
}

/// Entries of `tools/list` that are not sound.
pub(crate) fn malformed() -> Vec<Value> {
    vec![
        json!({ "description": "no name", "inputSchema": { "type": "object" } }),
        json!({ "name": 7, "inputSchema": { "type": "object" } }),
        json!({ "name": "no_schema", "description": "has no schema" }),
        json!({ "name": "odd_schema", "description": "its schema is a list", "inputSchema": [1, 2] }),
        json!({ "name": "bad_type", "inputSchema": { "type": "object", "properties": { "x": { "type": "any" } } } }),
        json!({ "name": "dangling", "inputSchema": { "type": "object", "properties": { "x": { "$ref": "#/$defs/gone" } } } }),
        json!("not even an object"),
    ]
}

/// Answers a call, or `None` where the tool is not one of these.
pub(crate) fn call(id: &Value, name: &str, arguments: &Value) -> Option<Answer> {
    let levels = arguments["levels"].as_u64().unwrap_or(0) as usize;
    let good = text_response(id, "\"fine\"");
    Some(match name {
        "garbage" => Answer::Raw("<html>502 Bad Gateway</html>".to_owned()),
        "cut_off" => {
            let whole = text_response(id, "\"cut\"");
            Answer::Raw(whole[..whole.len() / 2].to_owned())
        }
        "chatty" => Answer::Raw(format!(
            "starting work...\n\n{{\"level\":\"info\"}}\n{good}"
        )),
        "lone_surrogate" => Answer::Raw(text_response(id, r#""cut \ud83d here""#)),
        "huge_number" => Answer::Raw(structured_response(id, r#"{"n":1e400,"minus":-1e400}"#)),
        "nested" => {
            let deep = format!("{{\"deep\":{}{}}}", "[".repeat(levels), "]".repeat(levels));
            Answer::Raw(structured_response(id, &deep))
        }
        "nested_text" => {
            let deep = format!("\"{}{}\"", "[".repeat(levels), "]".repeat(levels));
            Answer::Raw(text_response(id, &deep))
        }
        "duplicate" => Answer::Raw(format!(
            "{}\n{}",
            text_response(id, "\"first\""),
            text_response(id, "\"second\"")
        )),
        "unknown_id" => Answer::Raw(format!(
            "{}\n{good}",
            text_response(&json!(987_654_321), "\"whose\"")
        )),
        "wrong_shape" => Answer::Raw(format!(
            r#"{{"jsonrpc":"2.0","id":{id},"result":"just a string"}}"#
        )),
        "proto_keys" => Answer::Raw(structured_response(
            id,
            r#"{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},"toString":1}"#,
        )),
        "silent" => Answer::Nothing,
        "exit" => process::exit(7),
        "long_notification" => {
            let bytes = arguments["bytes"].as_u64().unwrap_or(0) as usize;
            Answer::Raw(format!(
                "{{\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\",\"params\":{{\"level\":\"info\",\"data\":\"{}\"}}}}\n{good}",
                "n".repeat(bytes)
            ))
        }
        "asks_client" => Answer::Raw(format!(
            "{{\"jsonrpc\":\"2.0\",\"id\":\"ask-1\",\"method\":\"roots/list\"}}\n{good}"
        )),
        "__proto__" | "constructor" | "toString" => {
            Answer::Raw(text_response(id, &format!("\"called {name}\"")))
        }
        "ref_bomb" | "regex_bomb" => Answer::Raw(text_response(id, "\"checked\"")),
        _ => return None,
    })
}

/// A response whose text block holds `json_string`, which is put in as it is.
fn text_response(id: &Value, json_string: &str) -> String {
    format!(
        r#"{{"jsonrpc":"2.0","id":{id},"result":{{"resultType":"complete","content":[{{"type":"text","text":{json_string}}}]}}}}"#
    )
}

/// A response with structured content, which is put in as it is.
fn structured_response(id: &Value, json: &str) -> String {
    format!(
        r#"{{"jsonrpc":"2.0","id":{id},"result":{{"resultType":"complete","content":[{{"type":"text","text":"see structured"}}],"structuredContent":{json}}}}}"#
    )
}
