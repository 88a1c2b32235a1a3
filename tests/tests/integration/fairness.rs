//! Scripts that take everything they can, and the others' share.

use std::time::Duration;

use retort_tests::client::PATIENCE;
use retort_tests::process;
use serde_json::json;

use crate::with_fake;

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

#[test]
fn eight_endless_scripts_leave_room_for_others() {
    let client = with_fake("fairness");
    client.value_of("return await fake.echo({ value: 1 })");
    let endless: Vec<_> = (0..8).map(|_| client.script("while (true);")).collect();
    let (mut pings, mut searches, mut scripts) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..20 {
        let ping = client.request("ping", json!({})).within(PATIENCE).unwrap();
        pings.push(ping.took);
        let search = client.call("search_tools", json!({ "query": "add" }));
        searches.push(search.tool_result(PATIENCE).took);
        let script = client.script("return 1 + 1").tool_result(PATIENCE);
        assert_eq!(script.block(0), "2");
        scripts.push(script.took);
    }
    let running = endless
        .iter()
        .all(|run| run.within(Duration::ZERO).is_none());
    assert!(running, "the endless scripts still run");
    let allowed = Duration::from_millis(100);
    for (what, times) in [("ping", pings), ("search", searches), ("script", scripts)] {
        let took = median(times);
        assert!(took <= allowed, "{what}: {took:?}");
    }
}

#[test]
fn a_thousand_runs_leave_nothing_behind() {
    let client = with_fake("thousand-runs");
    let run = |n: usize| {
        let code = format!("const r = await fake.records({{ n: 50 }}); return r.length + {n}");
        assert_eq!(client.value_of(&code), (50 + n).to_string());
    };
    (0..100).for_each(run);
    let Some(before) = process::resident(client.pid()) else {
        return;
    };
    (0..1000).for_each(run);
    let after = process::resident(client.pid()).unwrap();
    assert!(
        after < before + (20 << 20),
        "grew from {before} to {after} bytes"
    );
}
