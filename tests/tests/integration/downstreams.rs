//! Downstream servers of every kind: eras, slow ones, broken ones, changing ones.

use std::time::Duration;

use retort_tests::client::{Client, PATIENCE};
use retort_tests::setup::Setup;
use serde_json::json;

use crate::{BINARIES, LEGACY, eventually};

#[test]
fn downstreams_of_every_era_work() {
    let setup = Setup::new(BINARIES, "downstream-eras")
        .fake("old", &["--era", "legacy"])
        .fake("modern", &["--era", "modern"])
        .fake("either", &["--era", "both"])
        .fake("deaf", &["--era", "legacy-silent"]);
    let client = Client::connect(setup.serve(), LEGACY);
    let script = "const all = Object.keys(tools).sort();
        return Promise.all(all.map(async (name) => name + await tools[name].echo({ value: '!' })))";
    let result = client.script(script).tool_result(Duration::from_secs(30));
    assert_eq!(
        result.block(0),
        r#"["deaf!","either!","modern!","old!"]"#,
        "{}",
        result.text()
    );
}

#[test]
fn servers_that_start_slowly_are_waited_for() {
    let setup = Setup::new(BINARIES, "slow-start")
        .fake("fake", &[])
        .fake("slow", &["--slow-start-ms", "4000"]);
    let client = Client::connect(setup.serve(), LEGACY);
    let search = client.call("search_tools", json!({ "query": "counter" }));
    let found = search.tool_result(PATIENCE);
    assert!(found.took < Duration::from_secs(4), "{:?}", found.took);
    assert!(found.text().contains("fake.counter"), "{}", found.text());
    assert!(
        found.text().contains("slow"),
        "what is missing is named: {}",
        found.text()
    );
    assert_eq!(
        client.value_of("return await fake.echo({ value: 'at once' })"),
        "at once"
    );
    assert_eq!(
        client.value_of("return await slow.echo({ value: 'in time' })"),
        "in time"
    );
}

#[test]
fn servers_that_fail_are_named_and_do_not_stop_the_others() {
    let setup = Setup::new(BINARIES, "failing")
        .fake("fake", &[])
        .fake("dead", &["--die-at-start"])
        .server("missing", json!({ "command": "no-such-program-anywhere" }))
        .server(
            "off",
            json!({ "command": "no-such-program-anywhere", "disabled": true }),
        )
        .server(
            "remote",
            json!({ "type": "http", "url": "https://example.com/mcp" }),
        );
    let client = Client::connect(setup.serve(), LEGACY);
    assert_eq!(
        client.value_of("return await fake.echo({ value: 'alive' })"),
        "alive"
    );
    let servers = client
        .call("search_tools", json!({ "query": "" }))
        .tool_result(PATIENCE);
    for name in ["fake", "dead", "missing", "off", "remote"] {
        assert!(
            servers.text().contains(name),
            "`{name}` in {}",
            servers.text()
        );
    }
    let result = client
        .script("return await dead.echo({ value: 1 })")
        .tool_result(PATIENCE);
    assert!(
        result.is_error && result.text().contains("dead"),
        "{}",
        result.text()
    );
}

#[test]
fn sound_tools_beside_malformed_ones_are_kept() {
    let setup = Setup::new(BINARIES, "malformed").fake("fake", &["--malformed-tools"]);
    let client = Client::connect(setup.serve(), LEGACY);
    assert_eq!(
        client.value_of("return (await fake.add({ a: 1, b: 2 })).sum"),
        "3"
    );
    assert_eq!(
        client.value_of("return await fake.echo({ value: 'kept' })"),
        "kept"
    );
}

#[test]
fn all_pages_of_a_long_list_are_read() {
    let flags = ["--extra-tools", "1000", "--page", "100"];
    let setup = Setup::new(BINARIES, "pages").fake("fake", &flags);
    let client = Client::connect(setup.serve(), LEGACY);
    assert_eq!(
        client.value_of("return await fake.extra_999({ value: 'last' })"),
        "last"
    );
    assert_eq!(client.value_of("return Object.keys(fake).length"), "1023");
}

#[test]
fn announced_changes_of_the_list_are_seen() {
    for era in ["legacy", "modern"] {
        let setup = Setup::new(BINARIES, &format!("grow-{era}")).fake("fake", &["--era", era]);
        let client = Client::connect(setup.serve(), LEGACY);
        assert_eq!(
            client.value_of("return await fake.grow({})"),
            "grown_1",
            "{era}"
        );
        eventually(&client, "the new tool is there", || {
            client.value_of("return typeof fake['grown_1']") == "function"
        });
        assert_eq!(
            client.value_of("return await fake.grown_1({})"),
            "grown",
            "{era}"
        );
    }
}

#[test]
fn calls_per_server_can_be_capped() {
    let fake = json!({ "command": BINARIES.fake, "maxConcurrency": 3 });
    let setup = Setup::new(BINARIES, "capped").server("fake", fake);
    let client = Client::connect(setup.serve(), LEGACY);
    let peak = client.value_of(
        "await Promise.all(Array.from({ length: 12 }, () => fake.sleep_ms({ ms: 100 })));
         return await fake.peak({})",
    );
    assert_eq!(peak, "3");
}
