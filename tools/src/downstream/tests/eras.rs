//! Servers that speak only 2026-07-28.

use super::*;

/// A server that knows `server/discover` and no `initialize`.
fn modern(heard: &Heard) -> Vec<Say> {
    match heard.method() {
        "initialize" => vec![heard.error(-32601, "method not found")],
        "server/discover" => vec![heard.result(
            r#"{"resultType":"complete","supportedVersions":["2026-07-28"],"capabilities":{"tools":{"listChanged":true}},"instructions":"be modern","ttlMs":0,"cacheScope":"private"}"#,
        )],
        "subscriptions/listen" => vec![line(
            json!({
                "jsonrpc": "2.0", "method": "notifications/subscriptions/acknowledged",
                "params": {
                    "_meta": {"io.modelcontextprotocol/subscriptionId": heard.message["id"]},
                    "notifications": {"toolsListChanged": true},
                },
            })
            .to_string(),
        )],
        "tools/list" => vec![heard.result(&json!({"resultType": "complete", "tools": [fake::tool("echo")]}).to_string())],
        _ => heard.usual(),
    }
}

#[tokio::test(start_paused = true)]
async fn a_modern_server_is_asked_in_its_own_way_at_once() {
    let (downstreams, log) = fake::start(modern);
    let began = Instant::now();
    assert_eq!(echo(&downstreams).await.unwrap(), "\"hello\"");
    assert!(began.elapsed() < SECOND);
    assert_eq!(
        downstreams.catalog().servers()[0].instructions.as_deref(),
        Some("be modern")
    );
    tokio::time::sleep(100 * SECOND).await;
    let log = log.lock().unwrap();
    let call = log
        .iter()
        .find(|heard| heard.method() == "tools/call")
        .unwrap();
    let meta = &call.message["params"]["_meta"];
    assert_eq!(
        meta["io.modelcontextprotocol/protocolVersion"],
        "2026-07-28"
    );
    assert_eq!(meta["io.modelcontextprotocol/clientInfo"]["name"], "retort");
    assert!(meta.get("progressToken").is_none());
    assert_eq!(
        log.iter()
            .filter(|heard| heard.method() == "subscriptions/listen")
            .count(),
        1
    );
}

#[tokio::test(start_paused = true)]
async fn the_era_is_remembered_for_the_next_start() {
    let (downstreams, log) = fake::start(|heard| match heard.method() {
        "tools/call" if heard.start == 1 => vec![Say::Exit],
        _ => modern(heard),
    });
    assert_eq!(
        echo(&downstreams).await.unwrap_err().code,
        CallErrorCode::ServerExited
    );
    assert_eq!(echo(&downstreams).await.unwrap(), "\"hello\"");
    assert_eq!(
        (
            fake::count(&log, "initialize"),
            fake::count(&log, "server/discover")
        ),
        (1, 2)
    );
}

#[tokio::test(start_paused = true)]
async fn changed_tools_are_heard_of_on_a_stream_that_we_open() {
    let (downstreams, _) = fake::start(|heard| match heard.method() {
        "subscriptions/listen" => {
            let mut says = modern(heard);
            says.push(Say::Pause(SECOND));
            says.push(line(
                json!({
                    "jsonrpc": "2.0", "method": "notifications/tools/list_changed",
                    "params": {"_meta": {"io.modelcontextprotocol/subscriptionId": heard.message["id"]}},
                })
                .to_string(),
            ));
            says
        }
        "tools/list" if heard.message["id"].as_i64() >= Some(3) => {
            vec![heard.result(
                &json!({"resultType": "complete", "tools": [fake::tool("new")]}).to_string(),
            )]
        }
        _ => modern(heard),
    });
    downstreams.wait_ready(None, SECOND / 2).await;
    assert!(downstreams.catalog().tool("fake", "echo").is_ok());
    tokio::time::sleep(10 * SECOND).await;
    assert!(downstreams.catalog().tool("fake", "new").is_ok());
}

#[tokio::test(start_paused = true)]
async fn a_tool_that_asks_for_more_input_is_an_error_that_says_so() {
    let (downstreams, _) = fake::start(|heard| match heard.method() {
        "tools/call" => vec![heard.result(r#"{"resultType":"input_required","inputRequests":{}}"#)],
        _ => modern(heard),
    });
    let error = echo(&downstreams).await.unwrap_err();
    assert_eq!(error.code, CallErrorCode::ToolError);
    assert!(
        error.message.contains("input_required"),
        "{}",
        error.message
    );
}

#[tokio::test(start_paused = true)]
async fn a_server_that_refuses_one_era_says_why_whatever_it_does_in_the_other() {
    for silent in [false, true] {
        let (downstreams, _) = fake::start(move |heard| match heard.method() {
            "initialize" => vec![heard.error(-32000, "the licence has expired")],
            _ if silent => vec![],
            _ => vec![heard.error(-32601, "method not found")],
        });
        downstreams.wait_ready(None, 15 * SECOND).await;
        let state = downstreams.catalog().servers()[0].state.to_string();
        assert!(state.contains("the licence has expired"), "{state}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_server_that_changes_its_era_between_two_starts_is_found_again() {
    let (downstreams, _) = fake::start(|heard| match (heard.start, heard.method()) {
        (1, "tools/call") => vec![Say::Exit],
        (1, _) => modern(heard),
        // One of those that ignore what they do not know.
        _ => heard.usual(),
    });
    assert!(echo(&downstreams).await.is_err());
    assert!(echo(&downstreams).await.is_err());
    assert_eq!(echo(&downstreams).await.unwrap(), "\"hello\"");
}
