mod arguments;
mod plans;
mod reads;

use retort_guest::contract::{
    ApiTarget, ApiUse, CallUse, Handling, Inspection, Place, Position, PromiseUse, PromiseUseKind,
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
        guarded: false,
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
            arguments: None,
            handling: Handling::Awaited,
            reads: Vec::new(),
            promise_uses: Vec::new(),
        }),
        ..one
    }
}

fn undeclared(line: u32, name: &str, member: Option<&str>) -> ApiUse {
    let text = member.map_or(name.to_owned(), |member| format!("{name}.{member}"));
    let target = ApiTarget::Undeclared {
        name: name.to_owned(),
        member: member.map(str::to_owned),
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
    "#);
}

#[test]
fn what_cannot_be_told_or_is_guarded_is_left_alone() {
    let guarded = |one: ApiUse| ApiUse {
        guarded: true,
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
        undeclared(1, "axios", Some("read")),
        undeclared(1, "helper", None),
        undeclared(1, "gh", Some("nothing_like_it")),
    ] {
        let text = one.text.clone();
        assert_eq!(found(vec![one]), "", "{text}");
    }
}

fn promise_use(line: u32, text: &str, kind: PromiseUseKind) -> PromiseUse {
    PromiseUse {
        place: place(line, 1, text),
        text: text.to_owned(),
        kind,
        guarded: false,
    }
}

#[test]
fn a_promise_is_no_result() {
    let mut one = called(tool(1, "github", "list_issues"));
    let call = one.call.as_mut().unwrap();
    call.handling = Handling::Elsewhere;
    call.promise_uses = vec![
        promise_use(2, "r.items", PromiseUseKind::Property("items".to_owned())),
        promise_use(3, "of r", PromiseUseKind::Iterated),
        promise_use(4, "`${r}`", PromiseUseKind::Converted),
        PromiseUse {
            guarded: true,
            ..promise_use(5, "r?.x", PromiseUseKind::Property("x".to_owned()))
        },
    ];
    insta::assert_snapshot!(found(vec![one]), @r#"
    error: `r.items` reads `items` from a promise: the call of `github.list_issues` is not awaited
    at 2:1
      r.items
      ^
    hint: write `await github.list_issues()` where it is called
    error: `of r` goes through a promise as a list: the call of `github.list_issues` is not awaited
    at 3:1
      of r
      ^
    hint: write `await github.list_issues()` where it is called
    warning: ``${r}`` makes text or a number of a promise: the call of `github.list_issues` is not awaited
    at 4:1
      `${r}`
      ^
    hint: write `await github.list_issues()` where it is called
    "#);
}

#[test]
fn what_nothing_waits_for_is_a_warning() {
    let mut one = called(tool(4, "github", "get_issue"));
    one.call.as_mut().unwrap().handling = Handling::Dropped;
    let inspection = Inspection {
        uses: vec![one],
        async_for_each: vec![place(2, 7, "items.forEach(async (item) => {")],
        incomplete: false,
    };
    let findings = check(&inspection, &catalog());
    assert!(!findings.has_errors());
    insta::assert_snapshot!(findings, @r#"
    warning: `forEach` does not wait for an async function
    at 2:7
      items.forEach(async (item) => {
            ^
    hint: write `for (const item of items) { await … }`, or all at once `await Promise.all(items.map(async (item) => …))`
    warning: nothing awaits the call of `github.get_issue`, so its result and its failure are lost
    at 4:7
      await github.get_issue(…)
            ^
    hint: write `await github.get_issue(…)`, or await several calls at once with `Promise.all`
    "#);
}

#[test]
fn many_findings_are_counted() {
    let uses = (1..=30).flat_map(|line| {
        let mut lost = called(tool(line, "github", "get_issue"));
        lost.call.as_mut().unwrap().handling = Handling::Dropped;
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
