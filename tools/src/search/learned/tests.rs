use super::*;

fn learned() -> Learned {
    let mut learned = Learned::default();
    learned.record("bookmark the codebase", "github", "star_repo");
    learned.record("bookmark a page", "browser", "save_page");
    learned
}

/// How surely a word speaks for a tool.
fn sure(learned: &Learned, word: &str, tool: &str) -> f32 {
    let led = learned.led_by(&words(word)[0].stem);
    let found = led.iter().find(|(_, name, _)| *name == tool);
    found.map_or(0.0, |(_, _, sure)| *sure)
}

/// Every stem leads to those tools that have it, and no other does.
fn assert_linked(learned: &Learned) {
    let mut places: HashMap<String, Vec<(usize, usize)>> = HashMap::new();
    for (place, tool) in learned.tools.iter().enumerate() {
        for (number, word) in tool.words.iter().enumerate() {
            let stands = places.entry(word.stem.clone()).or_default();
            stands.push((place, number));
        }
    }
    assert_eq!(learned.places, places);
}

#[test]
fn words_speak_for_the_tools_they_led_to() {
    let mut learned = learned();
    let once = sure(&learned, "codebase", "star_repo");
    assert!((0.49..0.51).contains(&once), "{once}");
    let shared = sure(&learned, "bookmarks", "star_repo");
    assert!((0.24..0.26).contains(&shared), "{shared}");
    assert!(sure(&learned, "weather", "star_repo") < f32::EPSILON);
    for _ in 0..50 {
        learned.record("codebase", "github", "star_repo");
    }
    let often = sure(&learned, "codebase", "star_repo");
    assert!((0.85..0.9).contains(&often), "{often}");
}

#[test]
fn a_word_that_led_to_many_tools_speaks_for_none() {
    let mut learned = Learned::default();
    for tool in 0..40 {
        learned.record("open", "s", &format!("tool_{tool}"));
    }
    let led = learned.led_by("open");
    assert_eq!(led.len(), 40);
    assert!(led.iter().all(|(_, _, sure)| *sure < 0.02), "{led:?}");
}

#[test]
fn what_is_like_a_word_speaks_where_the_word_does_not() {
    let mut learned = Learned::default();
    learned.record("delete", "s", "by_word");
    let near = sure(&learned, "remove", "by_word");
    assert!((0.3..0.4).contains(&near), "{near}");
    learned.record("remove", "s", "other");
    assert!(sure(&learned, "remove", "by_word") < f32::EPSILON);
}

#[test]
fn what_is_not_used_fades_and_goes_first() {
    let mut learned = learned();
    for i in 0..2 * TOOLS {
        learned.record("codebase", "other", &format!("tool_{i}"));
        learned.record("bookmark the codebase", "github", "star_repo");
    }
    assert_eq!(learned.len(), TOOLS);
    let entries = learned.entries();
    assert!(entries.iter().any(|entry| entry.tool == "star_repo"));
    assert!(entries.iter().all(|entry| entry.tool != "save_page"));
    let old = entries
        .iter()
        .find(|entry| entry.server == "other")
        .unwrap();
    assert!(old.words[0].1 < 1.0, "{old:?}");
}

#[test]
fn it_is_bounded_whatever_is_recorded() {
    let mut learned = Learned::default();
    for i in 0..TOOLS + 10 {
        let query: String = (0..100).map(|j| format!("word{i} x{j} ")).collect();
        learned.record(&query, "s", &format!("tool_{i}"));
    }
    learned.record(&"long ".repeat(1 << 20), "s", "t");
    learned.record("x", &"s".repeat(1_000), "t");
    learned.record("the of", "s", "nothing");
    assert_eq!(learned.len(), TOOLS);
    assert!(learned.to_json().len() < BYTES);
    let most = learned
        .entries()
        .iter()
        .map(|entry| entry.words.len())
        .max();
    assert!(most <= Some(WORDS), "{most:?}");
}

