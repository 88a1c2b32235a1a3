//! `retort serve` as a client sees it: start-up, round trips, fairness, memory.

use std::thread;
use std::time::{Duration, Instant};

use retort_tests::client::{Client, Era};
use retort_tests::process::resident;
use retort_tests::setup::{Binaries, Setup};
use serde_json::json;

use super::{Row, median, ms};

/// Eight scripts that would run for ever.
const ENDLESS: usize = 8;

/// The programs under measurement.
pub(super) fn binaries() -> Binaries {
    Binaries {
        retort: env!("CARGO_BIN_EXE_retort-under-test"),
        fake: env!("CARGO_BIN_EXE_fake-downstream"),
        scratch: env!("CARGO_TARGET_TMPDIR"),
    }
}

/// A server with one well-behaved downstream named `fake`.
pub(super) fn connect(name: &str) -> Client {
    let setup = Setup::new(binaries(), name).fake("fake", &[]);
    let client = Client::connect(setup.serve(), Era::Legacy("2025-06-18"));
    client.value_of("return await fake.echo({value: 1})");
    client
}

/// A script that must succeed.
pub(super) fn run(client: &Client, code: &str) {
    let answer = client.script(code).tool_result(Duration::from_mins(1));
    assert!(!answer.is_error, "{}", answer.text());
}

pub(super) fn rows() -> Vec<Row> {
    let mut rows = vec![start_up(), first_start_up()];
    let client = connect("bench");
    let idle = resident(client.pid());
    rows.push(Row::new(
        "trivial execute_code over stdio",
        ms(median(300, || run(&client, "return 1"))),
    ));
    for (name, runs, code) in [
        (
            "10 sequential calls, answered at once",
            50,
            "for (let i = 0; i < 10; i++) await fake.echo({value: i}); return 1",
        ),
        (
            "50 parallel calls, answered at once",
            30,
            "return (await Promise.all(Array.from({length: 50}, (_, i) => fake.echo({value: i})))).length",
        ),
        (
            "10 sequential calls of 50 ms",
            3,
            "for (let i = 0; i < 10; i++) await fake.sleep_ms({ms: 50}); return 1",
        ),
        (
            "50 parallel calls of 50 ms",
            15,
            "return (await Promise.all(Array.from({length: 50}, () => fake.sleep_ms({ms: 50})))).length",
        ),
    ] {
        rows.push(Row::new(name, ms(median(runs, || run(&client, code)))));
    }
    rows.push(crowded(&client));
    if let Some(idle) = idle {
        rows.push(Row::new("resident memory, idle", mib(idle)));
    }
    for _ in 0..1000 {
        run(&client, "return [1, 2, 3].map((n) => n * 2)");
    }
    if let Some(after) = resident(client.pid()) {
        rows.push(Row::new("resident memory after 1,000 runs", mib(after)));
    }
    rows
}

/// From starting the process to the answer of `tools/list`, while its
/// downstream server starts.
fn start_up() -> Row {
    let setup = Setup::new(binaries(), "bench-start").fake("fake", &[]);
    let took = median(15, || started(setup.serve()));
    Row::new("process start to the answer of tools/list", ms(took))
}

/// The same where nothing was ever started: no configuration was read and no
/// compiled code is kept.
fn first_start_up() -> Row {
    let mut fresh = 0..;
    let took = median(7, || {
        let name = format!("bench-first-{}", fresh.next().unwrap_or_default());
        let setup = Setup::new(binaries(), &name).fake("fake", &[]);
        let mut command = setup.serve();
        command.env("XDG_CACHE_HOME", setup.folder());
        started(command);
    });
    Row::new("the same with an empty cache folder", ms(took))
}

fn started(command: std::process::Command) {
    let client = Client::connect(command, Era::Legacy("2025-06-18"));
    client.request("tools/list", json!({})).result();
    // Killing it is not part of the figure, but of the closure: the server
    // is told to go and its end is not waited for.
    client.disconnect();
    std::mem::forget(client);
}

/// A trivial script while endless ones run.
fn crowded(client: &Client) -> Row {
    let endless: Vec<_> = (0..ENDLESS).map(|_| client.script("for (;;) {}")).collect();
    thread::sleep(Duration::from_millis(300));
    let mut timings: Vec<Duration> = (0..20)
        .map(|_| {
            let began = Instant::now();
            run(client, "return 1");
            began.elapsed()
        })
        .collect();
    timings.sort();
    for pending in &endless {
        client.notify(
            "notifications/cancelled",
            json!({ "requestId": pending.id, "reason": "measured" }),
        );
    }
    thread::sleep(Duration::from_millis(200));
    Row::new("trivial script beside 8 endless ones", ms(timings[10]))
        .note(format!("slowest of 20: {}", ms(timings[19])))
}

fn mib(bytes: u64) -> String {
    format!("{:.1} MiB", bytes as f64 / f64::from(1 << 20))
}
