//! Whole connections in memory: what a client writes, what it reads.

use retort_tools::{DownstreamOptions, DownstreamServer, Downstreams};
use serde_json::{Value, json};
use tokio::io::{
    AsyncBufReadExt, AsyncWriteExt, BufReader, DuplexStream, Lines, ReadHalf, WriteHalf,
};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use super::{ServeError, serve_on};
use crate::app::App;
use crate::config::Config;

const INITIALIZE_ERAS: [&str; 4] = ["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"];
const METHOD_NOT_FOUND: i64 = -32_601;

/// A client that writes and reads lines.
struct Client {
    read: Lines<BufReader<ReadHalf<DuplexStream>>>,
    write: WriteHalf<DuplexStream>,
    served: JoinHandle<Result<(), ServeError>>,
    stop: CancellationToken,
}

impl Client {
    /// Connects to an app over one server that opens its streams and never
    /// answers.
    fn connect() -> Self {
        let hanging = DownstreamServer::embedded("slow", || {
            let (near, far) = tokio::io::duplex(1024);
            std::mem::forget(far);
            near
        });
        let options = DownstreamOptions::default();
        let downstreams = Downstreams::start_servers(vec![hanging], options);
        let app = App::over(downstreams, Config::default());
        let (near, far) = tokio::io::duplex(1 << 16);
        let (read, write) = tokio::io::split(far);
        let stop = CancellationToken::new();
        let served = tokio::spawn(serve_on(app, read, write, stop.clone()));
        let (read, write) = tokio::io::split(near);
        Self {
            read: BufReader::new(read).lines(),
            write,
            served,
            stop,
        }
    }

    async fn initialized(version: &str) -> Self {
        let mut client = Self::connect();
        let params = json!({"protocolVersion": version, "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}});
        let reply = client.ask(0, "initialize", params).await;
        assert_eq!(reply["result"]["protocolVersion"], version);
        client
            .send(&json!({"jsonrpc": "2.0", "method": "notifications/initialized"}))
            .await;
        client
    }

    async fn send(&mut self, message: &Value) {
        self.send_line(&message.to_string()).await;
    }

    async fn send_line(&mut self, line: &str) {
        self.write
            .write_all(format!("{line}\n").as_bytes())
            .await
            .expect("connected");
    }

    async fn next(&mut self) -> Value {
        let line = self
            .read
            .next_line()
            .await
            .expect("connected")
            .expect("a line");
        serde_json::from_str(&line).expect("JSON")
    }

    async fn ask(&mut self, id: u32, method: &str, params: Value) -> Value {
        self.send(&json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}))
            .await;
        let reply = self.next().await;
        assert_eq!(reply["id"], id, "{reply}");
        reply
    }

    async fn call(&mut self, id: u32, tool: &str, arguments: Value) -> Value {
        self.ask(
            id,
            "tools/call",
            json!({"name": tool, "arguments": arguments}),
        )
        .await
    }
}

fn modern(mut params: Value) -> Value {
    params["_meta"] = json!({
        "io.modelcontextprotocol/protocolVersion": "2026-07-28",
        "io.modelcontextprotocol/clientInfo": {"name": "test", "version": "1"},
        "io.modelcontextprotocol/clientCapabilities": {},
    });
    params
}

fn check_mistake(reply: &Value, expected: &str) {
    assert_eq!(reply["result"]["isError"], true, "{reply}");
    let text = reply["result"]["content"][0]["text"]
        .as_str()
        .expect("a text");
    assert!(text.contains(expected), "{text}");
}

#[tokio::test]
async fn clients_of_all_versions_see_the_same_tools() {
    let mut seen = Vec::new();
    for version in INITIALIZE_ERAS {
        let mut client = Client::initialized(version).await;
        seen.push(client.ask(1, "tools/list", json!({})).await["result"]["tools"].clone());
    }
    let mut client = Client::connect();
    let reply = client.ask(1, "server/discover", modern(json!({}))).await;
    assert!(
        reply["result"]["instructions"]
            .as_str()
            .is_some_and(|text| text.contains("slow"))
    );
    seen.push(client.ask(2, "tools/list", modern(json!({}))).await["result"]["tools"].clone());

    let names: Vec<_> = seen[0]
        .as_array()
        .expect("tools")
        .iter()
        .map(|tool| &tool["name"])
        .collect();
    assert_eq!(
        names,
        [
            "search_tools",
            "describe_tools",
            "execute_tool",
            "execute_code"
        ]
    );
    assert!(seen.iter().all(|tools| *tools == seen[0]));
}