#[test]
fn of_several_steps_the_one_that_names_the_tool_counts() {
    for query in [
        "find the bug, then post to slack",
        "find the bug; post to slack",
        "Find the bug in src/main.rs. Post to slack!",
    ] {
        let mut learned = Learned::default();
        learned.record(query, "slack", "post_message");
        let entries = learned.entries();
        let words: Vec<&str> = entries[0].words.iter().map(|(word, _)| *word).collect();
        assert_eq!(words, ["post", "slack"], "{query}");
    }
}

#[test]
fn what_looks_like_data_is_not_kept() {
    let mut learned = Learned::default();
    let query = "star https://example.com/x?key=y for me@example.com with sk_live_51H8xYzAbCdEfGh in /home/me/code, 12345678";
    learned.record(query, "github", "star_repo");
    let entries = learned.entries();
    let words: Vec<&str> = entries[0].words.iter().map(|(word, _)| *word).collect();
    assert_eq!(words, ["star"]);
}

#[test]
fn it_can_be_forgotten_by_tool_by_server_and_whole() {
    for (server, tool, left) in [
        (Some("github"), Some("star_repo"), 1),
        (Some("github"), Some("save_page"), 2),
        (Some("browser"), None, 1),
        (None, None, 0),
    ] {
        let mut learned = learned();
        assert_eq!(learned.forget(server, tool), 2 - left);
        assert_eq!(learned.len(), left);
    }
}

#[test]
fn what_was_written_is_read_back() {
    let learned = learned();
    assert_eq!(Learned::from_json(&learned.to_json()).unwrap(), learned);
}

#[test]
fn a_file_by_somebody_else_is_read_as_far_as_it_is_sound() {
    let refused = |text: &str| Learned::from_json(text).unwrap_err().to_string();
    assert!(refused("{").contains("no JSON"));
    assert!(refused("[]").contains("format"));
    assert!(refused(&" ".repeat(BYTES + 1)).contains("at most"));
    assert!(refused(&"[".repeat(100_000)).contains("no JSON"));
    let odd = r#"{"version": 1, "clock": 3, "tools": [
        7, {"server": "a"}, {"server": "a", "tool": "b", "uses": 1, "at": 9, "words": []},
        {"server": "a", "tool": "b", "uses": 1, "at": 99, "words":
            {"find": 1e300, "list": null, "the": 1, "post send": 2, "ä": -1, "get": 0.5}},
        {"server": "a", "tool": "b", "uses": 1, "at": 1, "words": {"twice": 1}}]}"#;
    let mut learned = Learned::from_json(odd).unwrap();
    let entries = learned.entries();
    assert_eq!(entries.len(), 1);
    assert_eq!(
        entries[0].words,
        [("post", 2.0), ("send", 2.0), ("get", 0.5)]
    );
    learned.record("find", "a", "b");
    assert_eq!(learned.len(), 1);
}

#[test]
fn words_are_found_whatever_came_went_and_was_read_back() {
    let mut learned = learned();
    for i in 0..TOOLS + 30 {
        learned.record(&format!("shared own{i}"), "s", &format!("tool_{i}"));
    }
    assert_linked(&learned);
    for i in 0..WORDS {
        learned.record(&format!("word{i} more{i}"), "s", "tool_99");
    }
    assert_linked(&learned);
    learned.forget(Some("s"), Some("tool_100"));
    assert_linked(&learned);
    let read = Learned::from_json(&learned.to_json()).unwrap();
    assert_linked(&read);
    learned.forget(None, None);
    assert!(learned.places.is_empty());
}

#[test]
fn a_clock_by_somebody_else_is_no_trouble() {
    let hostile = format!(
        r#"{{"version": 1, "clock": {}, "tools": [
            {{"server": "a", "tool": "old", "uses": {0}, "at": 0, "words": {{"find": 8}}}},
            {{"server": "a", "tool": "new", "uses": {0}, "at": {0}, "words": {{"find": 8}}}}]}}"#,
        u64::MAX
    );
    let mut learned = Learned::from_json(&hostile).unwrap();
    for _ in 0..3 {
        let led = learned.led_by("find");
        assert_eq!(led.len(), 1, "{led:?}");
        assert!((0.0..=1.0).contains(&led[0].2), "{led:?}");
        learned.record("find", "a", "new");
    }
}
