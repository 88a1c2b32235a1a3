//! A JSON-RPC client over a child's stdin and stdout.
//!
//! One thread reads: responses go to whoever waits for their id, notifications
//! and the server's own requests to a queue, and any line that is no JSON-RPC
//! message is kept as a stray, which every test ends by asking for.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// How long a test waits for what should come at once.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// Which protocol the client speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Era {
    /// `initialize` with this protocol version.
    Legacy(&'static str),
    /// `server/discover`, and metadata in each request.
    Modern,
}

/// The modern era's protocol version.
pub const MODERN: &str = "2026-07-28";

/// A running server and the connection to it; dropping it kills the server.
pub struct Client {
    child: Child,
    stdin: Mutex<Option<ChildStdin>>,
    shared: Arc<Shared>,
    incoming: Receiver<Value>,
    next_id: AtomicU64,
    era: Era,
}

#[derive(Default)]
struct Shared {
    waiting: Mutex<HashMap<u64, Sender<(Value, Instant)>>>,
    strays: Mutex<Vec<String>>,
    stderr: Mutex<String>,
}

/// A request under way.
#[derive(Debug)]
pub struct Pending {
    /// The request's id on the wire.
    pub id: u64,
    sent: Instant,
    answer: Receiver<(Value, Instant)>,
}

/// A response.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The whole message.
    pub message: Value,
    /// From sending the request to reading the response.
    pub took: Duration,
}

impl Client {
    /// Spawns the server; says nothing to it yet.
    pub fn spawn(mut command: Command, era: Era) -> Self {
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command
            .spawn()
            .unwrap_or_else(|error| panic!("cannot start {command:?}: {error}"));
        let stdin = child.stdin.take();
        let stdout = child.stdout.take().expect("stdout is piped");
        let stderr = child.stderr.take().expect("stderr is piped");
        let shared = Arc::new(Shared::default());
        let (sender, incoming) = mpsc::channel();
        let reading = Arc::clone(&shared);
        thread::spawn(move || reading.read_messages(stdout, &sender));
        let logging = Arc::clone(&shared);
        thread::spawn(move || logging.read_log(stderr));
        Self {
            child,
            stdin: Mutex::new(stdin),
            shared,
            incoming,
            next_id: AtomicU64::new(1),
            era,
        }
    }

    /// Spawns the server and opens the session.
    pub fn connect(command: Command, era: Era) -> Self {
        let client = Self::spawn(command, era);
        client.open();
        client
    }

    /// Opens the session and returns the server's description of itself.
    pub fn open(&self) -> Value {
        match self.era {
            Era::Legacy(version) => {
                let params = json!({
                    "protocolVersion": version,
                    "capabilities": {},
                    "clientInfo": { "name": "retort-tests", "version": "1.0.0" },
                });
                let result = self.request("initialize", params).result();
                self.notify("notifications/initialized", json!({}));
                result
            }
            Era::Modern => self.request("server/discover", json!({})).result(),
        }
    }

    /// Sends a request.
    pub fn request(&self, method: &str, mut params: Value) -> Pending {
        if self.era == Era::Modern {
            let meta = &mut params["_meta"];
            meta["io.modelcontextprotocol/protocolVersion"] = json!(MODERN);
            meta["io.modelcontextprotocol/clientInfo"] =
                json!({ "name": "retort-tests", "version": "1.0.0" });
            meta["io.modelcontextprotocol/clientCapabilities"] = json!({});
        }
        let id = self.next_id.fetch_add(1, Ordering::Relaxed);
        let (sender, answer) = mpsc::channel();
        locked(&self.shared.waiting).insert(id, sender);
        let sent = Instant::now();
        self.write_line(
            &json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }).to_string(),
        );
        Pending { id, sent, answer }
    }

    /// Sends `tools/call`.
    pub fn call(&self, tool: &str, arguments: Value) -> Pending {
        self.request(
            "tools/call",
            json!({ "name": tool, "arguments": arguments }),
        )
    }

    /// Sends `tools/call` for `execute_code`.
    pub fn script(&self, code: &str) -> Pending {
        self.call("execute_code", json!({ "code": code }))
    }

    /// Runs a script that has to return a value, and returns that value's text.
    pub fn value_of(&self, code: &str) -> String {
        let answer = self.script(code).tool_result(PATIENCE);
        assert!(!answer.is_error, "the script failed: {}", answer.text());
        answer.block(0).to_owned()
    }

    /// Sends a notification.
    pub fn notify(&self, method: &str, params: Value) {
        self.write_line(
            &json!({ "jsonrpc": "2.0", "method": method, "params": params }).to_string(),
        );
    }

    /// Writes a line as it is; a server that is gone is noticed when it does not answer.
    pub fn write_line(&self, line: &str) {
        if let Some(stdin) = locked(&self.stdin).as_mut() {
            let _ = stdin
                .write_all(format!("{line}\n").as_bytes())
                .and_then(|()| stdin.flush());
        }
    }

    /// The next notification, or request of the server's, if one comes in time.
    pub fn incoming(&self, at_most: Duration) -> Option<Value> {
        self.incoming.recv_timeout(at_most).ok()
    }

    /// Everything that came and was not asked for yet.
    pub fn drain(&self) -> Vec<Value> {
        self.incoming.try_iter().collect()
    }

    /// Closes the server's stdin, as a client does that goes away.
    pub fn disconnect(&self) {
        locked(&self.stdin).take();
    }

    /// Waits for the server to end.
    pub fn exit(&mut self, at_most: Duration) -> Option<ExitStatus> {
        // The readers end with the process, and their channel with them.
        let until = Instant::now() + at_most;
        while let Some(left) = until.checked_duration_since(Instant::now()) {
            match self.incoming.recv_timeout(left) {
                Err(RecvTimeoutError::Disconnected) => return self.child.wait().ok(),
                Err(RecvTimeoutError::Timeout) => break,
                Ok(_) => {}
            }
        }
        None
    }

    /// The server's process id.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Lines on stdout that were no JSON-RPC messages.
    pub fn strays(&self) -> Vec<String> {
        locked(&self.shared.strays).clone()
    }

    /// What the server wrote to stderr so far.
    pub fn stderr(&self) -> String {
        locked(&self.shared.stderr).clone()
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        // Closing stdin first lets the server end its own children.
        self.disconnect();
        if self.exit(Duration::from_secs(5)).is_none() {
            let _ = self.child.kill();
            let _ = self.child.wait();
        }
    }
}

