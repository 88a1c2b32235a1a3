//! The tools that do what they say.

use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

use crate::protocol::{Answer, Server};
use crate::state::State;

/// A one-pixel PNG.
const PIXEL: &str = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

/// All definitions, in a fixed order.
pub(crate) fn definitions(state: &State) -> Vec<Value> {
    let number = json!({ "type": "number" });
    let integer = json!({ "type": "integer", "minimum": 0 });
    let string = json!({ "type": "string" });
    let mut tools = vec![
        tool(
            "echo",
            "Gives back what it is given. Any JSON value will do.",
            json!({ "value": {} }),
            &["value"],
        ),
        typed(
            "add",
            "Adds two numbers.",
            json!({ "a": number, "b": number }),
            &["a", "b"],
            json!({
                "type": "object",
                "properties": { "sum": { "type": "number" } },
                "required": ["sum"],
            }),
        ),
        tool(
            "records",
            "Lists product records.",
            json!({
                "n": { "type": "integer", "minimum": 0, "maximum": 100_000, "description": "How many." },
            }),
            &["n"],
        ),
        tool(
            "sleep_ms",
            "Answers after a while.",
            json!({ "ms": integer, "value": {} }),
            &["ms"],
        ),
        tool(
            "counter",
            "Counts its own calls: state that lives in the session.",
            json!({}),
            &[],
        ),
        tool(
            "big_text",
            "Answers with a long text.",
            json!({ "bytes": integer }),
            &["bytes"],
        ),
        tool(
            "texts",
            "Answers with several text blocks.",
            json!({ "n": integer }),
            &["n"],
        ),
        tool("image", "Draws one pixel.", json!({}), &[]),
        tool("mixed", "Answers with a text and an image.", json!({}), &[]),
        tool(
            "future_block",
            "Answers with a content block of a kind nobody knows yet.",
            json!({}),
            &[],
        ),
        tool("nothing", "Answers with no content.", json!({}), &[]),
        tool(
            "fail",
            "Fails with the given message.",
            json!({ "message": string }),
            &["message"],
        ),
        tool("refuse", "Answers with a protocol error.", json!({}), &[]),
        typed(
            "wrapped",
            "Answers with its value wrapped in an object.",
            json!({}),
            &[],
            json!({
                "type": "object",
                "properties": { "result": { "type": "integer" } },
                "required": ["result"],
            }),
        ),
        tool("unicode", "Answers with text beyond ASCII.", json!({}), &[]),
        tool(
            "get-item",
            "Fetches an item; the name is no identifier.",
            json!({ "id": string }),
            &["id"],
        ),
        tool(
            "delete",
            "Deletes nothing; the name is a reserved word.",
            json!({ "id": string }),
            &[],
        ),
        tool(
            "then",
            "A tool with a name that promises look for.",
            json!({}),
            &[],
        ),
        tool(
            "create_order",
            "Creates an order.",
            json!({
                "customer": { "type": "string", "minLength": 1 },
                "lines": {
                    "type": "array",
                    "items": {
                        "type": "object",
                        "properties": { "sku": string, "quantity": { "type": "integer", "minimum": 1 } },
                        "required": ["sku", "quantity"],
                    },
                },
                "priority": { "enum": ["low", "high"] },
            }),
            &["customer", "lines"],
        ),
        tool(
            "journal",
            "Tells which calls and notifications came.",
            json!({}),
            &[],
        ),
        tool(
            "peak",
            "Tells how many calls were in flight together, and forgets it.",
            json!({}),
            &[],
        ),
        tool("grow", "Adds a tool and announces it.", json!({}), &[]),
        tool(
            "environment",
            "Lists the names of its environment variables.",
            json!({}),
            &[],
        ),
    ];
    for n in 1..=state.grown() {
        tools.push(tool(
            &format!("grown_{n}"),
            "A tool that was not there before.",
            json!({}),
            &[],
        ));
    }
    tools
}

/// The `n`th generated tool.
pub(crate) fn extra(n: usize) -> Value {
    tool(
        &format!("extra_{n}"),
        &format!("Generated tool number {n}."),
        json!({ "value": { "type": "string" } }),
        &[],
    )
}

/// A definition; used for the rude tools too.
pub(crate) fn tool(name: &str, description: &str, properties: Value, required: &[&str]) -> Value {
    json!({
        "name": name,
        "description": description,
        "inputSchema": { "type": "object", "properties": properties, "required": required },
    })
}

