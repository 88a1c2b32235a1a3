use std::path::PathBuf;

use retort_tools::{Catalog, SearchQuery, ServerListing, ServerState, Shape, ToolDefinition};
use serde_json::json;

use super::*;

/// A configuration and a state folder.
struct Place {
    folder: tempfile::TempDir,
}

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("retort.json"), "{}").unwrap();
        Self { folder }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn store(&self) -> Store {
        Store::of(&self.path("retort.json"), &self.path("state")).unwrap()
    }

    fn learning(&self) -> Learning {
        Learning::over(Some(self.store()))
    }
}

fn catalog() -> Catalog {
    let tools = [
        "star_repo",
        "list_issues",
        "close_issue",
        "open_issue",
        "find_issue",
    ];
    let tool =
        |name: &str| ToolDefinition::from_json(&json!({"name": name, "inputSchema": {}})).unwrap();
    Catalog::new(vec![ServerListing {
        name: "github".to_owned(),
        state: ServerState::Ready,
        instructions: None,
        tools: tools.map(tool).to_vec(),
    }])
}

/// A client that searched for this.
fn asked(searches: &Searches, query: &str) {
    let wanted = SearchQuery {
        query: query.to_owned(),
        ..SearchQuery::default()
    };
    let answer = catalog().search(&wanted);
    assert!(!answer.rows.is_empty());
    searches.asked(query, &answer);
}

fn output(tool: &str, value: &str) -> CallOutput {
    CallOutput {
        server: "github".to_owned(),
        tool: tool.to_owned(),
        value: value.to_owned(),
        shape: Shape::of_json(value),
        duration: Duration::ZERO,
    }
}

/// Tools with how often a search led to them.
fn led(learned: &Learned) -> Vec<(String, u64)> {
    let entries = learned.entries();
    let uses = entries
        .iter()
        .map(|entry| (entry.tool.to_owned(), entry.uses));
    uses.collect()
}

fn calls(observed: &Observed) -> Vec<(String, u64)> {
    let entries = observed.entries();
    let calls = entries
        .iter()
        .map(|entry| (entry.tool.to_owned(), entry.observation.calls));
    calls.collect()
}

fn of(tool: &str, count: u64) -> Vec<(String, u64)> {
    vec![(tool.to_owned(), count)]
}

#[tokio::test]
async fn the_latest_search_that_showed_a_tool_led_to_it_once() {
    let searches = Searches::default();
    let led_to = |tool| searches.led_to("github", tool);
    assert_eq!(led_to("star_repo"), None);
    asked(&searches, "star a repo");
    asked(&searches, "list issues");
    assert_eq!(led_to("star_repo").as_deref(), Some("star a repo"));
    assert_eq!(led_to("star_repo"), None);
    assert_eq!(searches.led_to("gitlab", "list_issues"), None);
    asked(&searches, "all issues");
    assert_eq!(led_to("list_issues").as_deref(), Some("all issues"));
    assert_eq!(led_to("list_issues"), None, "the one before did not");
}

#[tokio::test]
async fn one_search_leads_to_few_tools() {
    let searches = Searches::default();
    asked(&searches, "issue");
    let tools = ["list_issues", "close_issue", "open_issue", "find_issue"];
    let led = tools.map(|tool| searches.led_to("github", tool).is_some());
    assert_eq!(led, [true, true, true, false]);
}

#[tokio::test(start_paused = true)]
async fn old_searches_lead_nowhere() {
    let searches = Searches::default();
    asked(&searches, "star a repo");
    tokio::time::advance(Duration::from_secs(601)).await;
    assert_eq!(searches.led_to("github", "star_repo"), None);
    asked(&searches, "star a repo");
    (0..8).for_each(|_| asked(&searches, "list issues"));
    assert_eq!(searches.led_to("github", "star_repo"), None);
}

