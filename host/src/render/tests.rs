use std::sync::Arc;
use std::time::{Duration, Instant};

use retort_sandbox::Usage;
use retort_sandbox::contract::{
    Call, CallError as GuestCallError, ConsoleLevel, ConsoleLine, ErrorKind, Place, Position,
    ScriptError, Target,
};
use retort_tools::{CallErrorCode, Finding, FindingKind, Findings, Severity};

use super::*;
use crate::run::{Ledger, LimitReached, StoppingLimit, Transcript, Unavailable};

fn a_report(outcome: RunOutcome) -> RunReport {
    RunReport {
        outcome,
        transcript: Transcript::default(),
        ledger: Ledger::new(1000),
        unavailable: Vec::new(),
        findings: Findings::default(),
        surprises: Vec::new(),
        kept: None,
        usage: Usage::default(),
        wall: Duration::ZERO,
    }
}

fn returned(json: &str) -> RunReport {
    a_report(RunOutcome::Returned(Value::Json(json.to_owned())))
}

fn thrown(message: &str) -> ScriptError {
    ScriptError {
        kind: ErrorKind::Thrown,
        name: "TypeError".to_owned(),
        message: message.to_owned(),
        position: None,
        source_line: None,
        hint: None,
        call: None,
    }
}

/// Makes calls that settle (or not) as told.
fn calls(ledger: &mut Ledger, states: &[(&str, &str)]) {
    let start = Instant::now();
    for (id, (name, state)) in (1..).zip(states) {
        let (server, tool) = name.split_once('.').unwrap();
        let target = Target::Tool {
            server: server.to_owned(),
            tool: tool.to_owned(),
        };
        ledger.made(&Call {
            id,
            target,
            arguments: format!("{{\"n\":{id}}}"),
            position: None,
        });
        let result = match *state {
            "waits" => continue,
            "flies" => None,
            "done" => Some(Ok(Arc::from("[1,2,3]"))),
            code => Some(Err(Box::new(GuestCallError {
                server: server.to_owned(),
                tool: tool.to_owned(),
                code: code.to_owned(),
                message: "it did not work".to_owned(),
                content: None,
                retryable: false,
            }))),
        };
        ledger.sent(id, start);
        if let Some(result) = result {
            ledger.settled(id, &result, start + Duration::from_millis(40));
        }
    }
    ledger.ended(start + Duration::from_millis(1500));
}

/// The answer's text blocks with a rule between them.
fn shown(report: &RunReport) -> String {
    shown_in(report, 10_000)
}

fn shown_in(report: &RunReport, answer_characters: u32) -> String {
    let limits = RunLimits {
        answer_characters,
        ..RunLimits::default()
    };
    let answer = super::report(report, &ResultStore::default(), &limits);
    let blocks = answer.content.iter().map(|block| match block {
        ContentBlock::Text(text) => text.text.clone(),
        other => serde_json::to_string(other).unwrap(),
    });
    let text = blocks.collect::<Vec<_>>().join("\n---\n");
    let texts = text.chars().count();
    assert!(
        texts <= answer_characters as usize,
        "{texts} characters of {answer_characters}"
    );
    if answer.is_error {
        format!("ERROR {text}")
    } else {
        text
    }
}

