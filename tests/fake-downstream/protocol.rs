//! JSON-RPC over stdin and stdout, and the MCP methods of both eras.
//!
//! Each `tools/call` has a thread of its own, so calls overlap and answers come
//! in any order.

use std::io::{self, BufRead, Write};
use std::sync::Arc;
use std::thread;

use serde_json::{Value, json};

use crate::flags::{Era, Flags, Opening};
use crate::state::State;
use crate::tables::Tables;
use crate::{polite, rude};

/// What a tool answers.
pub(crate) enum Answer {
    /// The `result` of the response.
    Result(Value),
    /// A JSON-RPC error.
    Error(i64, String),
    /// The response's line, or lines, as they are.
    Raw(String),
    /// No answer at all.
    Nothing,
}

/// What all threads share.
pub(crate) struct Server {
    pub(crate) flags: Flags,
    pub(crate) state: State,
    /// The tools of a file, if these are what it serves.
    pub(crate) tables: Option<Tables>,
}

/// Serves until stdin ends.
pub(crate) fn serve(flags: Flags, tables: Option<Tables>) {
    let server = Arc::new(Server {
        flags,
        state: State::default(),
        tables,
    });
    let mut opened = false;
    let mut listening: Option<Value> = None;
    for line in io::stdin().lock().lines() {
        let Ok(line) = line else { return };
        let Ok(message) = serde_json::from_str::<Value>(&line) else {
            log("a line from the client is not JSON");
            continue;
        };
        if server.flags.opening == Opening::Silent {
            continue;
        }
        let method = message["method"].as_str().unwrap_or_default().to_owned();
        let id = message["id"].clone();
        if id.is_null() {
            server.state.note(&method, &message["params"]);
            continue;
        }
        let params = message["params"].clone();
        match method.as_str() {
            "initialize" if server.flags.era != Era::Modern => {
                opened = true;
                send_result(&id, initialized(&server, &params));
            }
            "server/discover" if matches!(server.flags.era, Era::Modern | Era::Both) => {
                opened = true;
                send_result(&id, discovered(&server));
            }
            _ if !opened && server.flags.era == Era::LegacySilent => {}
            "ping" => send_result(&id, json!({})),
            "tools/list" => send_result(&id, list(&server, &params)),
            "subscriptions/listen" => {
                send(&json!({
                    "jsonrpc": "2.0",
                    "method": "notifications/subscriptions/acknowledged",
                    "params": {
                        "_meta": { "io.modelcontextprotocol/subscriptionId": id },
                        "notifications": { "toolsListChanged": true },
                    },
                }));
                listening = Some(id);
            }
            "tools/call" => {
                let server = Arc::clone(&server);
                let listening = listening.clone();
                thread::spawn(move || call(&server, &id, &params, listening.as_ref()));
            }
            _ => send_error(&id, -32601, &format!("unknown method {method}")),
        }
    }
}

fn call(server: &Server, id: &Value, params: &Value, listening: Option<&Value>) {
    let tool = params["name"].as_str().unwrap_or_default();
    let arguments = &params["arguments"];
    server
        .state
        .note("tools/call", &json!({ "tool": tool, "id": id }));
    let in_flight = server.state.enter();
    let answer = match &server.tables {
        Some(tables) => tables.call(tool, arguments),
        None => polite::call(server, tool, arguments).or_else(|| {
            server
                .flags
                .rude
                .then(|| rude::call(id, tool, arguments))
                .flatten()
        }),
    };
    drop(in_flight);
    match answer {
        Some(Answer::Result(result)) => send_result(id, result),
        Some(Answer::Error(code, message)) => send_error(id, code, &message),
        Some(Answer::Raw(lines)) => send_raw(&lines),
        Some(Answer::Nothing) => {}
        None => send_error(id, -32602, &format!("unknown tool {tool}")),
    }
    if tool == "grow" {
        let mut changed = json!({
            "jsonrpc": "2.0",
            "method": "notifications/tools/list_changed",
        });
        if let Some(subscription) = listening {
            changed["params"] =
                json!({ "_meta": { "io.modelcontextprotocol/subscriptionId": subscription } });
        }
        send(&changed);
    }
}

fn capabilities() -> Value {
    json!({ "tools": { "listChanged": true } })
}

fn info() -> Value {
    json!({ "name": "fake-downstream", "version": "1.0.0" })
}

fn initialized(server: &Server, params: &Value) -> Value {
    let asked = params["protocolVersion"].as_str().unwrap_or_default();
    let known = ["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"];
    let version = if known.contains(&asked) {
        asked
    } else {
        "2025-11-25"
    };
    let mut result = json!({
        "protocolVersion": version,
        "capabilities": capabilities(),
        "serverInfo": info(),
    });
    if let Some(instructions) = &server.flags.instructions {
        result["instructions"] = json!(instructions);
    }
    result
}

fn discovered(server: &Server) -> Value {
    let mut result = json!({
        "resultType": "complete",
        "supportedVersions": ["2026-07-28"],
        "capabilities": capabilities(),
        "ttlMs": 0,
        "cacheScope": "private",
        "_meta": { "io.modelcontextprotocol/serverInfo": info() },
    });
    if let Some(instructions) = &server.flags.instructions {
        result["instructions"] = json!(instructions);
    }
    result
}

fn list(server: &Server, params: &Value) -> Value {
    let mut tools = match &server.tables {
        Some(tables) => tables.definitions(),
        None => polite::definitions(&server.state),
    };
    if server.flags.rude {
        tools.extend(rude::definitions());
    }
    tools.extend((0..server.flags.extra_tools).map(polite::extra));
    if server.flags.malformed_tools {
        tools.splice(1..1, rude::malformed());
    }
    let page = match server.flags.page {
        0 => tools.len(),
        page => page,
    };
    let from = params["cursor"]
        .as_str()
        .and_then(|cursor| cursor.parse::<usize>().ok())
        .unwrap_or(0)
        .min(tools.len());
    let to = (from + page).min(tools.len());
    let mut result = json!({
        "resultType": "complete",
        "ttlMs": 0,
        "cacheScope": "private",
        "tools": tools[from..to],
    });
    if to < tools.len() {
        result["nextCursor"] = json!(to.to_string());
    }
    result
}

fn send_result(id: &Value, result: Value) {
    send(&json!({ "jsonrpc": "2.0", "id": id, "result": result }));
}

fn send_error(id: &Value, code: i64, message: &str) {
    send(&json!({ "jsonrpc": "2.0", "id": id, "error": { "code": code, "message": message } }));
}

fn send(message: &Value) {
    send_raw(&message.to_string());
}

/// Writes one or more lines at once; a client that is gone is no error of ours.
pub(crate) fn send_raw(lines: &str) {
    let mut stdout = io::stdout().lock();
    let _ = stdout.write_all(lines.as_bytes());
    let _ = stdout.write_all(b"\n");
    let _ = stdout.flush();
}

/// Writes to stderr, where servers log.
pub(crate) fn log(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}
