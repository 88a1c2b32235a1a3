//! Answers that break the protocol, and servers that end.

use super::*;
use crate::ToolRef;

#[tokio::test(start_paused = true)]
async fn noise_around_an_answer_does_not_hurt() {
    let value = answered(|heard| {
        vec![
            line("Listening on port 3000"),
            line("{\"jsonrpc\":\"2.0\",\"id\":999,\"result\":{}}"),
            line(
                "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\",\"params\":{\"x\":1e400}}",
            ),
            line("{\"id\":\"x\"}"),
            line("[1, {}, \"a\"]"),
            Say::Bytes(vec![0xff, 0xfe, b'\n', 0, b'\n']),
            line("[".repeat(100_000)),
            heard.text("first"),
            heard.text("again"),
            heard.error(-1, "and again"),
        ]
    });
    assert_eq!(value.await.unwrap(), "\"first\"");
}

#[tokio::test(start_paused = true)]
async fn values_that_decoders_refuse_pass_as_they_are() {
    async fn check(value: &str) {
        let structured = value.to_owned();
        let answer = answered(move |heard| {
            vec![heard.result(&format!(
                "{{\"content\":[],\"structuredContent\":{{\"v\":{structured}}}}}"
            ))]
        });
        assert_eq!(answer.await.unwrap(), format!("{{\"v\":{value}}}"));
    }
    check("1e400").await;
    check("\"\\ud800\"").await;
    check("123456789012345678901234567890").await;
    for levels in [200, 499] {
        check(&format!("{}{}", "[".repeat(levels), "]".repeat(levels))).await;
    }
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_cannot_be_read_fails_its_call_at_once() {
    let began = Instant::now();
    let error = answered(|heard| {
        vec![line(format!(
            "{{\"id\":{},\"result\":{{\"content\":[}}",
            heard.id()
        ))]
    });
    assert_eq!(error.await.unwrap_err().code, CallErrorCode::Protocol);
    let error = answered(|heard| vec![line(format!("{{\"id\":{}}}", heard.id()))]);
    assert_eq!(error.await.unwrap_err().code, CallErrorCode::Protocol);
    let error = answered(|heard| vec![heard.result("7")]);
    assert_eq!(error.await.unwrap_err().code, CallErrorCode::Protocol);
    assert!(began.elapsed() < SECOND);
}

#[tokio::test(start_paused = true)]
async fn an_answer_over_the_limit_fails_its_call_at_once_and_the_next_works() {
    for id_first in [true, false] {
        let (downstreams, _) = fake::start(move |heard| match heard.method() {
            "tools/call" if heard.argument("text") == "large" => {
                let text = "x".repeat(9 * 1024 * 1024);
                let result = format!("{{\"content\":[{{\"type\":\"text\",\"text\":\"{text}\"}}]}}");
                let id = heard.id();
                vec![line(if id_first {
                    format!("{{\"jsonrpc\":\"2.0\",\"id\":{id},\"result\":{result}}}")
                } else {
                    format!("{{\"result\":{result},\"jsonrpc\":\"2.0\",\"id\":{id}}}")
                })]
            }
            _ => heard.usual(),
        });
        let began = Instant::now();
        let error = call(&downstreams, "echo", r#"{"text":"large"}"#)
            .await
            .unwrap_err();
        assert_eq!(error.code, CallErrorCode::ResultTooLarge);
        assert!(!error.retryable && began.elapsed() < SECOND);
        assert_eq!(echo(&downstreams).await.unwrap(), "\"hello\"");
    }
}

#[tokio::test(start_paused = true)]
async fn a_result_over_what_the_caller_can_take_is_refused() {
    let (downstreams, _) = fake::start(Heard::usual);
    let request = CallRequest {
        max_result_bytes: 5,
        ..request("echo", r#"{"text":"hello"}"#)
    };
    assert_eq!(
        downstreams.call(request).await.unwrap_err().code,
        CallErrorCode::ResultTooLarge
    );
}

#[tokio::test(start_paused = true)]
async fn errors_of_the_tool_and_of_the_server_are_told_apart() {
    let error = answered(|heard| {
        vec![heard.result(r#"{"isError":true,"content":[{"type":"text","text":"no such file"}]}"#)]
    });
    let error = error.await.unwrap_err();
    assert_eq!(
        (error.code, error.message.as_str()),
        (CallErrorCode::ToolError, "no such file")
    );
    assert!(error.content.unwrap().contains("no such file"));

    let code = async |code: i32| {
        answered(move |heard| vec![heard.error(code, "no")])
            .await
            .unwrap_err()
            .code
    };
    assert_eq!(code(-32602).await, CallErrorCode::InvalidArguments);
    assert_eq!(code(-32601).await, CallErrorCode::Protocol);
    assert_eq!(code(-32000).await, CallErrorCode::ToolError);

    let error = answered(|_| {
        vec![line(
            r#"{"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"parse"}}"#,
        )]
    });
    assert_eq!(error.await.unwrap_err().code, CallErrorCode::Protocol);
}

#[tokio::test(start_paused = true)]
async fn a_server_that_never_answers_costs_the_time_limit() {
    let began = Instant::now();
    let error = answered(|_| vec![]).await.unwrap_err();
    assert_eq!(error.code, CallErrorCode::Timeout);
    assert!(
        !error.retryable && error.message.contains("60 s"),
        "{}",
        error.message
    );
    assert!((60..63).contains(&began.elapsed().as_secs()));
}

#[tokio::test(start_paused = true)]
async fn a_server_that_ends_in_mid_call_is_started_again_by_the_next() {
    let (downstreams, log) = fake::start(|heard| match heard.method() {
        "tools/call" if heard.start == 1 && heard.argument("text") == "hello" => vec![Say::Exit],
        _ => heard.usual(),
    });
    // The first check of a tool takes a thread: without it both calls are sent together.
    assert!(
        call(&downstreams, "echo", r#"{"text":"first"}"#)
            .await
            .is_ok()
    );
    let (a, b) = tokio::join!(echo(&downstreams), echo(&downstreams));
    for error in [a.unwrap_err(), b.unwrap_err()] {
        assert_eq!(error.code, CallErrorCode::ServerExited);
        assert!(
            error.message.contains("`fake`") && error.message.contains("`echo`"),
            "{}",
            error.message
        );
        assert!(!error.retryable);
    }
    let catalog = downstreams.catalog();
    assert!(matches!(
        catalog.servers()[0].state,
        ServerState::Failed { .. }
    ));
    assert!(catalog.tool("fake", "echo").is_ok(), "its tools stay known");
    tokio::time::sleep(100 * SECOND).await;
    assert_eq!(
        fake::count(&log, "initialize"),
        1,
        "only a call starts it again"
    );
    assert_eq!(echo(&downstreams).await.unwrap(), "\"hello\"");
    assert_eq!(fake::count(&log, "initialize"), 2);
    assert_eq!(downstreams.catalog().servers()[0].state, ServerState::Ready);
}

#[tokio::test(start_paused = true)]
async fn a_server_that_keeps_ending_is_started_less_and_less_often() {
    let (downstreams, log) = fake::start(|heard| match heard.method() {
        "tools/call" => vec![Say::Exit],
        _ => heard.usual(),
    });
    let began = Instant::now();
    let mut unavailable = 0;
    while began.elapsed() < 120 * SECOND {
        let error = echo(&downstreams).await.unwrap_err();
        unavailable += u32::from(error.code == CallErrorCode::ServerUnavailable);
        tokio::time::sleep(SECOND / 10).await;
    }
    assert!(
        (6..=10).contains(&fake::count(&log, "initialize")),
        "{}",
        fake::count(&log, "initialize")
    );
    assert!(unavailable > 100);
}

#[tokio::test(start_paused = true)]
async fn a_server_that_never_starts_is_started_less_and_less_often() {
    let (downstreams, log) = fake::start(|_| vec![]);
    let began = Instant::now();
    while began.elapsed() < 600 * SECOND {
        assert!(echo(&downstreams).await.unwrap_err().retryable);
        tokio::time::sleep(SECOND / 10).await;
    }
    // Twenty times, if there were no pauses.
    assert!(
        (8..=14).contains(&fake::count(&log, "initialize")),
        "{}",
        fake::count(&log, "initialize")
    );
}

#[tokio::test(start_paused = true)]
async fn a_server_that_floods_without_reading_stays_within_bounds() {
    let (downstreams, _) = fake::start(|heard| match heard.method() {
        "tools/call" => {
            let mut says = vec![line(r#"{"jsonrpc":"2.0","id":1,"method":"ping"}"#); 20_000];
            says.push(heard.text("done"));
            says
        }
        _ => heard.usual(),
    });
    assert_eq!(echo(&downstreams).await.unwrap(), "\"done\"");
}

#[tokio::test(start_paused = true)]
async fn a_call_may_be_repeated_where_the_tool_says_that_it_changes_nothing() {
    let (downstreams, _) = fake::start(|heard| match heard.method() {
        "tools/call" => vec![Say::Exit],
        "tools/list" => {
            let mut tool = fake::tool("echo");
            tool["annotations"] = json!({"readOnlyHint": true});
            vec![heard.result(&json!({"tools": [tool]}).to_string())]
        }
        _ => heard.usual(),
    });
    let error = echo(&downstreams).await.unwrap_err();
    assert!(
        error.retryable && error.code == CallErrorCode::ServerExited,
        "{error:?}"
    );
}

#[tokio::test(start_paused = true)]
async fn a_server_that_does_not_read_fails_calls_instead_of_filling_memory() {
    let (downstreams, log) = fake::start(|heard| match heard.method() {
        "tools/call" => vec![Say::Pause(1000 * SECOND)],
        _ => heard.usual(),
    });
    downstreams.wait_ready(None, SECOND).await;
    // One line is read, then as many wait as the queue has room for: 41 of these.
    let large = json!({"text": "x".repeat(400_000)}).to_string();
    let calls = (0..60).map(|_| {
        let (downstreams, large) = (downstreams.clone(), large.clone());
        async move { call(&downstreams, "echo", &large).await.unwrap_err() }
    });
    let began = Instant::now();
    let errors = calls.collect::<tokio::task::JoinSet<_>>().join_all().await;
    assert!(began.elapsed() < 70 * SECOND);
    let refused = errors
        .iter()
        .filter(|error| error.code == CallErrorCode::ServerUnavailable);
    assert!(refused.clone().all(|error| {
        error.message == "the server `fake` is not available: it does not read its input"
    }));
    let refused = refused.count();
    assert!((17..=20).contains(&refused), "{refused}");
    // The calls' limits and the writer's end together: let the connection end before the next call.
    tokio::time::sleep(SECOND).await;
    assert_eq!(
        echo(&downstreams).await.unwrap_err().code,
        CallErrorCode::Timeout
    );
    assert_eq!(
        fake::count(&log, "initialize"),
        2,
        "it was ended and started again"
    );
}

#[tokio::test(start_paused = true)]
async fn calls_under_way_fail_when_all_is_stopped() {
    let (downstreams, _) = fake::start(|heard| match heard.method() {
        "tools/call" => vec![],
        _ => heard.usual(),
    });
    let (outcome, ()) = tokio::join!(echo(&downstreams), async {
        tokio::time::sleep(SECOND).await;
        downstreams.shutdown(SECOND).await;
    });
    let error = outcome.unwrap_err();
    assert_eq!(error.code, CallErrorCode::ServerExited);
    assert!(
        !error.message.contains("starts it again"),
        "{}",
        error.message
    );
}

/// The tools of a server that answers `tools/list` with these pages.
async fn listed<const N: usize>(pages: [&'static str; N]) -> Vec<String> {
    let (downstreams, _) = fake::start(move |heard| match heard.method() {
        "tools/list" => {
            let page = usize::from(heard.message["params"]["cursor"].is_string());
            vec![heard.result(&pages[page].replace('\n', " "))]
        }
        _ => heard.usual(),
    });
    downstreams.wait_ready(None, SECOND).await;
    let catalog = downstreams.catalog();
    catalog.tools().map(ToolRef::path).collect()
}

#[tokio::test(start_paused = true)]
async fn a_list_keeps_what_is_sound() {
    let odd = r#"{"tools": [
        {"name": "cut", "description": "half \ud83d"}, {"name": "cut \ud83d"}, 7,
        {"name": "huge", "inputSchema": {"properties": {"n": {"maximum": 1e999}}}},
        {"name": "then", "inputSchema": "x"}, {"name": "__proto__"}, {"name": "constructor"}
    ], "nextCursor": null}"#;
    let sound = [
        "fake.cut",
        "fake.huge",
        "fake.then_",
        "fake.__proto___",
        "fake.constructor_",
    ];
    assert_eq!(listed([odd]).await, sound);
    let first = r#"{"tools": [{"name": "a"}], "nextCursor": "2"}"#;
    assert_eq!(listed([first, r#"{"tools": {}}"#]).await, ["fake.a"]);
    assert_eq!(
        listed([first, r#"{"tools": [{"name": "b"}], "nextCursor": 3}"#]).await,
        ["fake.a", "fake.b"]
    );
    assert_eq!(
        listed([r#"{"tools": null, "nextCursor": "2"}"#]).await,
        [""; 0]
    );
}