#[test]
fn a_value_stands_alone() {
    insta::assert_snapshot!(shown(&returned(r#"{"a":1}"#)), @r#"{"a":1}"#);
    let text = a_report(RunOutcome::Returned(Value::Text("as it \"is\"".to_owned())));
    insta::assert_snapshot!(shown(&text), @r#"as it "is""#);
    let mut report = returned("[1]");
    calls(
        &mut report.ledger,
        &[("shop.list", "done"), ("shop.list", "done")],
    );
    insta::assert_snapshot!(shown(&report), @"[1]");
}

#[test]
fn nothing_returned_is_told_to_return() {
    insta::assert_snapshot!(shown(&a_report(RunOutcome::Returned(Value::Undefined))), @"the script's value is `undefined`: end it with `return` and what you need");
}

#[test]
fn console_and_trouble_are_a_second_block() {
    let mut report = returned("3");
    let line = |level, text: &str| ConsoleLine {
        level,
        text: text.to_owned(),
    };
    report.transcript.console = vec![
        line(ConsoleLevel::Log, "seen 3"),
        line(ConsoleLevel::Warn, "one is odd"),
    ];
    report.transcript.console_dropped = 1200;
    report.transcript.warnings = vec!["a promise was rejected and nobody handled it".to_owned()];
    calls(
        &mut report.ledger,
        &[
            ("shop.list", "done"),
            ("shop.get", "timeout"),
            ("shop.get", "timeout"),
            ("shop.put", "flies"),
        ],
    );
    insta::assert_snapshot!(shown(&report), @r#"
    3
    ---
    calls: 1 done, 2 failed, 1 in flight (may have happened)
      2–3 shop.get failed (timeout): it did not work
      4 shop.put {"n":4} in flight for 1.5 s
    warning: a promise was rejected and nobody handled it
    console (1,200 more lines were dropped, the console was full):
    seen 3
    warn: one is odd
    "#);
}

#[test]
fn images_pass_and_other_things_do_not() {
    let mut report = a_report(RunOutcome::Returned(Value::Undefined));
    report.transcript.emitted = vec![
        r#"{"type":"image","data":"aGk=","mimeType":"image/png"}"#.to_owned(),
        r#"{"type":"hologram"}"#.to_owned(),
    ];
    insta::assert_snapshot!(shown(&report), @r#"
    {"type":"image","data":"aGk=","mimeType":"image/png"}
    ---
    warning: `emit`: block 2 is no MCP content block: unknown variant `hologram`, expected one of `text`, `image`, `audio`, `resource`, `resource_link` at line 1 column 18
    "#);
}

#[test]
fn emitted_texts_count_as_text() {
    let mut report = returned("1");
    let block = serde_json::json!({"type": "text", "text": "word ".repeat(1000)}).to_string();
    report.transcript.emitted = vec![block.clone(), block];
    shown_in(&report, 2000);
}

#[test]
fn an_error_shows_its_place_and_its_calls() {
    let mut report = a_report(RunOutcome::Threw(Box::new(ScriptError {
        position: Some(Position {
            line: 3,
            column: 21,
        }),
        source_line: Some("\tconst rows = await shp.list({})".to_owned()),
        hint: Some("did you mean `shop`?".to_owned()),
        ..thrown("shp is not defined")
    })));
    calls(
        &mut report.ledger,
        &[
            ("shop.list", "done"),
            ("shop.list", "done"),
            ("shop.get", "tool_error"),
            ("shop.put", "flies"),
            ("shop.put", "waits"),
            ("shop.put", "waits"),
        ],
    );
    report.kept = ResultStore::default().put("{}");
    report.unavailable = vec![Unavailable {
        server: "mail".to_owned(),
        reason: "failed: it exited".to_owned(),
    }];
    insta::assert_snapshot!(shown(&report), @r#"
    ERROR TypeError: shp is not defined
    at 3:21
      const rows = await shp.list({})
                         ^
    hint: did you mean `shop`?

    calls: 2 done, 1 failed, 1 in flight (may have happened), 2 not started
      1–2 shop.list done
      3 shop.get {"n":3} failed (tool_error) after 40 ms: it did not work
      4 shop.put {"n":4} in flight for 1.5 s
      5–6 shop.put not started
    the results received are kept as r1, keyed by call number: `(await results.get("r1"))[1]`
    server `mail` failed: it exited
    "#);
}

#[test]
fn the_caret_stands_under_the_column() {
    let error = ScriptError {
        position: Some(Position { line: 1, column: 9 }),
        source_line: Some("  '😀'; x()".to_owned()),
        ..thrown("x is not a function")
    };
    insta::assert_snapshot!(shown(&a_report(RunOutcome::Threw(Box::new(error)))), @"
    ERROR TypeError: x is not a function
    at 1:9
      '😀'; x()
           ^

    no calls were made
    ");
}

#[test]
fn an_uncaught_tool_error_names_the_call() {
    let call = GuestCallError {
        server: "shop".to_owned(),
        tool: "get".to_owned(),
        code: "timeout".to_owned(),
        message: "no answer within 60 s".to_owned(),
        content: None,
        retryable: true,
    };
    let error = ScriptError {
        name: "ToolError".to_owned(),
        call: Some(call),
        ..thrown("no answer within 60 s")
    };
    insta::assert_snapshot!(shown(&a_report(RunOutcome::Threw(Box::new(error)))), @"
    ERROR ToolError: no answer within 60 s
    failed call: shop.get (timeout, may succeed later)

    no calls were made
    ");
}

#[test]
fn what_did_not_run_says_so() {
    let syntax = ScriptError {
        kind: ErrorKind::Syntax,
        name: "SyntaxError".to_owned(),
        ..thrown("unexpected token")
    };
    insta::assert_snapshot!(shown(&a_report(RunOutcome::Threw(Box::new(syntax)))), @"ERROR SyntaxError: unexpected token");
    let servers = vec!["github".to_owned(), "mail".to_owned()];
    insta::assert_snapshot!(shown(&a_report(RunOutcome::NotReady { servers })), @"
    ERROR nothing was run: still starting `github`, `mail`
    hint: try again in a moment, or use other servers
    ");
    insta::assert_snapshot!(shown(&a_report(RunOutcome::Busy { running: 16, queued: 64 })), @"
    ERROR nothing was run: 16 scripts are running and 64 wait for their turn
    hint: try again in a moment
    ");
}

#[test]
fn limits_say_what_to_do() {
    let reached = LimitReached {
        limit: StoppingLimit::Wall,
        allowed: 50_000,
        used: 50_003,
    };
    insta::assert_snapshot!(shown(&a_report(RunOutcome::Exceeded(reached))), @"
    ERROR time limit reached: 50 s allowed for a run, 50.0 s used
    hint: make calls in parallel with `Promise.all`, or do the work in several scripts

    no calls were made
    ");
    insta::assert_snapshot!(shown(&a_report(RunOutcome::Fault("guest panicked".to_owned()))), @"
    ERROR internal error: guest panicked
    hint: this is a fault of retort and not of the script

    no calls were made
    ");
}

#[test]
fn a_large_value_is_cut_and_kept() {
    let rows: Vec<_> = (0..1000).map(|id| serde_json::json!({"id": id})).collect();
    let json = serde_json::Value::from(rows).to_string();
    let results = ResultStore::default();
    let limits = RunLimits {
        answer_characters: 250,
        ..RunLimits::default()
    };
    let answer = super::report(&returned(&json), &results, &limits);
    assert_eq!(*results.get("r1").unwrap(), *json);
    insta::assert_debug_snapshot!(answer.content, @r#"
    [
        Text(
            TextContent {
                text: "[{\"id\":0},{\"id\":1},{\"id\":2},{\"id\":3},… 996 more of 1,000]",
                meta: None,
                annotations: None,
            },
        ),
        Text(
            TextContent {
                text: "cut: the whole value (10,891 characters) is kept as r1: `await results.get(\"r1\")`",
                meta: None,
                annotations: None,
            },
        ),
    ]
    "#);
}

#[test]
fn long_notes_and_a_long_value_share_the_room() {
    let mut report = a_report(RunOutcome::Returned(Value::Text("value ".repeat(5000))));
    let line = ConsoleLine {
        level: ConsoleLevel::Log,
        text: "printed ".repeat(3000),
    };
    report.transcript.console = vec![line];
    let text = shown_in(&report, 3000);
    assert!(text.starts_with("value value"), "{text}");
    assert!(text.contains("printed printed"), "{text}");

    let mut report = a_report(RunOutcome::Threw(Box::new(ScriptError {
        hint: Some("try less".to_owned()),
        ..thrown(&"why ".repeat(5000))
    })));
    calls(&mut report.ledger, &[("shop.get", "tool_error"); 50]);
    let text = shown_in(&report, 3000);
    assert!(text.contains("50 failed"), "{text}");
    assert!(text.contains("hint: try less"), "{text}");
}

#[test]
fn single_calls_answer_alike() {
    let results = ResultStore::default();
    let limits = RunLimits {
        answer_characters: 1000,
        ..RunLimits::default()
    };
    assert_eq!(
        tool_value(r#""plain""#, None, &results, &limits),
        Answer::text("plain")
    );
    assert_eq!(
        tool_value("[1]", None, &results, &limits),
        Answer::text("[1]")
    );
    let image =
        r#"[{"type":"text","text":"a"},{"type":"image","data":"aGk=","mimeType":"image/png"}]"#;
    assert_eq!(tool_value(image, None, &results, &limits).content.len(), 2);

    let file = format!(
        r#"[{{"type":"resource","resource":{{"uri":"file:///a","text":"{}"}}}}]"#,
        "x".repeat(5000)
    );
    let answer = tool_value(&file, None, &results, &limits);
    let shown = serde_json::to_string(&answer.content).unwrap();
    assert!(shown.len() < 1200, "{shown}");
    assert!(shown.contains("kept as r1"), "{shown}");
    assert_eq!(*results.get("r1").unwrap(), *file);

    let long = format!("\"{}\"", "x".repeat(5000));
    assert_eq!(tool_value(&long, None, &results, &limits).content.len(), 2);
    assert_eq!(*results.get("r2").unwrap(), *long);

    let error = CallError {
        server: "shop".to_owned(),
        tool: "get".to_owned(),
        code: CallErrorCode::ServerExited,
        message: "the server exited".to_owned(),
        content: None,
        retryable: true,
    };
    assert_eq!(
        tool_error(&error, &limits),
        Answer::error(
            "the server exited\nfailed call: shop.get (server_exited, may succeed later)"
        )
    );
}

fn finding(severity: Severity) -> Findings {
    Findings {
        found: vec![Finding {
            severity,
            kind: FindingKind::UnknownTool,
            place: Place {
                position: Position { line: 2, column: 7 },
                source_line: "await shop.lst({});".to_owned(),
            },
            message: "`shop` has no tool `lst`".to_owned(),
            hint: Some("did you mean `shop.list`?".to_owned()),
        }],
        ..Findings::default()
    }
}

#[test]
fn findings_stand_alone_or_beside_what_came_of_the_script() {
    let mut refused = a_report(RunOutcome::Refused);
    refused.findings = finding(Severity::Error);
    insta::assert_snapshot!(shown(&refused), @r"
    ERROR nothing was run: the script is sure to fail
    error: `shop` has no tool `lst`
    at 2:7
      await shop.lst({});
            ^
    hint: did you mean `shop.list`?
    ");
    let mut suspicious = returned("1");
    suspicious.findings = finding(Severity::Warning);
    insta::assert_snapshot!(shown(&suspicious), @r"
    1
    ---
    warning: `shop` has no tool `lst`
    at 2:7
      await shop.lst({});
            ^
    hint: did you mean `shop.list`?
    ");
}