#[tokio::test(start_paused = true)]
async fn what_is_learned_is_written_once_after_a_while_and_read_again() {
    let place = Place::new();
    let learning = place.learning();
    let searches = Searches::default();
    asked(&searches, "star a repo");
    for _ in 0..3 {
        learning.called(&output("star_repo", "1"), Some(&searches), None);
    }
    assert!(!place.store().file().exists());
    tokio::time::sleep(SAVE_AFTER).await;
    learning.close(Duration::from_secs(9)).await;
    let lessons = place.learning().lessons().unwrap();
    assert_eq!(led(&lessons.learned), of("star_repo", 1));
    assert_eq!(calls(&lessons.observed), of("star_repo", 3));
    let text = std::fs::read_to_string(place.store().file()).unwrap();
    assert!(!text.contains("star a repo"), "{text}");
}

#[tokio::test]
async fn closing_does_not_wait_for_the_while() {
    let place = Place::new();
    let learning = place.learning();
    learning.called(&output("star_repo", "1"), None, None);
    let began = Instant::now();
    learning.close(Duration::from_secs(9)).await;
    assert!(began.elapsed() < SAVE_AFTER);
    assert_eq!(calls(&place.store().read().observed), of("star_repo", 1));
}

#[tokio::test]
async fn two_processes_lose_nothing_of_each_other() {
    let place = Place::new();
    let processes = [place.learning(), place.learning()];
    for (process, learning) in processes.iter().enumerate() {
        let searches = Searches::default();
        asked(&searches, "star a repo");
        learning.called(&output("star_repo", "1"), Some(&searches), None);
        let own = ["list_issues", "close_issue"][process];
        learning.called(&output(own, "{}"), None, None);
    }
    for learning in &processes {
        learning.close(Duration::from_secs(9)).await;
    }
    let stored = place.store().read();
    assert_eq!(led(&stored.learned), of("star_repo", 2));
    let expected = [("close_issue", 1), ("list_issues", 1), ("star_repo", 2)];
    assert_eq!(
        calls(&stored.observed),
        expected.map(|(tool, n)| (tool.to_owned(), n))
    );
}

#[test]
fn writers_at_the_same_time_wait_for_each_other() {
    let place = Place::new();
    std::thread::scope(|scope| {
        for _ in 0..4 {
            let store = place.store();
            scope.spawn(move || {
                for _ in 0..10 {
                    let record = |stored: &mut Stored| stored.learned.record("star", "s", "t");
                    store.update(record).unwrap();
                }
            });
        }
    });
    assert_eq!(led(&place.store().read().learned), of("t", 40));
}

#[tokio::test]
async fn what_others_wrote_or_erased_is_seen() {
    let place = Place::new();
    let learning = place.learning();
    let known = |learning: &Learning| calls(&learning.lessons().unwrap().observed);
    assert!(known(&learning).is_empty());
    let other = place.learning();
    other.called(&output("star_repo", "1"), None, None);
    other.close(Duration::from_secs(9)).await;
    let inner = learning.0.clone().unwrap();
    inner.look();
    assert_eq!(known(&learning), of("star_repo", 1));
    place
        .store()
        .update(|stored| *stored = Stored::default())
        .unwrap();
    learning.called(&output("list_issues", "1"), None, None);
    inner.look();
    assert_eq!(
        known(&learning),
        of("list_issues", 1),
        "what is not written yet stays"
    );
}

#[tokio::test]
async fn what_cannot_be_written_is_kept_for_later() {
    let place = Place::new();
    std::fs::write(place.path("state"), "in the way").unwrap();
    let learning = place.learning();
    learning.called(&output("star_repo", "1"), None, None);
    let inner = learning.0.clone().unwrap();
    inner.save();
    std::fs::remove_file(place.path("state")).unwrap();
    learning.called(&output("star_repo", "1"), None, None);
    learning.close(Duration::from_secs(9)).await;
    assert_eq!(calls(&place.store().read().observed), of("star_repo", 2));
}

