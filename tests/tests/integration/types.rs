//! `retort types`: the compiler takes right scripts and refuses wrong ones, and what
//! it takes runs.

use std::fs;
use std::path::Path;

use retort_tests::compiler::{Complaint, compile};
use retort_tests::judge;
use retort_tests::setup::Setup;
use serde_json::{Value, json};

use crate::BINARIES;
use crate::commands::output;

/// Uses every part of the interface.
const RIGHT: &str = r#"
export default async () => {
  const { sum } = await fake.add({ a: 1, b: 2 });
  const wrapped: number = await fake.wrapped();
  const order = { customer: "c", lines: [{ sku: "s", quantity: 2 }], priority: "low" as const };
  await fake.create_order(order);
  const ids = [await my_server.get_item({ id: "1" }), await tools["my-server"]["get-item"]({ id: "1" })];
  await tools.history.echo({ value: [] });
  await callTool("my-server", "get-item", { id: "1" });
  const found = await searchTools("add numbers", { limit: 3 });
  const text = await describeTools(found.map((row) => row.name), { detail: "brief" });
  let code = "";
  try {
    await fake.fail({ message: "on purpose" });
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    code = error.code;
  }
  const url = new URL("https://example.com/?q=7");
  const signal: AbortSignal = AbortSignal.timeout(1000);
  const bytes = new TextDecoder().decode(new TextEncoder().encode(atob(btoa("x"))));
  await new Promise<void>((done) => setTimeout(done, 1));
  console.log(text.length, crypto.randomUUID().length, performance.now(), signal.aborted);
  emit({ type: "text", text: "beside" });
  return { sum, wrapped, ids: ids.length, code, q: url.searchParams.get("q"), bytes };
};
"#;

/// Every line with `// wrong` is, and no other.
const WRONG: &str = r#"
export default async () => {
  await fake.add({ a: 1 }); // wrong
  await fake.add({ a: 1, b: "2" }); // wrong
  await fake.add({ a: 1, b: 2, c: 3 }); // wrong
  (await fake.add({ a: 1, b: 2 })).total; // wrong
  (await fake.add({ a: 1, b: 2 })).sum;
  fake.add({ a: 1, b: 2 }).sum; // wrong
  await fake.ad({ a: 1, b: 2 }); // wrong
  await fake.create_order({ customer: "c", lines: [], priority: "middle" }); // wrong
  await fake.create_order({ customer: "c", lines: [{ sku: "s" }] }); // wrong
  const text: string = await fake.wrapped(); // wrong
  await tools["my-server"]["get-itm"]({ id: "1" }); // wrong
  await tools.nobody.add({}); // wrong
  await describeTools("fake.add", "everything"); // wrong
  await results.get(1); // wrong
  emit("text"); // wrong
  await fetch("https://example.com"); // wrong
  document.title; // wrong
  return text;
};
"#;

fn setup(name: &str) -> Setup {
    let setup = Setup::new(BINARIES, name).fake("fake", &["--instructions", "Be */ kind."]);
    setup.fake("my-server", &[]).fake("history", &[])
}

/// What `retort types` prints, kept where its head says, with the configuration that
/// its head gives.
fn project(setup: &Setup) -> String {
    let (types, stderr, code) = output(setup.command(&["types"]));
    assert_eq!((code, stderr.as_str()), (0, ""), "{types}");
    let head = types.lines().take_while(|line| line.starts_with("//"));
    let head: String = head.map(|line| &line[2..]).collect();
    let config = &head[head.find('{').unwrap()..];
    let mut config = serde_json::Deserializer::from_str(config).into_iter::<Value>();
    let config = config.next().unwrap().unwrap();
    let write = |name: &str, text: &str| fs::write(setup.folder().join(name), text).unwrap();
    write("retort.d.ts", &types);
    write("tsconfig.json", &config.to_string());
    write("right.ts", RIGHT);
    write("wrong.ts", WRONG);
    types
}