impl Shared {
    fn read_messages(&self, stdout: impl Read, incoming: &Sender<Value>) {
        for line in BufReader::new(stdout).lines() {
            let Ok(line) = line else { break };
            let message = serde_json::from_str::<Value>(&line).ok();
            let message = message.filter(|message| message["jsonrpc"] == "2.0");
            match message {
                None => locked(&self.strays).push(line),
                Some(message) if message["method"].is_string() => {
                    let _ = incoming.send(message);
                }
                Some(message) => {
                    let waiting = message["id"]
                        .as_u64()
                        .and_then(|id| locked(&self.waiting).remove(&id));
                    match waiting {
                        Some(sender) => {
                            let _ = sender.send((message, Instant::now()));
                        }
                        None => locked(&self.strays).push(line),
                    }
                }
            }
        }
        // Whoever still waits learns at once that nothing will come.
        locked(&self.waiting).clear();
    }

    fn read_log(&self, stderr: impl Read) {
        for line in BufReader::new(stderr).lines().map_while(Result::ok) {
            let mut log = locked(&self.stderr);
            log.push_str(&line);
            log.push('\n');
        }
    }
}

impl Pending {
    /// The response, if it comes in time.
    pub fn within(&self, at_most: Duration) -> Option<Answer> {
        let (message, at) = self.answer.recv_timeout(at_most).ok()?;
        Some(Answer {
            message,
            took: at - self.sent,
        })
    }

    /// The response's `result`; an error, or silence, fails the test.
    pub fn result(&self) -> Value {
        let answer = self.within(PATIENCE).expect("the server answers in time");
        assert!(
            answer.message.get("result").is_some(),
            "expected a result: {}",
            answer.message
        );
        answer.message["result"].clone()
    }

    /// The response's `error`; a result, or silence, fails the test.
    pub fn error(&self) -> Value {
        let answer = self.within(PATIENCE).expect("the server answers in time");
        assert!(
            answer.message.get("error").is_some(),
            "expected an error: {}",
            answer.message
        );
        answer.message["error"].clone()
    }

    /// The response as a tool's result; an error, or silence, fails the test.
    pub fn tool_result(&self, at_most: Duration) -> ToolResult {
        self.result_within(at_most)
            .unwrap_or_else(|| panic!("no answer within {at_most:?}"))
    }

    /// The response as a tool's result, if it comes in time; an error fails the test.
    pub fn result_within(&self, at_most: Duration) -> Option<ToolResult> {
        let answer = self.within(at_most)?;
        let result = answer.message.get("result");
        let result = result.unwrap_or_else(|| panic!("expected a result: {}", answer.message));
        Some(ToolResult {
            is_error: result["isError"] == json!(true),
            blocks: result["content"].as_array().cloned().unwrap_or_default(),
            took: answer.took,
        })
    }
}

/// What a `tools/call` came back with.
#[derive(Debug, Clone)]
pub struct ToolResult {
    /// `isError`.
    pub is_error: bool,
    /// The content blocks.
    pub blocks: Vec<Value>,
    /// From the request to the response.
    pub took: Duration,
}

impl ToolResult {
    /// The text of one block; empty where there is no such block or it is no text.
    pub fn block(&self, index: usize) -> &str {
        self.blocks
            .get(index)
            .and_then(|block| block["text"].as_str())
            .unwrap_or_default()
    }

    /// The text of all blocks.
    pub fn text(&self) -> String {
        let texts: Vec<&str> = (0..self.blocks.len()).map(|i| self.block(i)).collect();
        texts.join("\n")
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
