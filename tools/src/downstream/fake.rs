//! A downstream server for tests: a function from what it hears to what it says.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, DuplexStream};

use super::{DownstreamOptions, DownstreamServer, Downstreams};

/// What a fake does in return for a message.
#[derive(Debug, Clone)]
pub(super) enum Say {
    Bytes(Vec<u8>),
    Pause(Duration),
    Exit,
}

/// One message that a fake got.
#[derive(Debug, Clone)]
pub(super) struct Heard {
    /// Which start of the server this is, from 1.
    pub(super) start: usize,
    pub(super) message: Value,
}

/// Everything a fake got.
pub(super) type Log = Arc<Mutex<Vec<Heard>>>;

pub(super) fn line(text: impl Into<String>) -> Say {
    let mut text = text.into();
    text.push('\n');
    Say::Bytes(text.into_bytes())
}

impl Heard {
    pub(super) fn method(&self) -> &str {
        self.message["method"].as_str().unwrap_or_default()
    }

    /// The id, as JSON.
    pub(super) fn id(&self) -> String {
        self.message["id"].to_string()
    }

    pub(super) fn argument(&self, name: &str) -> Value {
        self.message["params"]["arguments"][name].clone()
    }

    /// The answer with a result, given as JSON text.
    pub(super) fn result(&self, result: &str) -> Say {
        line(format!(
            "{{\"jsonrpc\":\"2.0\",\"id\":{},\"result\":{result}}}",
            self.id()
        ))
    }

    /// The answer of a tool with one text.
    pub(super) fn text(&self, text: &str) -> Say {
        self.result(&json!({"content": [{"type": "text", "text": text}]}).to_string())
    }

    pub(super) fn error(&self, code: i32, message: &str) -> Say {
        line(json!({"jsonrpc": "2.0", "id": self.message["id"], "error": {"code": code, "message": message}}).to_string())
    }

    /// What an ordinary server of 2025-11-25 with the tool `echo` says.
    pub(super) fn usual(&self) -> Vec<Say> {
        match self.method() {
            "initialize" => vec![self.result(
                r#"{"protocolVersion":"2025-11-25","capabilities":{"tools":{"listChanged":true}},
                    "serverInfo":{"name":"fake","version":"1"},"instructions":"be kind"}"#
                    .replace('\n', "")
                    .as_str(),
            )],
            "tools/list" => vec![self.result(&json!({"tools": [tool("echo")]}).to_string())],
            "tools/call" => vec![self.text(self.argument("text").as_str().unwrap_or("nothing"))],
            _ => vec![],
        }
    }
}

pub(super) fn tool(name: &str) -> Value {
    json!({
        "name": name,
        "description": "Gives back what it gets.",
        "inputSchema": {"type": "object", "properties": {"text": {"type": "string"}}},
    })
}

type Behaviour = dyn Fn(&Heard) -> Vec<Say> + Send + Sync;

/// A fake with a behaviour, and what it has heard.
pub(super) fn server(
    name: &str,
    behave: impl Fn(&Heard) -> Vec<Say> + Send + Sync + 'static,
) -> (DownstreamServer, Log) {
    let log = Log::default();
    let behave = Arc::new(behave);
    let starts = Arc::new(Mutex::new(0));
    let heard = log.clone();
    let server = DownstreamServer::embedded(name, move || {
        let (ours, theirs) = tokio::io::duplex(64 * 1024);
        let start = {
            let mut starts = starts.lock().unwrap();
            *starts += 1;
            *starts
        };
        tokio::spawn(run(theirs, start, behave.clone(), heard.clone()));
        ours
    });
    (server, log)
}

async fn run(pipe: DuplexStream, start: usize, behave: Arc<Behaviour>, log: Log) {
    let (input, mut output) = tokio::io::split(pipe);
    let mut lines = BufReader::new(input).lines();
    while let Ok(Some(line)) = lines.next_line().await {
        let message = serde_json::from_str(&line).unwrap();
        let heard = Heard { start, message };
        log.lock().unwrap().push(heard.clone());
        for say in behave(&heard) {
            match say {
                Say::Bytes(bytes) => {
                    if output.write_all(&bytes).await.is_err() {
                        return;
                    }
                }
                Say::Pause(pause) => tokio::time::sleep(pause).await,
                Say::Exit => return,
            }
        }
    }
}

/// One fake, started.
pub(super) fn start(
    behave: impl Fn(&Heard) -> Vec<Say> + Send + Sync + 'static,
) -> (Downstreams, Log) {
    let (server, log) = server("fake", behave);
    (
        Downstreams::start_servers(vec![server], DownstreamOptions::default()),
        log,
    )
}

/// How often a method was heard.
pub(super) fn count(log: &Log, method: &str) -> usize {
    log.lock()
        .unwrap()
        .iter()
        .filter(|heard| heard.method() == method)
        .count()
}