#[test]
fn a_file_by_somebody_else_is_set_aside() {
    let wrong_part = r#"{"version":1,"search":{"version":7},"shapes":[]}"#;
    for text in [
        "",
        "garbage",
        "[]",
        r#"{"version":2,"search":{},"shapes":{}}"#,
        wrong_part,
    ] {
        let place = Place::new();
        let store = place.store();
        store.update(|_| {}).unwrap();
        std::fs::write(store.file(), text).unwrap();
        assert_eq!(store.read(), Stored::default(), "{text}");
        let stored = store.update(|stored| stored.learned.record("star", "s", "t"));
        assert_eq!(led(&stored.unwrap().0.learned), of("t", 1));
        let aside = store.file().with_extension("json.broken");
        assert_eq!(std::fs::read_to_string(&aside).unwrap(), text);
        assert_eq!(led(&store.read().learned), of("t", 1));
        store.remove_set_aside().unwrap();
        store.remove_set_aside().unwrap();
        assert!(!aside.exists());
    }
}

#[test]
fn what_is_no_file_or_too_large_is_set_aside_unread() {
    let place = Place::new();
    let store = place.store();
    std::fs::create_dir_all(store.file()).unwrap();
    assert_eq!(store.read(), Stored::default());
    store.update(|_| {}).unwrap();
    let large = std::fs::File::create(store.file()).unwrap();
    large.set_len(1 << 30).unwrap();
    let began = Instant::now();
    assert_eq!(store.read(), Stored::default());
    assert!(began.elapsed() < Duration::from_secs(2));
}

#[test]
fn a_configuration_has_one_place_however_it_is_named() {
    let place = Place::new();
    let state = place.path("state");
    let other = place.path("other.json");
    std::fs::write(&other, "{}").unwrap();
    let dotted = place.folder.path().join(".").join("retort.json");
    assert_eq!(Store::of(&dotted, &state), Some(place.store()));
    assert_ne!(Store::of(&other, &state), Some(place.store()));
    assert_eq!(Store::of(&place.path("none.json"), &state), None);
}

#[cfg(unix)]
#[test]
fn the_file_is_for_its_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::new();
    let store = place.store();
    store.update(|_| {}).unwrap();
    let mode =
        |path: &std::path::Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(store.file()), 0o600);
    assert_eq!(mode(store.file().parent().unwrap()), 0o700);
}

#[tokio::test]
async fn switched_off_nothing_is_learned() {
    let config = Config {
        no_learning: true,
        ..Config::default()
    };
    let learning = Learning::open(&config);
    learning.called(&output("star_repo", "1"), None, None);
    assert!(learning.lessons().is_none());
    // Without a file it is learned for as long as the process lives.
    let learning = Learning::open(&Config::default());
    learning.called(&output("star_repo", "1"), None, None);
    assert_eq!(
        calls(&learning.lessons().unwrap().observed),
        of("star_repo", 1)
    );
    learning.close(Duration::from_secs(9)).await;
}

#[tokio::test]
async fn what_a_run_taught_itself_surprises_nobody() {
    let learning = Learning::over(None);
    let before = learning.lessons();
    let surprise = |value: &str, before: Option<&Lessons>| {
        learning.called(&output("star_repo", value), None, before)
    };
    for _ in 0..3 {
        assert_eq!(surprise(r#"{"a": 1}"#, before.as_ref()), None);
    }
    assert_eq!(surprise(r#"{"a": "x"}"#, before.as_ref()), None);
    for _ in 0..3 {
        surprise(r#"{"a": 1}"#, None);
    }
    let before = learning.lessons();
    let told = surprise(r#"{"a": null}"#, before.as_ref()).unwrap();
    assert_eq!(
        told.to_string(),
        "`result.a` is null, was a number or a string"
    );
    assert_eq!(surprise(r#"{"a": null}"#, before.as_ref()), None);
}
