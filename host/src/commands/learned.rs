//! `retort learned`: what was learned from use, for people to read and to erase.

use std::fmt::Write as _;

use retort_tools::{LearnedEntry, ObservedEntry, names};
use serde_json::{Map, Value, json};

use super::print;
use crate::cli::Global;
use crate::config::Config;
use crate::failure::Failure;
use crate::learning::{Store, Stored};
use crate::platform;

/// `retort learned [--json]`
pub(crate) fn learned(global: &Global, json: bool) -> Result<(), Failure> {
    let (config, store) = opened(global)?;
    let stored = store.read();
    let text = if json {
        let file = store.file().display().to_string();
        let all = as_json(&stored, &file, !config.no_learning);
        serde_json::to_string_pretty(&all).map_err(anyhow::Error::from)?
    } else {
        as_text(&stored)
    };
    print::product(text.trim_end())?;
    if config.no_learning {
        print::remark("learning is off: the configuration has `\"learn\": false`\n")?;
    }
    print::remark(&format!("kept in {}\n", store.file().display()))
}

/// `retort learned forget [NAME]`
pub(crate) fn forget(global: &Global, name: Option<&str>) -> Result<(), Failure> {
    let (_, store) = opened(global)?;
    let mut forgotten = 0;
    let updated = store.update(|stored| forgotten = forget_named(stored, name));
    let cleaned = updated.and_then(|_| match name {
        None => store.remove_set_aside(),
        Some(_) => Ok(()),
    });
    cleaned.map_err(|error| {
        let file = store.file().display();
        Failure::new(format!("cannot write `{file}`: {error}"))
    })?;
    match name {
        Some(name) if forgotten == 0 => Err(Failure {
            code: 1,
            ..Failure::new(format!("nothing was learned about `{name}`"))
        }
        .with_hint("`retort learned` lists what was; names are `server` or `server.tool`")),
        _ => {
            let plural = if forgotten == 1 { "" } else { "s" };
            print::remark(&format!(
                "forgot what was learned about {forgotten} tool{plural}\n"
            ))
        }
    }
}

/// The configuration, and the place of what was learned for it.
fn opened(global: &Global) -> Result<(Config, Store), Failure> {
    let config = Config::load(global.config.as_deref())?;
    for warning in &config.warnings {
        print::remark(&format!("warning: {warning}\n"))?;
    }
    let Some(path) = &config.path else {
        return Err(
            Failure::new("there is no config file, so nothing is learned")
                .with_hint("what is learned belongs to one; name it with `--config`"),
        );
    };
    let folders = platform::folders();
    let store = folders.and_then(|folders| Store::of(path, &folders.state));
    let store = store.ok_or_else(|| {
        Failure::new("there is no home folder to keep what is learned in, so nothing is")
    })?;
    Ok((config, store))
}

/// Forgets what `name` means, or everything; gives about how many tools.
fn forget_named(stored: &mut Stored, name: Option<&str>) -> usize {
    let mut tools: Vec<(String, String)> = Vec::new();
    let learned = stored.learned.entries();
    let learned = learned.iter().map(|entry| (entry.server, entry.tool));
    let observed = stored.observed.entries();
    let observed = observed.iter().map(|entry| (entry.server, entry.tool));
    for (server, tool) in learned.chain(observed) {
        if name.is_none_or(|name| is_named(name, server, tool)) {
            tools.push((server.to_owned(), tool.to_owned()));
        }
    }
    tools.sort_unstable();
    tools.dedup();
    for (server, tool) in &tools {
        stored.learned.forget(Some(server), Some(tool));
        stored.observed.forget(Some(server), Some(tool));
    }
    tools.len()
}

/// Whether `name` means a tool or its server, as they call themselves or as scripts do.
fn is_named(name: &str, server: &str, tool: &str) -> bool {
    let servers = [server.to_owned(), names::identifier(server)];
    let tools = [tool.to_owned(), names::identifier(tool)];
    servers.iter().any(|server| {
        let rest = name.strip_prefix(server.as_str());
        rest.is_some_and(|rest| {
            let of_it = rest.strip_prefix('.');
            rest.is_empty() || of_it.is_some_and(|rest| tools.iter().any(|tool| tool == rest))
        })
    })
}

