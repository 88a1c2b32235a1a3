use serde_json::json;

use super::*;
use crate::catalog::{ServerListing, ServerState};
use crate::definition::ToolDefinition;

pub(super) fn listing(name: &str, state: ServerState, tools: &[(&str, &str)]) -> ServerListing {
    let tools = tools.iter().map(|(name, description)| {
        let raw = json!({
            "name": name, "description": description,
            "inputSchema": {"properties": {"owner": {"type": "string", "description": "Account login"}}}
        });
        ToolDefinition::from_json(&raw).unwrap()
    });
    ServerListing {
        name: name.to_owned(),
        state,
        instructions: Some("Everything about code. Ask nicely.".to_owned()),
        tools: tools.collect(),
    }
}

pub(super) fn catalog() -> Catalog {
    Catalog::new(vec![
        listing(
            "github",
            ServerState::Ready,
            &[
                ("list_issues", "List issues in a repository. Pages."),
                ("create_issue", "Open a new issue."),
                ("star_repo", "Star a repository on GitHub."),
            ],
        ),
        listing(
            "share-point",
            ServerState::Ready,
            &[("list_files", "List the files of a site.")],
        ),
        listing("slow", ServerState::Starting, &[]),
    ])
}

fn search(query: &str, server: Option<&str>) -> SearchAnswer {
    catalog().search(&SearchQuery {
        query: query.to_owned(),
        server: server.map(str::to_owned),
        limit: None,
    })
}

fn check(query: &str, expected: &[&str]) {
    let rows = search(query, None).rows;
    let paths: Vec<&str> = rows.iter().map(|row| &*row.path).collect();
    assert_eq!(paths, expected, "{query}");
}

#[test]
fn the_name_counts_more_than_the_rest() {
    check(
        "create issues",
        &["github.create_issue", "github.list_issues"],
    );
    check("files", &["share_point.list_files"]);
    check(
        "login account of the owner",
        &[
            "github.list_issues",
            "github.create_issue",
            "github.star_repo",
            "share_point.list_files",
        ],
    );
}

#[test]
fn split_and_joined_forms_meet() {
    check("SharePoint", &["share_point.list_files"]);
    check(
        "createIssue",
        &["github.create_issue", "github.list_issues"],
    );
}

#[test]
fn joined_words_of_one_side_meet_the_two_of_the_other() {
    check("starrepo", &["github.star_repo"]);
    check("share point", &["share_point.list_files"]);
    let joined = Catalog::new(vec![listing(
        "web",
        ServerState::Ready,
        &[("websearch", "Ask an engine."), ("fetch", "Load a page.")],
    )]);
    let query = SearchQuery {
        query: "web search".to_owned(),
        ..SearchQuery::default()
    };
    assert_eq!(joined.search(&query).rows[0].tool, "websearch");
}

#[test]
fn what_means_the_same_is_found_after_what_was_said() {
    check("bookmark", &["github.star_repo"]);
    let rows = search("make an issue", None).rows;
    assert_eq!(rows[0].path, "github.create_issue");
}

#[test]
fn ranking_by_words_alone_knows_only_the_words() {
    let query = SearchQuery {
        query: "bookmark".to_owned(),
        ..SearchQuery::default()
    };
    let answer = catalog().search_with(
        &query,
        SearchOptions {
            ranking: Ranking::Words,
            ..SearchOptions::default()
        },
    );
    assert!(answer.rows.is_empty(), "{answer:?}");
}

#[test]
fn a_servers_name_does_not_drown_the_verb() {
    let first = &search("list sharepoint issues", None).rows[0];
    assert_eq!(first.path, "github.list_issues");
}

#[test]
fn a_slip_is_forgiven_in_a_word_that_no_tool_has() {
    check("repositry", &["github.list_issues", "github.star_repo"]);
    let rows = search("list repositroy", None).rows;
    assert_eq!(rows[0].path, "github.list_issues");
    // Too short to tell a slip from another word.
    check(
        "starr issue",
        &["github.list_issues", "github.create_issue"],
    );
}