#[tokio::test]
async fn what_is_not_declared_is_not_there() {
    let mut client = Client::initialized("2025-06-18").await;
    let completion = json!({"ref": {"type": "ref/prompt", "name": "x"}, "argument": {"name": "a", "value": "b"}});
    for (id, (method, params)) in [
        ("prompts/list", json!({})),
        ("prompts/get", json!({"name": "x"})),
        ("resources/list", json!({})),
        ("resources/templates/list", json!({})),
        ("resources/read", json!({"uri": "x:y"})),
        ("completion/complete", completion),
        ("logging/setLevel", json!({"level": "info"})),
        ("no/such", json!({})),
    ]
    .into_iter()
    .enumerate()
    {
        let reply = client
            .ask(u32::try_from(id).expect("few"), method, params)
            .await;
        assert_eq!(
            reply["error"]["code"], METHOD_NOT_FOUND,
            "{method}: {reply}"
        );
    }
}

#[tokio::test]
async fn mistakes_are_results_and_the_connection_goes_on() {
    let mut client = Client::initialized("2025-06-18").await;
    check_mistake(
        &client.call(1, "execute_code", json!("return 1")).await,
        "must be a JSON object",
    );
    check_mistake(
        &client.call(2, "execute_code", json!({"script": "x"})).await,
        "did you mean `code`",
    );
    check_mistake(&client.call(3, "nothing", json!({})).await, "unknown tool");
    let deep = format!("{}{}", "[".repeat(2_000), "]".repeat(2_000));
    client
        .send_line(&format!(
            r#"{{"jsonrpc":"2.0","id":4,"method":"tools/call","params":{{"name":"execute_tool","arguments":{{"tool":"x.y","arguments":{{"a":{deep}}}}}}}}}"#
        ))
        .await;
    check_mistake(&client.next().await, "cannot be read");
    client.send_line("garbage").await;
    client
        .send_line(r#"{"jsonrpc":"2.0","id":5,"method":"tools/call","params":{"name":"\ud83d","arguments":{}}}"#)
        .await;
    check_mistake(&client.next().await, "unknown tool `\u{fffd}`");

    let mut client = Client::connect();
    let reply = client
        .ask(
            1,
            "tools/call",
            modern(json!({"name": "execute_code", "arguments": 1})),
        )
        .await;
    check_mistake(&reply, "must be a JSON object");
    assert_eq!(reply["result"]["resultType"], "complete");
}

#[tokio::test(start_paused = true)]
async fn search_names_servers_that_are_not_ready() {
    let mut client = Client::initialized("2025-06-18").await;
    let reply = client
        .call(1, "search_tools", json!({"query": "list"}))
        .await;
    let text = reply["result"]["content"][0]["text"]
        .as_str()
        .expect("a text");
    assert!(
        text.contains("Still starting, so without their tools: `slow`"),
        "{text}"
    );
}

#[tokio::test(start_paused = true)]
async fn progress_comes_while_waiting_and_never_after_the_answer() {
    let mut client = Client::initialized("2025-06-18").await;
    let params = json!({"name": "describe_tools", "arguments": {"tools": ["slow"]}, "_meta": {"progressToken": "p"}});
    client
        .send(&json!({"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params}))
        .await;
    let mut seconds = Vec::new();
    loop {
        let message = client.next().await;
        if message["id"] == 1 {
            break;
        }
        assert_eq!(message["method"], "notifications/progress");
        assert_eq!(message["params"]["progressToken"], "p");
        seconds.push(message["params"]["progress"].as_f64().expect("a number"));
    }
    // Servers are waited for 30 s: then the answer comes, or one more just before it.
    let expected = [10.0, 20.0, 30.0];
    assert!(
        seconds.len() >= 2 && expected.starts_with(&seconds),
        "{seconds:?}"
    );
    assert_eq!(client.ask(2, "ping", json!({})).await["result"], json!({}));
}

#[tokio::test(start_paused = true)]
async fn cancelled_request_is_not_answered() {
    let mut client = Client::initialized("2025-06-18").await;
    let params = json!({"name": "execute_tool", "arguments": {"tool": "slow.x"}});
    client
        .send(&json!({"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params}))
        .await;
    let cancelled =
        json!({"jsonrpc": "2.0", "method": "notifications/cancelled", "params": {"requestId": 1}});
    client.send(&cancelled).await;
    assert_eq!(client.ask(2, "ping", json!({})).await["result"], json!({}));
}

#[tokio::test(start_paused = true)]
async fn closing_or_stopping_ends_the_connection_and_its_calls() {
    for stops in [false, true] {
        let mut client = Client::initialized("2025-06-18").await;
        let params = json!({"name": "execute_tool", "arguments": {"tool": "slow.x"}});
        client
            .send(&json!({"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params}))
            .await;
        client.ask(2, "ping", json!({})).await;
        let started = tokio::time::Instant::now();
        let Client {
            read,
            write,
            served,
            stop,
        } = client;
        if stops {
            stop.cancel();
        } else {
            drop((read, write));
        }
        assert_eq!(served.await.expect("no panic"), Ok(()));
        assert!(started.elapsed().as_secs() < 4, "{:?}", started.elapsed());
    }
}

#[tokio::test]
async fn client_that_says_nothing_is_no_failure() {
    let Client {
        read,
        write,
        served,
        ..
    } = Client::connect();
    drop((read, write));
    assert_eq!(served.await.expect("no panic"), Ok(()));
}
