//! Servers that behave well and badly, in this process and on paused time.

use std::time::Duration;

use serde_json::json;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::fake::{self, Heard, Say, line};
use super::*;
use crate::observed::Shape;

mod eras;
mod failing;
#[cfg(unix)]
mod processes;

const SECOND: Duration = Duration::from_secs(1);

fn request(tool: &str, arguments: &str) -> CallRequest {
    CallRequest {
        server: "fake".to_owned(),
        tool: tool.to_owned(),
        arguments: arguments.to_owned(),
        timeout: None,
        cancel: CancellationToken::new(),
        max_result_bytes: 8 * 1024 * 1024,
        max_result_depth: 500,
    }
}

async fn call(downstreams: &Downstreams, tool: &str, arguments: &str) -> Result<String, CallError> {
    downstreams
        .call(request(tool, arguments))
        .await
        .map(|output| output.value)
}

async fn echo(downstreams: &Downstreams) -> Result<String, CallError> {
    call(downstreams, "echo", r#"{"text":"hello"}"#).await
}

/// Runs one call against a server that answers `tools/call` as given.
async fn answered(
    behave: impl Fn(&Heard) -> Vec<Say> + Send + Sync + 'static,
) -> Result<String, CallError> {
    let (downstreams, _) = fake::start(move |heard| match heard.method() {
        "tools/call" => behave(heard),
        _ => heard.usual(),
    });
    let outcome = echo(&downstreams).await;
    downstreams.shutdown(SECOND).await;
    outcome
}

#[tokio::test(start_paused = true)]
async fn a_call_gives_the_value_and_the_catalog_shows_the_server() {
    let (downstreams, _) = fake::start(Heard::usual);
    assert_eq!(
        downstreams.catalog().servers()[0].state,
        ServerState::Starting
    );
    assert!(downstreams.wait_ready(None, SECOND).await.is_empty());
    let catalog = downstreams.catalog();
    assert_eq!(catalog.servers()[0].state, ServerState::Ready);
    assert_eq!(
        catalog.servers()[0].instructions.as_deref(),
        Some("be kind")
    );
    assert_eq!(echo(&downstreams).await.unwrap(), "\"hello\"");
    assert_eq!(call(&downstreams, "echo", "").await.unwrap(), "\"nothing\"");
    downstreams.shutdown(SECOND).await;
    assert_eq!(
        echo(&downstreams).await.unwrap_err().code,
        CallErrorCode::ServerUnavailable
    );
}

/// The shape is that of tools that promise none, and of no failure.
#[tokio::test(start_paused = true)]
async fn a_call_tells_whose_it_was_and_what_shape_it_gave() {
    let (server, _) = fake::server("the fake", |heard| match heard.method() {
        "tools/list" => {
            let mut typed = fake::tool("typed");
            typed["outputSchema"] = json!({"type": "object"});
            let tools = json!({"tools": [fake::tool("get-item"), typed]});
            vec![heard.result(&tools.to_string())]
        }
        "tools/call" if heard.argument("text") == "fail" => {
            vec![heard.result(r#"{"isError":true,"content":[{"type":"text","text":"{}"}]}"#)]
        }
        "tools/call" => vec![heard.text(r#"{"id": 1}"#)],
        _ => heard.usual(),
    });
    let shape = async |observe: bool, tool: &str, arguments: &str| {
        let options = DownstreamOptions {
            observe,
            ..DownstreamOptions::default()
        };
        let downstreams = Downstreams::start_servers(vec![server.clone()], options);
        let request = CallRequest {
            server: "the_fake".to_owned(),
            ..request(tool, arguments)
        };
        let output = downstreams.call(request).await.ok()?;
        assert_eq!(output.server, "the fake");
        assert_eq!(output.tool, tool.replace('_', "-"));
        output.shape
    };
    let expected = Shape::of_json(r#"{"id": 2}"#);
    assert_eq!(shape(true, "get_item", "{}").await, expected);
    assert_eq!(shape(false, "get_item", "{}").await, None);
    assert_eq!(shape(true, "typed", "{}").await, None);
    assert_eq!(shape(true, "get_item", r#"{"text":"fail"}"#).await, None);
}

#[tokio::test(start_paused = true)]
async fn what_is_wrong_is_said_before_anything_is_sent() {
    let (downstreams, log) = fake::start(Heard::usual);
    let code = async |server: &str, tool: &str, arguments: &str| {
        let request = CallRequest {
            server: server.to_owned(),
            ..request(tool, arguments)
        };
        downstreams.call(request).await.unwrap_err().code
    };
    assert_eq!(
        code("fakes", "echo", "{}").await,
        CallErrorCode::UnknownServer
    );
    assert_eq!(code("fake", "ehco", "{}").await, CallErrorCode::UnknownTool);
    assert_eq!(
        code("fake", "echo", r#"{"text":1}"#).await,
        CallErrorCode::InvalidArguments
    );
    assert_eq!(
        code("fake", "echo", "[]").await,
        CallErrorCode::InvalidArguments
    );
    assert_eq!(
        code("fake", "echo", "{").await,
        CallErrorCode::InvalidArguments
    );
    assert_eq!(
        code("fake", "echo", r#"{"text":"\ud800"}"#).await,
        CallErrorCode::InvalidArguments
    );
    assert_eq!(
        code("fake", "echo", &"[".repeat(100_000)).await,
        CallErrorCode::InvalidArguments
    );
    let large = json!({"text": "x".repeat(1024 * 1024)}).to_string();
    assert_eq!(
        code("fake", "echo", &large).await,
        CallErrorCode::ArgumentTooLarge
    );
    assert_eq!(fake::count(&log, "tools/call"), 0);
}

#[tokio::test(start_paused = true)]
async fn a_call_waits_for_a_server_that_is_starting() {
    let (downstreams, _) = fake::start(|heard| {
        let mut says = heard.usual();
        if heard.method() == "initialize" {
            says.insert(0, Say::Pause(20 * SECOND));
        }
        says
    });
    assert_eq!(downstreams.wait_ready(None, 3 * SECOND).await, ["fake"]);
    assert_eq!(
        downstreams
            .wait_ready(Some(&["other".to_owned()]), 3 * SECOND)
            .await,
        [""; 0]
    );
    assert_eq!(echo(&downstreams).await.unwrap(), "\"hello\"");
}

#[tokio::test(start_paused = true)]
async fn a_server_that_cannot_start_does_not_stop_the_others() {
    let (good, _) = fake::server("fake", Heard::usual);
    let (silent, _) = fake::server("silent", |_| vec![]);
    let (off, _) = fake::server("off", Heard::usual);
    let remote = ServerConfig {
        url: Some("https://example.com".to_owned()),
        ..ServerConfig::default()
    };
    let servers = vec![
        silent,
        good,
        DownstreamServer {
            config: ServerConfig {
                disabled: true,
                ..ServerConfig::default()
            },
            ..off
        },
        DownstreamServer {
            name: "remote".to_owned(),
            config: remote,
            source: ServerSource::Process,
        },
    ];
    let downstreams = Downstreams::start_servers(servers, DownstreamOptions::default());
    assert_eq!(echo(&downstreams).await.unwrap(), "\"hello\"");
    assert_eq!(downstreams.wait_ready(None, 10 * SECOND).await, ["silent"]);
    assert!(downstreams.wait_ready(None, 60 * SECOND).await.is_empty());
    let catalog = downstreams.catalog();
    let states: Vec<String> = catalog
        .servers()
        .iter()
        .map(|server| server.state.to_string())
        .collect();
    assert_eq!(states[0], "failed: it did not finish starting within 30 s");
    assert_eq!(states[1..3], ["ready", "disabled"]);
    assert!(
        states[3].contains("`http` are not supported"),
        "{}",
        states[3]
    );
    let of = async |server: &str| {
        downstreams
            .call(CallRequest {
                server: server.to_owned(),
                ..request("echo", "{}")
            })
            .await
            .unwrap_err()
    };
    assert!(!of("off").await.retryable);
    assert!(of("remote").await.message.contains("not supported"));
    assert!(of("silent").await.retryable);
}

#[tokio::test(start_paused = true)]
async fn calls_beyond_the_servers_share_wait_without_losing_time() {
    let (server, log) = fake::server("fake", |heard| match heard.method() {
        "tools/call" => vec![Say::Pause(10 * SECOND), heard.text("done")],
        _ => heard.usual(),
    });
    let config = ServerConfig {
        max_concurrency: std::num::NonZeroU32::new(1),
        timeout: Some(15.0),
        ..server.config
    };
    let downstreams = Downstreams::start_servers(
        vec![DownstreamServer { config, ..server }],
        DownstreamOptions::default(),
    );
    let began = Instant::now();
    let (a, b, c) = tokio::join!(echo(&downstreams), echo(&downstreams), echo(&downstreams));
    assert!(a.is_ok() && b.is_ok() && c.is_ok(), "{a:?} {b:?} {c:?}");
    assert_eq!(began.elapsed().as_secs(), 30);
    assert_eq!(fake::count(&log, "tools/call"), 3);
}

#[tokio::test(start_paused = true)]
async fn a_call_that_is_no_longer_wanted_is_cancelled_in_the_server() {
    let (downstreams, log) = fake::start(|heard| match heard.method() {
        "tools/call" => vec![],
        _ => heard.usual(),
    });
    let cancel = CancellationToken::new();
    let wanted = downstreams.call(CallRequest {
        cancel: cancel.clone(),
        ..request("echo", "{}")
    });
    let (error, ()) = tokio::join!(wanted, async {
        tokio::time::sleep(SECOND).await;
        cancel.cancel();
    });
    assert_eq!(error.unwrap_err().code, CallErrorCode::Cancelled);
    let _ = tokio::time::timeout(SECOND, echo(&downstreams))
        .await
        .unwrap_err();
    tokio::time::sleep(SECOND).await;
    let log = log.lock().unwrap();
    let ids = |method: &str, path: &str| -> Vec<_> {
        let heard = log.iter().filter(|heard| heard.method() == method);
        heard
            .map(|heard| heard.message.pointer(path).cloned())
            .collect()
    };
    assert_eq!(
        ids("notifications/cancelled", "/params/requestId"),
        ids("tools/call", "/id")
    );
    assert_eq!(ids("tools/call", "/id").len(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_list_is_read_page_by_page_and_a_malformed_tool_costs_only_itself() {
    let (server, _) = fake::server("fake", |heard| {
        match (heard.method(), heard.message["params"]["cursor"].as_str()) {
            ("tools/list", None) => {
                vec![
                    heard.result(
                        &json!({"tools": [fake::tool("one"), 5, {"name": 7}], "nextCursor": "2"})
                            .to_string(),
                    ),
                ]
            }
            ("tools/list", Some("2")) => {
                let deep = format!("{}{}", "[".repeat(200), "]".repeat(200));
                let two = fake::tool("two");
                let hidden = fake::tool("hidden");
                vec![heard.result(&format!("{{\"tools\":[{{\"name\":\"deep\",\"x\":{deep}}},{hidden},{two}],\"nextCursor\":\"2\"}}"))]
            }
            _ => heard.usual(),
        }
    });
    let config = ServerConfig {
        exclude_tools: vec!["hidden".to_owned()],
        ..ServerConfig::default()
    };
    let downstreams = Downstreams::start_servers(
        vec![DownstreamServer { config, ..server }],
        DownstreamOptions::default(),
    );
    downstreams.wait_ready(None, 60 * SECOND).await;
    let catalog = downstreams.catalog();
    let names: Vec<&str> = catalog
        .tools()
        .map(|found| found.tool.definition.name.as_str())
        .collect();
    assert_eq!(names, ["one", "deep", "two"]);
}

#[tokio::test(start_paused = true)]
async fn a_list_made_to_fill_memory_is_cut_short() {
    async fn count(tools: &str) -> usize {
        let page = format!("{{\"tools\":[{tools}]}}");
        let (downstreams, _) = fake::start(move |heard| match heard.method() {
            "tools/list" => vec![heard.result(&page)],
            _ => heard.usual(),
        });
        downstreams.wait_ready(None, 60 * SECOND).await;
        downstreams.catalog().tool_count()
    }
    assert_eq!(
        count(&vec![r#"{"name":"a"}"#; 20_000].join(",")).await,
        10_000
    );
    // A third of a megabyte of text each, twelve of memory.
    let zeros = "0,".repeat(170_000);
    let wide = format!(r#"{{"name":"a","inputSchema":{{"enum":[{zeros}0]}}}}"#);
    let kept = count(&vec![wide; 15].join(",")).await;
    assert!((5..12).contains(&kept), "{kept}");
    // What is no part of a tool is not decoded, however large.
    let zeros = "0,".repeat(1_500_000);
    let huge = format!(r#"{{"name":"a","x":[{zeros}0]}},{{"name":"b"}}"#);
    assert_eq!(count(&huge).await, 2);
}

#[tokio::test(start_paused = true)]
async fn changed_tools_are_listed_anew_and_not_too_often() {
    let (downstreams, log) = fake::start(|heard| {
        let changed = || line(r#"{"jsonrpc":"2.0","method":"notifications/tools/list_changed"}"#);
        match heard.method() {
            "tools/call" => {
                let mut says = vec![changed(); 100];
                says.push(heard.text("done"));
                says
            }
            "tools/list" if heard.message["id"] != json!(1) => {
                vec![
                    heard.result(
                        &json!({"tools": [fake::tool("echo"), fake::tool("new")]}).to_string(),
                    ),
                ]
            }
            _ => heard.usual(),
        }
    });
    echo(&downstreams).await.unwrap();
    tokio::time::sleep(10 * SECOND).await;
    assert!(downstreams.catalog().tool("fake", "new").is_ok());
    assert!(
        (2..=3).contains(&fake::count(&log, "tools/list")),
        "{}",
        fake::count(&log, "tools/list")
    );
}

#[tokio::test(start_paused = true)]
async fn requests_of_the_server_are_refused_and_pings_answered() {
    let (downstreams, log) = fake::start(|heard| {
        let mut says = heard.usual();
        if heard.method() == "notifications/initialized" {
            says.push(line(r#"{"jsonrpc":"2.0","id":"a","method":"ping"}"#));
            says.push(line(
                r#"{"jsonrpc":"2.0","id":7,"method":"elicitation/create","params":{}}"#,
            ));
            says.push(line(
                r#"{"jsonrpc":"2.0","id":{"x":[1]},"method":"roots/list"}"#,
            ));
        }
        says
    });
    echo(&downstreams).await.unwrap();
    let log = log.lock().unwrap();
    let answers: Vec<String> = log
        .iter()
        .filter(|heard| heard.method().is_empty())
        .map(|heard| format!("{} {}", heard.id(), heard.message["error"]["code"]))
        .collect();
    assert_eq!(answers, ["\"a\" null", "7 -32601", "{\"x\":[1]} -32601"]);
}