#[test]
fn more_than_a_slip_is_forgiven_where_nothing_else_matches() {
    check("reposytories", &["github.list_issues", "github.star_repo"]);
    assert!(search("qwertz", None).rows.is_empty());
}

#[test]
fn words_that_nothing_separates_are_found_in_each_other() {
    let weather = ("get-weather", "查询指定城市的天气预报。");
    let trains = ("get-tickets", "查询12306余票信息。");
    let catalog = Catalog::new(vec![listing(
        "中文",
        ServerState::Ready,
        &[weather, trains],
    )]);
    let first = |query: &str| {
        let query = SearchQuery {
            query: query.to_owned(),
            ..SearchQuery::default()
        };
        catalog.search(&query).rows[0].tool.clone()
    };
    assert_eq!(first("北京天气"), "get-weather");
    assert_eq!(first("余票"), "get-tickets");
    assert_eq!(first("12306"), "get-tickets");
}

#[test]
fn rows_signatures_and_counts_are_shown() {
    insta::assert_snapshot!(search("list", None).render(), @r#"
    share_point.list_files — List the files of a site
        share_point.list_files(args?: { owner?: string }): Promise<unknown>
    github.list_issues — List issues in a repository
        github.list_issues(args?: { owner?: string }): Promise<unknown>
    2 of 2 tools
    not ready: slow (starting)
    "#);
}

#[test]
fn without_words_the_servers_are_listed() {
    insta::assert_snapshot!(search(" ", None).render(), @r#"
    github (ready, 3 tools) — Everything about code
    share_point (ready, 1 tool) — Everything about code
    slow (starting, 0 tools) — Everything about code
    3 servers, 4 tools; search with words, or describe a server by its name
    "#);
    assert_eq!(search("", Some("github")).rows.len(), 3);
}

#[test]
fn nothing_found_is_advised() {
    insta::assert_snapshot!(search("zzzz", None).render(), @r#"
    0 of 4 tools match `zzzz`; try other or fewer words; servers: github, share_point, slow
    not ready: slow (starting)
    "#);
    insta::assert_snapshot!(search("zzzz", Some("github")).render(), @r#"0 of 3 tools of github match `zzzz`; try other or fewer words, or leave out `server`"#);
    insta::assert_snapshot!(search("zzzz", Some("githup")).render(), @r#"there is no server `githup`; nearest: `github`, `share_point`, `slow`; to search: `search_tools`, in a script `await searchTools("words")`"#);
    assert_eq!(
        Catalog::default().search(&SearchQuery::default()).render(),
        "no servers are configured"
    );
}

#[test]
fn the_limit_is_kept_and_the_rest_counted() {
    let answer = catalog().search(&SearchQuery {
        query: "owner".to_owned(),
        server: None,
        limit: Some(2),
    });
    assert_eq!((answer.rows.len(), answer.matched, answer.total), (2, 4, 4));
    assert!(
        answer
            .render()
            .contains("\n2 of 4 tools; more words narrow it"),
        "{}",
        answer.render()
    );
}

#[test]
fn a_query_of_several_steps_is_answered_step_by_step() {
    let answer = search("list the files, then open an issue", None);
    assert_eq!(answer.rows[0].path, "share_point.list_files");
    assert_eq!(answer.rows[1].path, "github.create_issue");
    insta::assert_snapshot!(answer.render(), @r"
    step 1: list the files
    share_point.list_files — List the files of a site
        share_point.list_files(args?: { owner?: string }): Promise<unknown>
    github.list_issues — List issues in a repository
        github.list_issues(args?: { owner?: string }): Promise<unknown>
    step 2: open an issue
    github.create_issue — Open a new issue
        github.create_issue(args?: { owner?: string }): Promise<unknown>
    3 of 3 tools
    not ready: slow (starting)
    ");
}