fn typed(
    name: &str,
    description: &str,
    properties: Value,
    required: &[&str],
    output: Value,
) -> Value {
    let mut definition = tool(name, description, properties, required);
    definition["outputSchema"] = output;
    definition["annotations"] = json!({ "readOnlyHint": true });
    definition
}

/// Answers a call, or `None` where the tool is not one of these.
pub(crate) fn call(server: &Server, name: &str, arguments: &Value) -> Option<Answer> {
    let result = match name {
        "echo" => text_of(&arguments["value"]),
        "add" => {
            let sum =
                arguments["a"].as_f64().unwrap_or(0.0) + arguments["b"].as_f64().unwrap_or(0.0);
            structured(json!({ "sum": whole_or_real(sum) }))
        }
        "records" => text_of(&records(size(arguments, "n"))),
        "sleep_ms" => {
            thread::sleep(Duration::from_millis(size(arguments, "ms") as u64));
            text_of(arguments.get("value").unwrap_or(&json!("slept")))
        }
        "counter" => text(&server.state.count().to_string()),
        "big_text" => text(&"x".repeat(size(arguments, "bytes"))),
        "texts" => blocks(
            (1..=size(arguments, "n"))
                .map(|n| text_block(&format!("text {n}")))
                .collect(),
        ),
        "image" => blocks(vec![image()]),
        "mixed" => blocks(vec![text_block("one pixel"), image()]),
        "future_block" => blocks(vec![
            text_block("known"),
            json!({ "type": "hologram", "depth": 3 }),
        ]),
        "nothing" => blocks(vec![]),
        "fail" => {
            let mut failed = text(arguments["message"].as_str().unwrap_or("failed"));
            failed["isError"] = json!(true);
            failed
        }
        "refuse" => return Some(Answer::Error(-32050, "refused by the fake".to_owned())),
        "wrapped" => structured(json!({ "result": 42 })),
        "unicode" => text("Grüße, 世界, 👩‍👩‍👧, \u{0} and \u{2028}"),
        "get-item" => text_of(&json!({ "id": arguments["id"], "found": true })),
        "delete" => text("deleted nothing"),
        "then" => text("then"),
        "create_order" => text_of(
            &json!({ "order": 1, "lines": arguments["lines"].as_array().map_or(0, Vec::len) }),
        ),
        "journal" => text_of(&Value::Array(server.state.journal())),
        "peak" => text(&server.state.take_peak().to_string()),
        "grow" => text(&format!("grown_{}", server.state.grow())),
        "environment" => {
            let mut names: Vec<String> = std::env::vars_os()
                .map(|(name, _)| name.to_string_lossy().into_owned())
                .collect();
            names.sort();
            text_of(&json!(names))
        }
        _ if name.starts_with("grown_") => text("grown"),
        _ if name.starts_with("extra_") => text_of(&arguments["value"]),
        _ => return None,
    };
    Some(Answer::Result(result))
}

fn size(arguments: &Value, key: &str) -> usize {
    arguments[key].as_u64().unwrap_or(0) as usize
}

/// 3 and not 3.0, as most servers write it.
fn whole_or_real(number: f64) -> Value {
    if number.fract() == 0.0 {
        json!(number as i64)
    } else {
        json!(number)
    }
}

fn records(n: usize) -> Value {
    const TAGS: [&str; 5] = ["garden", "kitchen", "office", "sale", "new"];
    (0..n)
        .map(|id| {
            json!({
                "id": id,
                "name": format!("Product {id}"),
                "price": (id * 37 % 1000) as f64 / 10.0,
                "stock": id * 7 % 100,
                "tags": [TAGS[id % 5], TAGS[(id / 5) % 5]],
            })
        })
        .collect()
}

/// A result with one text block: the string itself, or the value as JSON.
pub(crate) fn text_of(value: &Value) -> Value {
    match value {
        Value::String(string) => text(string),
        other => text(&other.to_string()),
    }
}

fn text(content: &str) -> Value {
    blocks(vec![text_block(content)])
}

fn text_block(content: &str) -> Value {
    json!({ "type": "text", "text": content })
}

fn image() -> Value {
    json!({ "type": "image", "data": PIXEL, "mimeType": "image/png" })
}

fn blocks(content: Vec<Value>) -> Value {
    json!({ "resultType": "complete", "content": content })
}

pub(crate) fn structured(value: Value) -> Value {
    let mut result = text_of(&value);
    result["structuredContent"] = value;
    result
}
