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
        "there is no tool `github.list_isues`; nearest: `github.list_issues`, `github.get_issue`, `github.create_issue`, `github.a_b`, `github.search`; to search: `search_tools`, in a script `await searchTools(\"words\")`",
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
fn what_searches_need_is_built_again_only_for_other_tools() {
    let before = Catalog::new(vec![listing("x", &["a"]), listing("y", &["b"])]);
    let shares = |listings: Vec<ServerListing>| {
        let after = Catalog::following(&before, listings);
        Arc::ptr_eq(&before.index, &after.index)
    };
    let stopped = ServerListing {
        state: ServerState::Disabled,
        ..listing("y", &["b"])
    };
    assert!(shares(vec![listing("x", &["a"]), stopped]));
    assert!(!shares(vec![listing("x", &["a"]), listing("y", &["c"])]));
    assert!(!shares(vec![listing("x", &["a"]), listing("z", &["b"])]));
    assert!(!shares(vec![listing("x", &["a"])]));
}

#[test]
fn long_and_odd_names_make_short_messages() {
    let long = "ä.".repeat(10_000);
    assert!(catalog().resolve(&long).unwrap_err().to_string().len() < 1_000);
    let message = catalog()
        .resolve("github.a\n\u{1b}[2Jb")
        .unwrap_err()
        .to_string();
    assert!(!message.contains(char::is_control), "{message:?}");
}

fn described(names: &[&str], detail: Detail) -> String {
    let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
    let mut listings = vec![listing("my-server", &["get-item", "search"])];
    listings[0].instructions = Some("Be kind.\nAlways.".to_owned());
    let large: Vec<String> = (0..400)
        .map(|i| format!("tool_{i}_{}", "x".repeat(60)))
        .collect();
    let large: Vec<&str> = large.iter().map(String::as_str).collect();
    listings.push(listing("large", &large));
    listings.push(ServerListing {
        instructions: Some("Word. ".repeat(1_000)),
        ..listing("wordy", &["a"])
    });
    Catalog::new(listings).describe(&names, detail)
}

