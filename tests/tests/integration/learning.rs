//! What is learned from use: seen, used, kept and erased through the program.

use std::fs;
use std::path::Path;
use std::time::Duration;

use retort_tests::client::{Client, PATIENCE};
use retort_tests::setup::Setup;
use serde_json::{Value, json};

use crate::commands::output;
use crate::{BINARIES, LEGACY};

/// What `retort learned --json` prints.
fn learned(setup: &Setup) -> Value {
    let (stdout, stderr, code) = output(setup.command(&["learned", "--json"]));
    assert_eq!(code, 0, "{stderr}");
    serde_json::from_str(&stdout).unwrap()
}

fn answer(client: &Client, tool: &str, arguments: Value) -> String {
    client.call(tool, arguments).tool_result(PATIENCE).text()
}

fn describe(client: &Client, tool: &str) -> String {
    answer(client, "describe_tools", json!({ "tools": [tool] }))
}

/// Ends the server, which writes what it has learned.
fn end(mut client: Client) {
    client.disconnect();
    assert!(client.exit(Duration::from_secs(10)).is_some());
}

#[test]
fn words_of_a_search_that_led_to_a_call_find_the_tool_from_then_on() {
    let setup = Setup::new(BINARIES, "learned-words").fake("fake", &[]);
    let client = Client::connect(setup.serve(), LEGACY);
    let search =
        |client: &Client, query: &str| answer(client, "search_tools", json!({ "query": query }));
    assert!(search(&client, "tally").contains("0 of"));
    assert!(search(&client, "tally with the counter").contains("fake.counter"));
    // A call that fails teaches nothing, and neither does one that nobody searched for.
    assert!(search(&client, "tally failures with a message").contains("fake.fail"));
    for (tool, arguments) in [
        ("fail", json!({ "message": "no" })),
        ("echo", json!({ "value": 1 })),
    ] {
        let call = json!({ "tool": format!("fake.{tool}"), "arguments": arguments });
        answer(&client, "execute_tool", call);
    }
    assert!(search(&client, "tally").contains("0 of"));
    // In a script it counts as well.
    client.value_of("return await fake.counter({})");
    assert!(search(&client, "tally").contains("fake.counter"));
    assert_eq!(
        client.value_of("return (await searchTools('tally')).length"),
        "1"
    );
    end(client);

    let kept = learned(&setup);
    let known = kept["search"].as_array().unwrap();
    assert_eq!(known.len(), 1, "{kept}");
    assert_eq!(
        (&known[0]["tool"], &known[0]["uses"]),
        (&json!("counter"), &json!(1))
    );
    let words: Vec<&String> = known[0]["words"].as_object().unwrap().keys().collect();
    assert_eq!(words, ["counter", "tally"]);
    let file = fs::read_to_string(kept["file"].as_str().unwrap()).unwrap();
    assert!(!file.contains("tally with"), "{file}");

    let (found, stderr, _) = output(setup.command(&["search", "tally"]));
    assert!(found.contains("fake.counter"), "{found}{stderr}");
    let client = Client::connect(setup.serve(), LEGACY);
    assert!(search(&client, "tally").contains("fake.counter"));
    let (text, stderr, code) = output(setup.command(&["learned"]));
    assert_eq!(code, 0, "{stderr}");
    assert!(
        text.contains("fake.counter (1): counter 1.0, tally 1.0"),
        "{text}"
    );
    let (_, stderr, code) = output(setup.command(&["learned", "forget", "fake.countr"]));
    assert!(
        code == 1 && stderr.contains("nothing was learned about"),
        "{stderr}"
    );
    let (_, stderr, code) = output(setup.command(&["learned", "forget", "fake.counter"]));
    assert!(code == 0 && stderr.contains("about 1 tool"), "{stderr}");
    assert_eq!(learned(&setup)["search"], json!([]));
    crate::eventually(&client, "a running server forgets it too", || {
        search(&client, "tally").contains("0 of")
    });
}

#[test]
fn searches_in_a_terminal_teach_nothing() {
    let setup = Setup::new(BINARIES, "learned-terminal").fake("fake", &[]);
    output(setup.command(&["search", "counter"]));
    let (value, stderr, code) = output(setup.command(&["call", "fake.counter"]));
    assert!(value.contains('1') && code == 0, "{stderr}");
    let kept = learned(&setup);
    assert_eq!(kept["search"], json!([]));
    // What a tool returns is the same whoever calls it.
    assert_eq!(kept["shapes"][0]["type"], "string", "{kept}");
}

