//! The servers that people really use, from npm: everything, filesystem, memory.

use std::fs;
use std::path::Path;
use std::time::Duration;

use retort_tests::client::Client;
use retort_tests::judge;
use retort_tests::setup::Setup;
use serde_json::{Value, json};

use crate::{BINARIES, LEGACY};

fn server(node: &Path, package: &str, args: &[&str]) -> Result<Value, String> {
    let script = judge::npm(&format!(
        "@modelcontextprotocol/server-{package}/dist/index.js"
    ))?;
    let args: Vec<&str> = [script.to_str().unwrap()]
        .iter()
        .chain(args)
        .copied()
        .collect();
    Ok(json!({ "command": node, "args": args }))
}

/// All three servers, and a folder with three files.
fn connect(name: &str) -> Result<Client, String> {
    let node = judge::node()?;
    let setup = Setup::new(BINARIES, name);
    let folder = setup.folder().join("notes");
    fs::create_dir_all(&folder).unwrap();
    for (file, text) in [
        ("a.txt", "alpha"),
        ("b.txt", "beta beta"),
        ("c.txt", "gamma gamma gamma"),
    ] {
        fs::write(folder.join(file), text).unwrap();
    }
    let graph = setup.folder().join("graph.jsonl");
    let mut memory = server(&node, "memory", &[])?;
    memory["env"] = json!({ "MEMORY_FILE_PATH": graph });
    let setup = setup
        .server("everything", server(&node, "everything", &[])?)
        .server(
            "filesystem",
            server(&node, "filesystem", &[folder.to_str().unwrap()])?,
        )
        .server("memory", memory);
    Ok(Client::connect(setup.serve(), LEGACY))
}

fn run(client: &Client, script: &str) -> String {
    let result = client.script(script).tool_result(Duration::from_mins(1));
    assert!(!result.is_error, "{}", result.text());
    result.block(0).to_owned()
}

#[test]
fn a_script_works_over_three_real_servers() {
    let client = match connect("real") {
        Ok(client) => client,
        Err(why) => return judge::skip(&why),
    };
    let counts = run(
        &client,
        r#"
        const { folder } = await (async () => {
          const text = JSON.stringify(await filesystem.list_allowed_directories({}));
          return { folder: text.match(/\/[^"\\\s]*notes/)[0] };
        })();
        const text = (result) => (typeof result === "string" ? result : result.content);
        const listing = text(await filesystem.list_directory({ path: folder }));
        const names = listing.split("\n").map((line) => line.replace("[FILE] ", "").trim()).filter(Boolean);
        const files = await Promise.all(
          names.map(async (name) => ({ name, text: text(await filesystem.read_text_file({ path: `${folder}/${name}` })) })),
        );
        await memory.create_entities({
          entities: files.map(({ name, text }) => ({ name, entityType: "file", observations: text.split(" ") })),
        });
        await memory.create_relations({
          relations: files.slice(1).map(({ name }, i) => ({ from: files[i].name, to: name, relationType: "precedes" })),
        });
        const graph = await memory.read_graph({});
        return {
          files: files.length,
          entities: graph.entities.length,
          observations: graph.entities.reduce((sum, entity) => sum + entity.observations.length, 0),
          relations: graph.relations.length,
        };
        "#,
    );
    assert_eq!(
        counts,
        r#"{"files":3,"entities":3,"observations":6,"relations":2}"#
    );
}

#[test]
fn a_real_servers_error_is_caught_and_the_others_results_are_used() {
    let client = match connect("real-error") {
        Ok(client) => client,
        Err(why) => return judge::skip(&why),
    };
    let value = run(
        &client,
        r#"
        const [missing, graph] = await Promise.allSettled([
          filesystem.read_text_file({ path: "/no/such/file" }),
          memory.read_graph({}),
        ]);
        const { server, tool, message } = missing.reason;
        return { server, tool, said: message.length > 10, entities: graph.value.entities.length };
        "#,
    );
    assert_eq!(
        value,
        r#"{"server":"filesystem","tool":"read_text_file","said":true,"entities":0}"#
    );
}

#[test]
fn a_real_servers_image_reaches_the_client() {
    let client = match connect("real-image") {
        Ok(client) => client,
        Err(why) => return judge::skip(&why),
    };
    let script = r#"
        const blocks = [].concat(await tools.everything["get-tiny-image"]({}));
        for (const block of blocks) if (block.type === "image") emit(block);
        return blocks.length;
    "#;
    let result = client.script(script).tool_result(Duration::from_mins(1));
    assert!(!result.is_error, "{}", result.text());
    let image = result.blocks.iter().find(|block| block["type"] == "image");
    let image = image.unwrap_or_else(|| panic!("no image: {}", result.text()));
    assert_eq!(image["mimeType"], "image/png");
}

#[test]
fn what_real_tools_return_that_promise_nothing_is_known_after_three_calls() {
    let client = match connect("real-shapes") {
        Ok(client) => client,
        Err(why) => return judge::skip(&why),
    };
    let describe = |detail: &str| {
        let tools = ["get-resource-links", "get-sum", "get-env"];
        let tools = tools.map(|tool| format!("everything.{tool}"));
        let arguments = json!({ "tools": tools, "detail": detail });
        client
            .call("describe_tools", arguments)
            .tool_result(Duration::from_mins(1))
            .text()
    };
    let before = describe("signature");
    assert_eq!(before.matches("Promise<unknown>").count(), 3, "{before}");
    for n in 1..=3 {
        let script = format!(
            "const links = await tools.everything['get-resource-links']({{ count: {n} }});
             const sum = await tools.everything['get-sum']({{ a: {n}, b: 0.5 }});
             const {{ PATH }} = await tools.everything['get-env']({{}});
             return [links.length, sum.includes('{n}.5'), typeof PATH];"
        );
        assert_eq!(
            run(&client, &script),
            format!(r#"[{},true,"string"]"#, n + 1)
        );
    }
    let blocks = "{ description?: string; mimeType?: string; name?: string; text?: string; type: string; uri?: string }[]";
    for detail in ["signature", "brief", "full"] {
        let described = describe(detail);
        for ty in [blocks, "string"] {
            let returns = format!("Promise<{ty} /* observed in 3 calls, not promised */>");
            assert!(described.contains(&returns), "{described}");
        }
        assert!(described.contains("PATH: string"), "{described}");
    }
}
