use super::super::tests::{catalog, listing};
use super::super::{SearchOptions, SearchQuery};
use super::*;
use crate::catalog::ServerState;

/// What is found after each of `learned` happened so many times.
fn search(catalog: &Catalog, query: &str, learned: &[(&str, &str, &str)], times: usize) -> String {
    let mut store = Learned::default();
    for (query, server, tool) in learned {
        for _ in 0..times {
            store.record(query, server, tool);
        }
    }
    let query = SearchQuery {
        query: query.to_owned(),
        ..SearchQuery::default()
    };
    let options = SearchOptions {
        learned: Some(&store),
        ..SearchOptions::default()
    };
    let rows = catalog.search_with(&query, options).rows;
    let tools: Vec<String> = rows.into_iter().map(|row| row.tool).collect();
    tools.join(" ")
}

fn notes() -> Catalog {
    let tools = [
        ("append_block", "Append text to a note"),
        ("erase_block", "Erase what a note says"),
        ("start_monitor", "Watch a page for changes"),
        ("read_guide", "Read advice, a paragraph each"),
        ("list_notes", "List everything"),
    ];
    Catalog::new(vec![listing("notes", ServerState::Ready, &tools)])
}

#[test]
fn what_searches_led_to_is_found_again() {
    let learned = [("remember that codebase", "github", "star_repo")];
    let found = |query| search(&catalog(), query, &learned, 50);
    assert!(found("zzzz codebases").starts_with("star_repo"));
    assert_eq!(found("remember it"), "star_repo");
    assert_eq!(found("forget it"), "");
}

#[test]
fn what_was_learned_never_passes_a_name_that_was_asked_for() {
    for query in [
        "list issues",
        "github list issues",
        "list the issues of a repository",
    ] {
        let learned = [(query, "share-point", "list_files")];
        let found = search(&catalog(), query, &learned, 50);
        assert!(found.starts_with("list_issues"), "{query}: {found}");
    }
}

#[test]
fn a_better_literal_match_is_not_hidden() {
    let learned = [("wipe a paragraph of the note", "notes", "erase_block")];
    let found = |query| search(&notes(), query, &learned, 50);
    assert!(found("wipe a paragraph").starts_with("erase_block"));
    // Both have the note, one what was learned, the other two words besides.
    let literal = found("append text paragraph to a note");
    assert!(literal.starts_with("append_block erase_block"), "{literal}");
}

#[test]
fn nor_is_it_by_what_may_not_be_found() {
    let stronger: Vec<(String, &str)> = (0..60)
        .map(|i| {
            (
                format!("append_paragraph_{i}"),
                "Append a paragraph to a page",
            )
        })
        .collect();
    let stronger: Vec<(&str, &str)> = stronger
        .iter()
        .map(|(name, said)| (&**name, *said))
        .collect();
    let tools = [
        ("append_block", "Append a paragraph"),
        ("start_monitor", "Watch a page for changes"),
    ];
    let catalog = Catalog::new(vec![
        listing("pages", ServerState::Ready, &stronger),
        listing("notes", ServerState::Ready, &tools),
    ]);
    let mut store = Learned::default();
    for _ in 0..50 {
        store.record("append", "notes", "start_monitor");
    }
    let mut query = SearchQuery {
        query: "append a paragraph".to_owned(),
        ..SearchQuery::default()
    };
    query.server = Some("notes".to_owned());
    let options = SearchOptions {
        learned: Some(&store),
        ..SearchOptions::default()
    };
    let rows = catalog.search_with(&query, options).rows;
    assert_eq!(rows[0].tool, "append_block");
}

#[test]
fn of_several_steps_each_is_learned_for_itself() {
    let learned = [("watch it", "notes", "start_monitor")];
    let found = search(&notes(), "list notes, then watch it", &learned, 50);
    assert!(found.starts_with("list_notes start_monitor"), "{found}");
}

#[test]
fn what_happened_once_does_not_pass_a_literal_match_and_what_often_does_may() {
    let learned = [("monitor the page", "notes", "read_guide")];
    let found = |times| search(&notes(), "monitor a page", &learned, times);
    assert!(found(0).starts_with("start_monitor"));
    assert!(found(1).starts_with("start_monitor read_guide"));
    assert!(found(50).starts_with("read_guide start_monitor"));
}

#[test]
fn words_that_led_everywhere_move_nothing() {
    let tools = ["append_block", "erase_block", "start_monitor", "list_notes"];
    let learned = tools.map(|tool| ("frobnicate", "notes", tool));
    assert_eq!(search(&notes(), "frobnicate", &learned[..1], 1), tools[0]);
    let many: Vec<(String, String)> = (0..30)
        .map(|tool| (format!("tool_{tool}"), "Does things".to_owned()))
        .collect();
    let tools: Vec<(&str, &str)> = many.iter().map(|(name, text)| (&**name, &**text)).collect();
    let catalog = Catalog::new(vec![listing("many", ServerState::Ready, &tools)]);
    let learned: Vec<(&str, &str, &str)> = tools
        .iter()
        .map(|(tool, _)| ("frobnicate", "many", *tool))
        .collect();
    assert_eq!(search(&catalog, "frobnicate", &learned, 8), "");
}

#[test]
fn what_was_learned_of_tools_that_are_gone_is_no_trouble() {
    let learned = [
        ("list issues", "gone", "list"),
        ("list issues", "github", "gone"),
    ];
    let found = search(&catalog(), "list issues", &learned, 50);
    assert!(found.starts_with("list_issues"), "{found}");
}
