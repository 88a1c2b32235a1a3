use serde_json::json;

use super::*;

fn tool(name: &str) -> ToolDefinition {
    ToolDefinition::from_json(&json!({"name": name, "inputSchema": {}})).unwrap()
}

fn listing(name: &str, tools: &[&str]) -> ServerListing {
    ServerListing {
        name: name.to_owned(),
        state: ServerState::Ready,
        instructions: None,
        tools: tools.iter().map(|name| tool(name)).collect(),
    }
}

fn catalog() -> Catalog {
    Catalog::new(vec![
        listing(
            "github",
            &["list_issues", "get_issue", "create_issue", "search", "a.b"],
        ),
        listing("my-server", &["get-item", "search", "delete"]),
    ])
}

fn check(asked: &str, expected: &str) {
    let catalog = catalog();
    let found = match catalog.resolve(asked) {
        Ok(tool) => tool.path(),
        Err(not_found) => not_found.to_string(),
    };
    assert_eq!(found, expected);
}

#[test]
fn a_tool_is_found_by_raw_name_and_by_identifier() {
    check("github.list_issues", "github.list_issues");
    check("my-server/get-item", "my_server.get_item");
    check("my_server.get_item", "my_server.get_item");
    check("mcp__github__get_issue", "github.get_issue");
    check("tools.github.get_issue", "github.get_issue");
    check("github.a.b", "github.a_b");
    check("get-item", "my_server.get_item");
    check("my-server.delete", "my_server.delete_");
}

#[test]
fn an_unknown_name_is_answered_with_the_nearest() {
    check(
        "github.list_isues",
        "there is no tool `github.list_isues`; nearest: `github.list_issues`, `github.get_issue`, `github.create_issue`; to search: `search_tools`, in a script `await searchTools(\"words\")`",
    );
    check(
        "search",
        "there is no tool `search` (several servers have one: name the server too); nearest: `github.search`, `my_server.search`; to search: `search_tools`, in a script `await searchTools(\"words\")`",
    );
    let message = catalog().resolve("githb.get_issue").unwrap_err();
    assert_eq!(message.kind, NotFoundKind::Server);
    assert_eq!(message.nearest[0], "github.get_issue");
    let message = catalog().tool("github", "issues_list").unwrap_err();
    assert_eq!(message.nearest[0], "github.list_issues");
}

#[test]
fn case_counts_for_lookup_but_not_for_suggestions() {
    let not_found = catalog().resolve("github.List_Issues").unwrap_err();
    assert_eq!(not_found.nearest[0], "github.list_issues");
}

#[test]
fn a_server_that_is_not_ready_is_named() {
    let catalog = Catalog::new(vec![ServerListing {
        state: ServerState::Failed {
            reason: "exited with 1".to_owned(),
        },
        ..listing("broken", &[])
    }]);
    let message = catalog.tool("broken", "x").unwrap_err().to_string();
    assert!(
        message.contains("server `broken` is not ready, failed: exited with 1"),
        "{message}"
    );
}

#[test]
fn the_same_server_twice_is_told_apart() {
    let catalog = Catalog::new(vec![listing("x", &["a"]), listing("x", &["b"])]);
    let names: Vec<_> = catalog
        .servers()
        .iter()
        .map(|server| &*server.name)
        .collect();
    assert_eq!(names, ["x", "x_2"]);
    assert_eq!(catalog.tool("x_2", "b").unwrap().path(), "x_2.b");
}

#[test]
fn long_and_odd_names_make_short_messages() {
    let long = "ä.".repeat(10_000);
    assert!(catalog().resolve(&long).unwrap_err().to_string().len() < 1_000);
}
