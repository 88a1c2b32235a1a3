mod arguments;
mod plans;
mod promises;
mod reads;

use retort_guest::contract::{
    ApiTarget, ApiUse, CallUse, Exposure, Handling, Inspection, Place, Position, WaitFor, WaitKind,
};
use serde_json::{Value, json};

use super::*;
use crate::catalog::{ServerListing, ServerState};
use crate::definition::ToolDefinition;

fn listing(name: &str, tools: &[Value]) -> ServerListing {
    ServerListing {
        name: name.to_owned(),
        state: ServerState::Ready,
        instructions: None,
        tools: tools
            .iter()
            .map(|tool| ToolDefinition::from_json(tool).unwrap())
            .collect(),
    }
}

fn with_state(state: ServerState, listing: ServerListing) -> ServerListing {
    ServerListing { state, ..listing }
}

fn catalog() -> Catalog {
    let plain = |name: &str| json!({"name": name, "inputSchema": {}});
    let failed = ServerState::Failed {
        reason: "exited".to_owned(),
    };
    Catalog::new(vec![
        listing(
            "github",
            &[
                plain("list_issues"),
                plain("get_issue"),
                plain("search_code"),
            ],
        ),
        listing("my-files", &[plain("read"), plain("write_file")]),
        with_state(failed, listing("broken", &[])),
        with_state(ServerState::Starting, listing("slow", &[plain("old")])),
        with_state(ServerState::Disabled, listing("switched", &[plain("x")])),
    ])
}

/// A place whose line is the text that stands there.
fn place(line: u32, column: u32, source_line: &str) -> Place {
    Place {
        position: Position { line, column },
        source_line: source_line.to_owned(),
    }
}

/// The use of `text` on line `line`, as a whole line of its own.
fn api_use(line: u32, text: &str, target: ApiTarget) -> ApiUse {
    ApiUse {
        place: place(line, 7, &format!("await {text}(…)")),
        text: text.to_owned(),
        target,
        exposure: Exposure::Sure,
        call: None,
    }
}

fn tool(line: u32, server: &str, tool: &str) -> ApiUse {
    let target = ApiTarget::Tool {
        server: server.to_owned(),
        tool: tool.to_owned(),
    };
    api_use(line, &format!("{server}.{tool}"), target)
}

/// `one`, called without arguments and awaited.
fn called(one: ApiUse) -> ApiUse {
    ApiUse {
        call: Some(CallUse {
            place: one.place.clone(),
            text: one.text.clone(),
            exposure: Exposure::Sure,
            arguments: None,
            count: 0,
            handling: Handling::Awaited,
            reads: Vec::new(),
        }),
        ..one
    }
}

fn undeclared(line: u32, name: &str, member: Option<&str>) -> ApiUse {
    let text = member.map_or(name.to_owned(), |member| format!("{name}.{member}"));
    let target = ApiTarget::Undeclared {
        name: name.to_owned(),
        member: member.map(str::to_owned),
        near: None,
        hint: "use what there is".to_owned(),
    };
    api_use(line, &text, target)
}

fn inspection(uses: Vec<ApiUse>) -> Inspection {
    Inspection {
        uses,
        ..Inspection::default()
    }
}

fn found(uses: Vec<ApiUse>) -> String {
    check(&inspection(uses), &catalog()).to_string()
}