#[test]
fn what_a_tool_returns_is_shown_warned_about_and_kept() {
    let setup = Setup::new(BINARIES, "learned-shapes").fake("fake", &[]);
    let client = Client::connect(setup.serve(), LEGACY);
    assert!(describe(&client, "fake.records").contains("Promise<unknown>"));
    for n in [0, 1, 200] {
        client.value_of(&format!("return (await fake.records({{ n: {n} }})).length"));
    }
    let ty = "{ id: number; name: string; price: number; stock: number; tags: string[] }[]";
    let described = describe(&client, "fake.records");
    assert!(
        described.contains(&format!(
            "Promise<{ty} /* observed in 3 calls, not promised */>"
        )),
        "{described}"
    );

    // Something that did not come before, told once.
    let echo = |value: Value| {
        answer(
            &client,
            "execute_tool",
            json!({ "tool": "fake.echo", "arguments": { "value": value } }),
        )
    };
    for id in 1..=3 {
        echo(json!({ "id": id, "name": "x" }));
    }
    let told = echo(json!({ "id": "4" }));
    assert!(told.contains("note: the result of `fake.echo` is unlike all before: `result.id` is a string, was a number, `result.name` is missing"), "{told}");
    assert!(!echo(json!({ "id": "4" })).contains("note:"));

    let script = "const rows = await fake.records({ n: 1 }); return String(rows[0].prize)";
    let read = client.script(script);
    let read = read.tool_result(PATIENCE);
    assert_eq!(read.block(0), "undefined");
    assert!(!read.is_error);
    let warned = read.text();
    assert!(
        warned.contains("without `prize`, as far as 3 calls have shown")
            && warned.contains("did you mean `price`"),
        "{warned}"
    );
    end(client);

    let (described, stderr, _) = output(setup.command(&["describe", "fake.records"]));
    assert!(
        described.contains(ty) && described.contains("in 4 calls"),
        "{described}{stderr}"
    );
    let (text, stderr, _) = output(setup.command(&["learned"]));
    assert!(
        text.contains(&format!("fake.records (4): {ty}")),
        "{text}{stderr}"
    );
    output(setup.command(&["learned", "forget"]));
    assert_eq!(learned(&setup)["shapes"], json!([]));
}

#[test]
fn no_value_of_a_result_is_kept() {
    let setup = Setup::new(BINARIES, "learned-values").fake("fake", &[]);
    let client = Client::connect(setup.serve(), LEGACY);
    let value = json!({
        "password": "hunter2", "sk_live_51H8xYzAbCdEfGhIjK": "t0psecret",
        "by": { "me@example.com": 1, "you@example.com": 2 }
    });
    for _ in 0..3 {
        answer(
            &client,
            "execute_tool",
            json!({ "tool": "fake.echo", "arguments": { "value": value } }),
        );
    }
    answer(
        &client,
        "search_tools",
        json!({ "query": "echo for sk_live_51H8xYzAbCdEfGhIjK and me@example.com" }),
    );
    answer(
        &client,
        "execute_tool",
        json!({ "tool": "fake.echo", "arguments": { "value": 1 } }),
    );
    end(client);
    let kept = learned(&setup);
    assert_eq!(kept["search"][0]["tool"], "echo", "{kept}");
    let folder = Path::new(kept["file"].as_str().unwrap()).parent().unwrap();
    let mut all = kept.to_string();
    for file in fs::read_dir(folder).unwrap() {
        all.push_str(&fs::read_to_string(file.unwrap().path()).unwrap());
    }
    assert!(all.contains("password"), "{all}");
    for part in ["hunter2", "t0psecret", "51H8", "example", "sk_live"] {
        assert!(!all.contains(part), "`{part}` in {all}");
    }
}

#[test]
fn a_broken_file_is_set_aside_and_stops_nothing() {
    let setup = Setup::new(BINARIES, "learned-broken").fake("fake", &[]);
    let file = learned(&setup)["file"].as_str().unwrap().to_owned();
    let file = Path::new(&file);
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(file, "\u{0}garbage").unwrap();
    let client = Client::connect(setup.serve(), LEGACY);
    client.value_of("return await fake.counter({})");
    end(client);
    assert_eq!(learned(&setup)["shapes"][0]["tool"], "counter");
    let aside = file.with_extension("json.broken");
    assert_eq!(fs::read_to_string(aside).unwrap(), "\u{0}garbage");
}

#[test]
fn it_can_be_switched_off() {
    let setup = Setup::new(BINARIES, "learned-off")
        .fake("fake", &[])
        .set("learn", json!(false));
    let client = Client::connect(setup.serve(), LEGACY);
    answer(&client, "search_tools", json!({ "query": "tally counter" }));
    for _ in 0..3 {
        client.value_of("return await fake.counter({})");
    }
    assert!(describe(&client, "fake.counter").contains("Promise<unknown>"));
    end(client);
    let kept = learned(&setup);
    assert_eq!(
        (&kept["learning"], &kept["search"], &kept["shapes"]),
        (&json!(false), &json!([]), &json!([]))
    );
    assert!(!Path::new(kept["file"].as_str().unwrap()).exists());
}
