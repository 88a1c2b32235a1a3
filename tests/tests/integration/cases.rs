//! Every script of `tests/cases`, through `retort serve`.

use std::collections::BTreeMap;
use std::env;
use std::time::Duration;

use retort_tests::case::{self, Case, Needs};
use retort_tests::client::{Client, Era, PATIENCE, ToolResult};
use retort_tests::judge;
use retort_tests::pace::Pace;
use retort_tests::process;
use retort_tests::setup::Setup;
use serde_json::json;

use crate::BINARIES;

#[test]
fn scripts_give_their_transcripts() {
    let bless = env::var_os("RETORT_BLESS").is_some_and(|value| value == "1");
    let only = env::var("RETORT_CASES").unwrap_or_default();
    let mut pace = Pace::measure(&serve("pace", &Needs::default(), None));
    let mut groups: BTreeMap<Needs, Vec<Case>> = BTreeMap::new();
    for case in case::load(&judge::file("cases")) {
        if case.name.contains(&only) {
            groups.entry(case.needs.clone()).or_default().push(case);
        }
    }
    let mut failures: Vec<String> = Vec::new();
    for (number, (needs, cases)) in groups.iter().enumerate() {
        let name = format!("cases-{number}");
        let mut client = serve(&name, needs, Some(pace));
        (0..10).for_each(|_| warm_up(&client));
        let before = process::resident(client.pid());
        for case in cases {
            let mut judged_at = pace;
            let mut result = run(&client, case, pace);
            if matches!(&result, Some(Ok(result)) if !case::is_in_time(case, result, pace)) {
                // Other work may have begun since; if none has, it is late again.
                let now = Pace::measure(&client);
                result = run(&client, case, now);
                pace = Pace::measure(&client);
                judged_at = now.slower(pace);
            }
            match result {
                None => {
                    failures.push(format!("{}: no answer", case.name));
                    client = serve(&name, needs, Some(pace));
                }
                Some(result) => failures.extend(
                    result
                        .and_then(|result| case::judge(case, &result, judged_at, bless))
                        .map_err(|why| format!("{}: {why}", case.name))
                        .err(),
                ),
            }
        }
        if let Err(why) = before.map_or(Ok(()), |before| not_grown(&client, before)) {
            failures.push(format!(
                "after the {} cases with {needs:?}: {why}",
                cases.len()
            ));
        }
        assert_eq!(
            client.strays(),
            Vec::<String>::new(),
            "stdout carries JSON-RPC only"
        );
    }
    assert!(
        failures.is_empty(),
        "{} cases fail:\n\n{}",
        failures.len(),
        failures.join("\n")
    );
}

/// `pace` is not known yet where it is to be measured.
fn serve(name: &str, needs: &Needs, pace: Option<Pace>) -> Client {
    /// With the default limits a case runs for 10 s at most, of the 50 s there
    /// are; where it would take longer than that, it is given longer.
    const STARVED: f64 = 4.0;
    let mut setup = Setup::new(BINARIES, name)
        .fake("fake", &["--instructions", "Be kind to the fake."])
        .fake("rude", &["--rude"])
        .fake("my-server", &[]);
    for (name, flags) in &needs.servers {
        let flags: Vec<&str> = flags.iter().map(String::as_str).collect();
        setup = setup.fake(name, &flags);
    }
    let mut limits = case::limits(needs).unwrap_or_else(|| json!({}));
    let factor = pace.map_or(1.0, Pace::factor);
    if factor > STARVED && limits["wallMs"].is_null() {
        limits["wallMs"] = json!((50_000.0 * factor / STARVED) as u64);
    }
    setup = setup.set("limits", limits);
    setup = setup.set("checkScripts", json!(!needs.unchecked));
    // What one case does must not show in the next.
    setup = setup.set("learn", json!(false));
    let mut command = setup.serve();
    command.env("RETORT_TEST_SECRET", "hunter2");
    Client::connect(command, Era::Legacy("2025-06-18"))
}

/// A script that needs what scripts usually need.
fn warm_up(client: &Client) {
    let script = "const items = await fake.records({ n: 500 });
        return JSON.stringify(items).split(',').length";
    // Under small limits it fails, which warms up as well.
    client.script(script).tool_result(PATIENCE);
}

/// Resident memory is about what it was; it may take a moment to be.
fn not_grown(client: &Client, before: u64) -> Result<(), String> {
    const ALLOWED: u64 = 20 << 20;
    let mut after = before;
    for _ in 0..50 {
        after = process::resident(client.pid()).unwrap_or(before);
        if after <= before + ALLOWED {
            return Ok(());
        }
        client.value_of("return await fake.sleep_ms({ ms: 100 })");
    }
    Err(format!(
        "resident memory grew from {} to {} KiB",
        before >> 10,
        after >> 10
    ))
}

/// Runs a case, and then a script that must work whatever the case did. `None`
/// where nothing comes back.
fn run(client: &Client, case: &Case, pace: Pace) -> Option<Result<ToolResult, String>> {
    const HANGS: Duration = Duration::from_mins(1);
    let result = client.script(&case.source).result_within(pace.of(HANGS))?;
    let next = client.script("return 6 * 7").result_within(PATIENCE)?;
    Some(if next.block(0) == "42" {
        Ok(result)
    } else {
        Err(format!("the next script gives {}", next.text()))
    })
}