#[test]
fn an_unknown_tool_is_told_once_with_the_nearest() {
    insta::assert_snapshot!(found(vec![
        tool(1, "github", "list_isues"),
        called(tool(2, "github", "list_isues")),
        called(tool(3, "my_files", "read")),
        called(tool(9, "github", "list_isues")),
    ]), @r#"
    error: there is no tool `github.list_isues` (also on lines 1, 9)
    at 2:7
      await github.list_isues(…)
            ^
    hint: nearest: `github.list_issues`, `github.get_issue`, `github.search_code`; to search: `search_tools`, in a script `await searchTools("words")`
    "#);
}

#[test]
fn an_unknown_server_is_told_with_the_nearest() {
    insta::assert_snapshot!(found(vec![
        called(tool(1, "githb", "get_issue")),
        api_use(2, "tools[\"my-fles\"]", ApiTarget::AnyToolOf { server: "my-fles".to_owned() }),
    ]), @r#"
    error: there is no server `githb`
    at 1:7
      await githb.get_issue(…)
            ^
    hint: nearest: `github.get_issue`, `github`, `switched`, `my_files`, `broken`; to search: `search_tools`, in a script `await searchTools("words")`
    warning: there is no server `my-fles`
    at 2:7
      await tools["my-fles"](…)
            ^
    hint: nearest: `my_files`, `broken`, `switched`, `github`, `slow`; to search: `search_tools`, in a script `await searchTools("words")`
    "#);
}

#[test]
fn a_name_that_must_mean_a_server_is_told() {
    insta::assert_snapshot!(found(vec![
        undeclared(1, "githb", Some("list_issues")),
        undeclared(2, "gitHub", None),
        undeclared(3, "gh", Some("search_code")),
        undeclared(4, "write_file", None),
        undeclared(5, "switched", Some("x")),
        undeclared(6, "axios", Some("read")),
        undeclared(7, "mcp__github__get_issue", None),
        undeclared(8, "mcp__github__get_isue", None),
    ]), @r#"
    error: there is no server `githb`
    at 1:7
      await githb.list_issues(…)
            ^
    hint: did you mean `github.list_issues`?
    error: there is no server `gitHub`
    at 2:7
      await gitHub(…)
            ^
    hint: did you mean `github`?
    error: there is no server `gh`
    at 3:7
      await gh.search_code(…)
            ^
    hint: did you mean `github.search_code`?
    error: `write_file` is no global: a tool is a function of its server
    at 4:7
      await write_file(…)
            ^
    hint: did you mean `my_files.write_file`?
    error: server `switched` is switched off in the configuration
    at 5:7
      await switched.x(…)
            ^
    hint: use another server, or ask for it to be switched on
    error: `axios` is not defined
    at 6:7
      await axios.read(…)
            ^
    hint: use what there is
    error: `mcp__github__get_issue` is no global: a tool is a function of its server
    at 7:7
      await mcp__github__get_issue(…)
            ^
    hint: did you mean `github.get_issue`?
    error: there is no tool `github.get_isue`
    at 8:7
      await mcp__github__get_isue(…)
            ^
    hint: nearest: `github.get_issue`, `github.list_issues`, `github.search_code`; to search: `search_tools`, in a script `await searchTools("words")`
    "#);
}

#[test]
fn names_of_the_script_come_before_those_of_servers() {
    let like = |line, name: &str, member, near: &str| {
        let mut one = undeclared(line, name, member);
        if let ApiTarget::Undeclared { near: known, .. } = &mut one.target {
            *known = Some(near.to_owned());
        }
        one
    };
    insta::assert_snapshot!(found(vec![
        like(1, "isues", Some("length"), "issues"),
        like(2, "writefile", None, "writeFile"),
        like(3, "write_file", None, "write_files"),
        like(4, "githb", None, "gith"),
        like(5, "gthub", Some("get_issue"), "gthubs"),
    ]), @"
    error: `isues` is not defined
    at 1:7
      await isues.length(…)
            ^
    hint: did you mean `issues`?
    error: `writefile` is not defined
    at 2:7
      await writefile(…)
            ^
    hint: did you mean `writeFile`?
    error: `write_file` is no global: a tool is a function of its server
    at 3:7
      await write_file(…)
            ^
    hint: did you mean `my_files.write_file`?
    error: there is no server `githb`
    at 4:7
      await githb(…)
            ^
    hint: did you mean `github`?
    error: there is no server `gthub`
    at 5:7
      await gthub.get_issue(…)
            ^
    hint: did you mean `github.get_issue`?
    ");
}

#[test]
fn a_tool_in_the_place_of_a_server_is_told() {
    insta::assert_snapshot!(found(vec![
        called(tool(1, "get_issue", "")),
        called(tool(2, "mcp__github__get_issue", "")),
        called(tool(3, "github", "")),
        called(tool(4, "get_isue", "")),
        api_use(
            5,
            "callTool",
            ApiTarget::AnyToolOf {
                server: "search_code".to_owned()
            }
        ),
    ]), @r#"
    error: there is no server `get_issue`: a tool is named with its server
    at 1:7
      await get_issue.(…)
            ^
    hint: did you mean `github.get_issue`?
    error: there is no server `mcp__github__get_issue`: a tool is named with its server
    at 2:7
      await mcp__github__get_issue.(…)
            ^
    hint: did you mean `github.get_issue`?
    error: there is no tool `github` (that is a server: name one of its tools)
    at 3:7
      await github.(…)
            ^
    hint: nearest: `github.list_issues`, `github.get_issue`, `github.search_code`; to search: `search_tools`, in a script `await searchTools("words")`
    error: there is no tool `get_isue`
    at 4:7
      await get_isue.(…)
            ^
    hint: nearest: `github.get_issue`, `github.list_issues`, `my_files.write_file`, `github.search_code`, `my_files.read`; to search: `search_tools`, in a script `await searchTools("words")`
    warning: there is no server `search_code`: a tool is named with its server
    at 5:7
      await callTool(…)
            ^
    hint: did you mean `github.search_code`?
    "#);
}

#[test]
fn a_variable_read_before_it_is_declared_is_told() {
    let early = |line, name: &str| {
        let name = name.to_owned();
        api_use(line, &name.clone(), ApiTarget::TooEarly { name })
    };
    insta::assert_snapshot!(found(vec![early(1, "github"), early(2, "total")]), @"
    error: `github` is read before it is declared: the variable hides the server
    at 1:7
      await github(…)
            ^
    hint: give the variable another name
    error: `total` is read before it is declared
    at 2:7
      await total(…)
            ^
    hint: declare it above, or give the variable another name
    ");
}

#[test]
fn what_cannot_be_told_or_is_guarded_is_left_alone() {
    let guarded = |one: ApiUse| ApiUse {
        exposure: Exposure::Guarded,
        ..one
    };
    let any_of = |server: &str| ApiTarget::AnyToolOf {
        server: server.to_owned(),
    };
    for one in [
        called(tool(1, "github", "list_issues")),
        called(tool(1, "my-files", "read")),
        called(tool(1, "broken", "anything")),
        called(tool(1, "slow", "new")),
        called(tool(1, "switched", "y")),
        guarded(called(tool(1, "github", "list_isues"))),
        guarded(undeclared(1, "githb", Some("list_issues"))),
        api_use(1, "github[name]", any_of("github")),
        api_use(1, "tools[name]", ApiTarget::AnyTool),
        undeclared(1, "github", None),
    ] {
        let text = one.text.clone();
        assert_eq!(found(vec![one]), "", "{text}");
    }
}

fn wait_for(text: &str) -> WaitFor {
    WaitFor {
        text: text.to_owned(),
        read: String::new(),
        kind: WaitKind::Promise,
        in_plain_function: false,
    }
}

#[test]
fn many_findings_are_counted() {
    let uses = (1..=30).flat_map(|line| {
        let mut lost = called(tool(line, "github", "get_issue"));
        lost.call.as_mut().unwrap().handling = Handling::Dropped(wait_for("x()"));
        [called(tool(line, "github", &format!("t{line}"))), lost]
    });
    let findings = check(&inspection(uses.collect()), &catalog());
    assert_eq!(findings.of(Severity::Error).count(), 20);
    assert_eq!((findings.more_errors, findings.more_warnings), (10, 10));
    assert!(
        findings
            .found
            .is_sorted_by_key(|finding| finding.place.position)
    );
    let text = findings.to_string();
    assert!(
        text.ends_with("\nand 10 more errors\nand 10 more warnings"),
        "{text}"
    );
}

/// What the guest sends is not trusted: long and odd texts stay short and harmless.
#[test]
fn odd_names_and_places_do_no_harm() {
    let long = "ä\u{1b}[2J".repeat(10_000);
    let mut one = called(tool(u32::MAX, &long, &long));
    one.place = place(0, u32::MAX, "\t\u{1f600}");
    let mut two = undeclared(2, &long, Some(&long));
    two.place = place(1, 2, "\u{1f600}x");
    let text = found(vec![one, two]);
    assert!(text.len() < 2_000, "{}", text.len());
    assert!(!text.contains('\u{1b}'), "{text:?}");
}