fn complaints(folder: &Path, arguments: &[&str]) -> Option<Vec<Complaint>> {
    compile(folder, arguments)
        .map_err(|why| judge::skip(&why))
        .ok()
}

#[test]
fn right_scripts_compile_and_run_and_wrong_ones_do_not_compile() {
    let setup = setup("types");
    project(&setup);
    let (value, stderr, code) = output(setup.command(&["run", "right.ts"]));
    assert_eq!(code, 0, "{stderr}");
    let value: Value = serde_json::from_str(&value).unwrap();
    assert_eq!(
        value,
        json!({"sum": 3, "wrapped": 42, "ids": 2, "code": "tool_error", "q": "7", "bytes": "x"})
    );
    let Some(complaints) = complaints(setup.folder(), &["-p", "."]) else {
        return;
    };
    let lines = WRONG.lines().zip(1..);
    let wrong: Vec<usize> = lines
        .filter_map(|(line, number)| line.ends_with("// wrong").then_some(number))
        .collect();
    let found: Vec<usize> = complaints.iter().map(|one| one.line).collect();
    assert!(
        found == wrong && complaints.iter().all(|one| one.file == "wrong.ts"),
        "{complaints:#?}"
    );
}

#[test]
fn the_file_gets_on_with_the_browsers_library() {
    let setup = setup("types_browser");
    project(&setup);
    let config = json!({
        "extends": "./tsconfig.json",
        "compilerOptions": {"lib": ["esnext", "dom"]},
        "files": ["retort.d.ts", "right.ts"],
    });
    let path = setup.folder().join("browser.json");
    fs::write(path, config.to_string()).unwrap();
    if let Some(complaints) = complaints(setup.folder(), &["-p", "browser.json"]) {
        assert_eq!(complaints, []);
    }
}

#[test]
fn every_global_that_is_declared_exists() {
    let setup = setup("types_globals");
    let types = project(&setup);
    let declared: Vec<&str> = types
        .lines()
        .filter_map(|line| line.strip_prefix("declare ")?.split_once(' '))
        .map(|(_, rest)| {
            rest.split(|c: char| !c.is_ascii_alphanumeric() && c != '_')
                .next()
                .unwrap()
        })
        .filter(|name| *name != "RetortServers")
        .collect();
    assert!(
        declared.contains(&"tools") && declared.contains(&"URLSearchParams"),
        "{declared:?}"
    );
    let names = json!(declared);
    fs::write(
        setup.folder().join("globals.ts"),
        format!("return {names}.filter((name) => !(name in globalThis))"),
    )
    .unwrap();
    let (missing, stderr, code) = output(setup.command(&["run", "globals.ts"]));
    assert_eq!((missing.trim(), code), ("[]", 0), "{stderr}");
}

#[test]
fn servers_are_chosen_by_name_and_missing_ones_said() {
    let setup = setup("types_chosen").fake("broken", &["--die-at-start"]);
    let (one, _, code) = output(setup.command(&["types", "my-server"]));
    assert!(
        code == 0
            && one.contains("declare namespace my_server {")
            && !one.contains("namespace fake"),
        "{one}"
    );
    let (all, stderr, code) = output(setup.command(&["types"]));
    assert!(code == 0 && all.contains("namespace fake {"), "{stderr}");
    assert!(
        stderr
            .contains("warning: server `broken` is not ready, so its tools are left out (failed: "),
        "{stderr}"
    );
    let refused = |name: &str, said: &str| {
        let (stdout, stderr, code) = output(setup.command(&["types", "fake", name]));
        assert_eq!((stdout.as_str(), code), ("", 2), "{stderr}");
        assert!(stderr.contains(said), "{stderr}");
    };
    refused(
        "my-sever",
        "error: there is no server `my-sever`; did you mean `my-server`?",
    );
    refused(
        "broken",
        "error: server `broken` is not ready, so its tools are left out (failed: ",
    );
}