fn as_text(stored: &Stored) -> String {
    let mut text = String::new();
    let learned = stored.learned.entries();
    if !learned.is_empty() {
        text.push_str("words that led to tools, each with how strongly\n");
    }
    for LearnedEntry {
        server,
        tool,
        uses,
        words,
    } in &learned
    {
        let words = words
            .iter()
            .map(|(word, strength)| format!("{word} {strength:.1}"));
        let words: Vec<String> = words.collect();
        let _ = writeln!(
            text,
            "  {} ({uses}): {}",
            shown(server, tool),
            words.join(", ")
        );
    }
    let observed = stored.observed.entries();
    if !observed.is_empty() {
        text.push_str("what tools returned that promise no type, and in how many calls\n");
    }
    for ObservedEntry {
        server,
        tool,
        observation,
    } in &observed
    {
        let (calls, ty) = (observation.calls, observation.type_text());
        let _ = writeln!(text, "  {} ({calls}): {ty}", shown(server, tool));
    }
    if text.is_empty() {
        text.push_str("nothing was learned yet");
    }
    text
}

/// A tool's name, without what moves a terminal's cursor.
fn shown(server: &str, tool: &str) -> String {
    let name = format!("{server}.{tool}");
    name.chars()
        .flat_map(|c| {
            let escaped = c.is_control().then(|| c.escape_unicode());
            let plain = escaped.is_none().then_some(c);
            escaped.into_iter().flatten().chain(plain)
        })
        .collect()
}

fn as_json(stored: &Stored, file: &str, learning: bool) -> Value {
    let search = stored.learned.entries().into_iter().map(|entry| {
        let words = entry.words.iter();
        let words = words.map(|(word, strength)| {
            let strength = (f64::from(*strength) * 100.0).round() / 100.0;
            ((*word).to_owned(), json!(strength))
        });
        json!({
            "server": entry.server, "tool": entry.tool, "uses": entry.uses,
            "words": words.collect::<Map<_, _>>(),
        })
    });
    let shapes = stored.observed.entries().into_iter().map(|entry| {
        json!({
            "server": entry.server, "tool": entry.tool, "calls": entry.observation.calls,
            "type": entry.observation.type_text(),
        })
    });
    json!({
        "file": file, "learning": learning,
        "search": search.collect::<Vec<_>>(), "shapes": shapes.collect::<Vec<_>>(),
    })
}

#[cfg(test)]
mod tests {
    use retort_tools::Shape;

    use super::*;

    fn stored() -> Stored {
        let mut stored = Stored::default();
        stored.learned.record("star it", "github", "star-repo");
        stored.learned.record("find it", "github.com", "search");
        let shape = Shape::of_json(r#"{"a": 1}"#).expect("JSON");
        stored.observed.record("github", "star-repo", &shape);
        stored.observed.record("my-files", "re\u{1b}[2Jad", &shape);
        stored
    }

    #[test]
    fn names_mean_a_tool_or_a_server() {
        for (name, forgotten) in [
            (Some("github.star-repo"), 1),
            (Some("github.star_repo"), 1),
            (Some("github"), 1),
            (Some("github.com"), 1),
            (Some("github.com.search"), 1),
            (Some("my_files"), 1),
            (Some("git"), 0),
            (Some("github.star"), 0),
            (Some(""), 0),
            (None, 3),
        ] {
            let mut stored = stored();
            assert_eq!(forget_named(&mut stored, name), forgotten, "{name:?}");
        }
    }

    #[test]
    fn it_is_told_by_tool() {
        insta::assert_snapshot!(as_text(&stored()), @r"
        words that led to tools, each with how strongly
          github.star-repo (1): star 1.0
          github.com.search (1): find 1.0
        what tools returned that promise no type, and in how many calls
          github.star-repo (1): { a: number }
          my-files.re\u{1b}[2Jad (1): { a: number }
        ");
        assert_eq!(as_text(&Stored::default()), "nothing was learned yet");
        let json = as_json(&stored(), "f", true);
        assert_eq!(json["search"][0]["words"]["star"], 1.0);
        assert_eq!(json["shapes"][0]["type"], "{ a: number }");
    }
}
