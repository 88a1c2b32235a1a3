//! What the index for searches holds stays within bounds, whatever servers list.

use retort_tools::{Catalog, SearchQuery, ServerListing, ServerState, ToolDefinition};
use serde_json::{Value, json};

/// As many as are promised; fewer where code is not optimised.
const TOOLS: usize = if cfg!(debug_assertions) {
    5_000
} else {
    50_000
};
/// Most that a hundred thousand words and four million places where they stand take.
const MOST_BYTES: usize = 160 << 20;

fn listing(name: &str, tools: impl Iterator<Item = Value>) -> ServerListing {
    ServerListing {
        name: name.to_owned(),
        state: ServerState::Ready,
        instructions: None,
        tools: tools
            .map(|raw| ToolDefinition::from_json(&raw).expect("it has a name"))
            .collect(),
    }
}

fn honest() -> ServerListing {
    let tool = json!({
        "name": "reticulate_splines", "description": "Smooths a map.",
        "inputSchema": {"properties": {"terrain": {"type": "string"}}},
    });
    listing("simulation", std::iter::once(tool))
}

/// Words that no other tool has.
fn words(of: usize, count: usize) -> String {
    let words = (0..count).map(|i| format!("w{}x ", of * count + i));
    words.collect()
}

fn first(catalog: &Catalog, query: &str) -> String {
    let query = SearchQuery {
        query: query.to_owned(),
        ..SearchQuery::default()
    };
    let rows = catalog.search(&query).rows;
    rows.first().map_or(String::new(), |row| row.path.clone())
}

#[test]
fn many_tools_with_words_of_their_own_take_little_and_hide_none() {
    let tools = (0..TOOLS).map(|i| {
        json!({
            "name": format!("tool_{i}"),
            "description": words(i, 60),
            "inputSchema": {"properties": {"terrain": {"description": words(TOOLS + i, 20)}}},
        })
    });
    // Those that come last have room too, and words that the first have been refused.
    let catalog = Catalog::new(vec![listing("flood", tools), honest()]);
    catalog.prepare_search();
    let bytes = catalog.search_bytes();
    assert!(bytes < MOST_BYTES, "{} MiB", bytes >> 20);
    assert!(bytes > 10 * TOOLS, "{bytes}");
    let found = first(&catalog, "reticulate the splines");
    assert_eq!(found, "simulation.reticulate_splines");
    assert_eq!(first(&catalog, "tool_1234"), "flood.tool_1234");
}

#[test]
fn what_is_refused_to_one_server_is_left_to_the_next() {
    let tools = (0..2_000).map(|i| {
        // When these are read, the server has had all the room there is for it.
        let late = if i < 1_500 {
            ""
        } else {
            "reticulate splines terrain"
        };
        let words = format!("{} {late}", words(i, 60));
        json!({"name": format!("tool_{i}"), "description": words})
    });
    let catalog = Catalog::new(vec![listing("flood", tools), honest()]);
    let found = first(&catalog, "reticulate splines terrain");
    assert_eq!(found, "simulation.reticulate_splines");
}

#[test]
fn huge_definitions_are_read_in_part() {
    let long = format!("{} {}", "x".repeat(1 << 20), words(0, 100_000));
    let tools = (0..20).map(|i| {
        let parameters =
            (0..2_000).map(|p| (format!("p{p}"), json!({"description": words(p, 50)})));
        json!({
            "name": format!("huge_{i}"), "title": &long, "description": &long,
            "inputSchema": {"properties": parameters.collect::<serde_json::Map<_, _>>()},
        })
    });
    let catalog = Catalog::new(vec![listing("huge", tools), honest()]);
    catalog.prepare_search();
    let bytes = catalog.search_bytes();
    assert!(bytes < 4 << 20, "{} KiB", bytes >> 10);
    assert_eq!(first(&catalog, "splines"), "simulation.reticulate_splines");
}