#[test]
fn several_tools_and_unknown_names_are_described_at_once() {
    insta::assert_snapshot!(described(&["my_server.search", "my-server/get-item", "my_server.serch"], Detail::Full), @r#"
    there is no tool `my_server.serch`; nearest: `my_server.search`, `my_server.get_item`; to search: `search_tools`, in a script `await searchTools("words")`

    my_server.search(): Promise<unknown>

    /** (the server's name for it: get-item) */
    my_server.get_item(): Promise<unknown>
    "#);
}

#[test]
fn a_server_is_described_by_its_words_and_signatures() {
    let lines = [
        "server my_server (ready, 2 tools), configured as `my-server`",
        "in the server's own words:",
        "> Be kind.",
        "> Always.",
        "",
        "my_server.get_item(): Promise<unknown>",
        "my_server.search(): Promise<unknown>",
    ];
    assert_eq!(
        described(&["my-server"], Detail::Signature),
        lines.join("\n")
    );
    let wordy = described(&["wordy"], Detail::Signature);
    assert!(
        wordy.contains("own words, the first 2000 of 5999 characters:\n> Word. "),
        "{wordy}"
    );
    assert!(wordy.ends_with("wordy.a(): Promise<unknown>"), "{wordy}");
}

#[test]
fn a_description_keeps_within_its_budget_and_says_what_is_missing() {
    let text = described(&["large"], Detail::Signature);
    assert!(text.len() <= 10_000, "{}", text.len());
    assert!(
        text.contains("tools left out for length, ask for them by name: large.tool_"),
        "{text}"
    );
    let unknown: Vec<String> = (0..500).map(|i| format!("unknown{i}")).collect();
    let unknown: Vec<&str> = unknown.iter().map(String::as_str).collect();
    assert!(described(&unknown, Detail::Full).len() <= 10_000);
    assert!(described(&[], Detail::Full).starts_with("no names were given"));
}

#[test]
fn what_is_cut_to_a_smaller_detail_is_named() {
    let properties: serde_json::Map<String, serde_json::Value> = (0..40)
        .map(|i| {
            (
                format!("key_{i}"),
                json!({"description": format!("Said {i}. {}", "And more. ".repeat(20))}),
            )
        })
        .collect();
    let wide = |name: &str| {
        let raw = json!({"name": name, "inputSchema": {"properties": properties}});
        ToolDefinition::from_json(&raw).unwrap()
    };
    let tools = ["a", "b", "c", "d"].map(wide);
    let catalog = Catalog::new(vec![ServerListing {
        tools: tools.to_vec(),
        ..listing("s", &[])
    }]);
    let names = ["s.a", "s.b", "s.c", "s.d"].map(str::to_owned);
    let alone = catalog.describe(&names[..1], Detail::Full);
    assert!(alone.contains("/** Said 39. And more. And"), "{alone}");
    let all = catalog.describe(&names, Detail::Full);
    assert!(
        all.len() <= 10_000 && all.contains("key_39?: unknown; // Said 39\n"),
        "{all}"
    );
    assert!(
        all.ends_with(
            "4 tools in less detail for length, ask for fewer at once: s.a, s.b, s.c, s.d"
        ),
        "{all}"
    );
}

/// A server whose tools take the same recursive filter and the same range.
fn with_shared_types(tools: &[&str]) -> Catalog {
    let definitions = json!({
        "Filter": {"description": "What to keep.", "properties": {"all": {"items": {"$ref": "#/$defs/Filter"}}, "field": {"type": "string"}}},
        "Range": {"properties": {"lower_bound": {"type": "number"}, "upper_bound": {"type": "number"}}}
    });
    let properties = json!({"filter": {"$ref": "#/$defs/Filter"}, "price": {"$ref": "#/$defs/Range", "description": "In euro."}});
    let tools = tools.iter().map(|name| {
        let raw =
            json!({"name": name, "inputSchema": {"properties": properties, "$defs": definitions}});
        ToolDefinition::from_json(&raw).unwrap()
    });
    Catalog::new(vec![ServerListing {
        tools: tools.collect(),
        ..listing("s", &[])
    }])
}

#[test]
fn types_of_several_tools_are_printed_once() {
    let catalog = with_shared_types(&["a", "b"]);
    let names = ["s.a".to_owned(), "s.b".to_owned()];
    insta::assert_snapshot!(catalog.describe(&names, Detail::Signature), @r"
    s.a(args?: { filter?: Filter; price?: Range }): Promise<unknown>
    type Filter = { all?: Filter[]; field?: string }
    type Range = { lower_bound?: number; upper_bound?: number }
    s.b(args?: { filter?: Filter; price?: Range }): Promise<unknown>
    ");
    // What one tool alone names is in place, unless it names itself.
    insta::assert_snapshot!(catalog.describe(&names[..1], Detail::Brief), @r"
    s.a(args?: {
      filter?: Filter; // What to keep
      price?: { lower_bound?: number; upper_bound?: number }; // In euro
    }): Promise<unknown>
    type Filter = { all?: Filter[]; field?: string } // What to keep
    ");
    let whole = catalog.describe(&["s".to_owned()], Detail::Signature);
    assert_eq!(whole.matches("type Filter = ").count(), 1, "{whole}");
}

#[test]
fn what_is_wrong_with_a_definition_is_said() {
    let raw = json!({"name": "t", "description": 7, "inputSchema": {"properties": {"a": {"type": "any"}}}});
    let catalog = Catalog::new(vec![ServerListing {
        tools: vec![ToolDefinition::from_json(&raw).unwrap(), tool("sound")],
        ..listing("s", &[])
    }]);
    let names = ["s.t".to_owned(), "s.sound".to_owned()];
    let text = catalog.describe(&names, Detail::Signature);
    let (first, rest) = text.split_once("\n\n").unwrap();
    assert!(
        first.starts_with("of s.t: `description` is a number, not a string; calls are not checked before they are made ("),
        "{text}"
    );
    assert_eq!(
        rest,
        "s.t(args?: { a?: unknown }): Promise<unknown>\ns.sound(): Promise<unknown>"
    );
}
