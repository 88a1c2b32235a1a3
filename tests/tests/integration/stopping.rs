//! Cancelling, disconnecting, and what is left afterwards: nothing.

use std::time::{Duration, Instant};

use retort_tests::client::{Client, PATIENCE};
use retort_tests::process;
use retort_tests::setup::Setup;
use serde_json::{Value, json};

use crate::{BINARIES, LEGACY, eventually, with_fake};

fn journal(client: &Client) -> Vec<Value> {
    let text = client.value_of("return JSON.stringify(await fake.journal({}))");
    serde_json::from_str(&text).unwrap()
}

fn cancel(client: &Client, id: u64) {
    client.notify(
        "notifications/cancelled",
        json!({ "requestId": id, "reason": "enough" }),
    );
}

fn called(client: &Client, tool: &str) -> bool {
    journal(client)
        .iter()
        .any(|event| event["what"]["tool"] == tool)
}

#[test]
fn a_clients_cancel_reaches_the_downstream_call() {
    let client = with_fake("cancel-call");
    let run = client.script("return await fake.sleep_ms({ ms: 30000 })");
    eventually(&client, "the call is under way", || {
        called(&client, "sleep_ms")
    });
    cancel(&client, run.id);
    eventually(&client, "the downstream hears of it", || {
        journal(&client)
            .iter()
            .any(|event| event["event"] == "notifications/cancelled")
    });
    let answer = run.within(Duration::from_millis(200));
    assert!(
        answer.is_none(),
        "a cancelled request has no answer: {answer:?}"
    );
}

#[test]
fn a_clients_cancel_ends_an_endless_script() {
    let setup = Setup::new(BINARIES, "cancel-loop")
        .fake("fake", &[])
        .set("limits", json!({ "runs": 1, "queuedRuns": 4 }));
    let client = Client::connect(setup.serve(), LEGACY);
    let run = client.script("await fake.echo({ value: 1 }); while (true);");
    while !started(&client) {}
    let next = client.script("return 'next'");
    assert!(
        next.within(Duration::from_millis(500)).is_none(),
        "one run at a time"
    );
    let cancelled = Instant::now();
    cancel(&client, run.id);
    assert_eq!(next.tool_result(PATIENCE).block(0), "next");
    assert!(
        cancelled.elapsed() < Duration::from_secs(1),
        "{:?}",
        cancelled.elapsed()
    );
}

/// Whether the fake was asked to `echo`; asked without a script.
fn started(client: &Client) -> bool {
    let journal = client.call("execute_tool", json!({ "tool": "fake.journal" }));
    journal.tool_result(PATIENCE).text().contains("echo")
}

#[test]
fn cancelling_what_is_unknown_changes_nothing() {
    let client = with_fake("cancel-unknown");
    cancel(&client, 4711);
    let run = client.script("return await fake.echo({ value: 'still here' })");
    assert_eq!(run.tool_result(PATIENCE).block(0), "still here");
    cancel(&client, run.id);
    client.request("ping", json!({})).result();
}

#[test]
fn when_the_client_goes_retort_and_its_servers_go() {
    let mut client = with_fake("disconnect");
    client.value_of("return await fake.echo({ value: 1 })");
    let children = process::children(client.pid());
    let _endless = client.script("while (true);");
    let _waiting = client.script("return await fake.sleep_ms({ ms: 30000 })");
    client.request("ping", json!({})).result();
    client.disconnect();
    let status = client.exit(Duration::from_secs(10));
    assert!(
        status.is_some_and(|status| status.success()),
        "{status:?}\n{}",
        client.stderr()
    );
    let left: Vec<u32> = children
        .into_iter()
        .filter(|pid| process::runs(*pid))
        .collect();
    assert_eq!(left, Vec::<u32>::new(), "servers left behind");
}
