//! Values that schemas accept and refuse, judged by JSON Schema (as calls are checked)
//! and by the compiler (as calls are typed): both have to agree.
//!
//! The fixtures are in `tools/tests/schemas`, by draft. `accepts` and `refuses` are
//! what both say. `wider` lists what only the type accepts and `narrower` what only the
//! schema accepts, each with the reason. `unnamed` is accepted by both, but a literal
//! is refused for keys that the schema does not name: the compiler takes them for
//! misspelt. So a value counts as refused where it is refused as a literal, and as
//! accepted where its parts, spread into literals, fit.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use jsonschema::Validator;
use retort_tools::arguments::unchecked_reason;
use retort_tools::typescript::declaration_file;
use retort_tools::{Catalog, Detail, ServerListing, ServerState, ToolDefinition, check_arguments};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::compiler::compile;
use crate::{judge, scratch};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Fixture {
    about: String,
    /// What a tool takes; values are its arguments.
    schema: Value,
    /// The schema is unsound, so that calls are not checked and every value passes.
    #[serde(default)]
    unchecked: bool,
    #[serde(default)]
    accepts: Vec<Value>,
    #[serde(default)]
    unnamed: Vec<Value>,
    #[serde(default)]
    refuses: Vec<Value>,
    #[serde(default)]
    wider: Vec<Exception>,
    #[serde(default)]
    narrower: Vec<Exception>,
}

/// A value about which schema and type differ.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Exception {
    value: Value,
    why: String,
}

/// One value, and what is said of it.
struct Claim<'f> {
    about: String,
    tool: usize,
    value: &'f Value,
    by_schema: bool,
    /// As parts spread into literals, and as a literal.
    by_type: [bool; 2],
}

/// The fixtures of all drafts, each schema with the address of its draft.
fn fixtures() -> Vec<Fixture> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/schemas");
    let drafts = [
        ("undeclared", None),
        ("draft-04", Some("http://json-schema.org/draft-04/schema#")),
        ("draft-06", Some("http://json-schema.org/draft-06/schema#")),
        ("draft-07", Some("http://json-schema.org/draft-07/schema#")),
        (
            "2019-09",
            Some("https://json-schema.org/draft/2019-09/schema"),
        ),
        (
            "2020-12",
            Some("https://json-schema.org/draft/2020-12/schema"),
        ),
    ];
    let mut all = Vec::new();
    for (name, draft) in drafts {
        let text = fs::read_to_string(folder.join(format!("{name}.json"))).unwrap();
        let mut fixtures: Vec<Fixture> = serde_json::from_str(&text).unwrap();
        for fixture in &mut fixtures {
            fixture.about = format!("{name}: {}", fixture.about);
            if let Some(draft) = draft {
                fixture.schema["$schema"] = json!(draft);
            }
        }
        all.extend(fixtures);
    }
    all
}

fn claims(fixtures: &[Fixture]) -> Vec<Claim<'_>> {
    let mut claims = Vec::new();
    for (tool, fixture) in fixtures.iter().enumerate() {
        let mut add = |value, by_schema, by_type| {
            claims.push(Claim {
                about: format!("{}: {value}", fixture.about),
                tool,
                value,
                by_schema,
                by_type,
            });
        };
        for value in &fixture.accepts {
            add(value, true, [true, true]);
        }
        for value in &fixture.unnamed {
            add(value, true, [true, false]);
        }
        for value in &fixture.refuses {
            // What only a literal shows, such as a key too many, is enough.
            add(value, false, [false, false]);
        }
        for Exception { value, why } in &fixture.wider {
            assert!(!why.is_empty());
            add(value, false, [true, true]);
        }
        for Exception { value, why } in &fixture.narrower {
            assert!(!why.is_empty());
            add(value, true, [false, false]);
        }
    }
    claims
}

fn catalog(fixtures: &[Fixture]) -> Catalog {
    let tools = fixtures.iter().enumerate().map(|(number, fixture)| {
        let raw = json!({"name": format!("t{number}"), "inputSchema": fixture.schema, "outputSchema": fixture.schema});
        ToolDefinition::from_json(&raw).unwrap()
    });
    Catalog::new(vec![ServerListing {
        name: "s".to_owned(),
        state: ServerState::Ready,
        instructions: None,
        tools: tools.collect(),
    }])
}

/// A call with the value as a literal, or with all of its objects spread.
fn call(claim: &Claim<'_>, takes: bool, is_literal: bool) -> String {
    let Claim { tool, value, .. } = claim;
    let value = if is_literal {
        value.to_string()
    } else {
        spread(value)
    };
    // A tool that takes nothing is called with nothing.
    let value = if takes || *claim.value != json!({}) {
        value
    } else {
        String::new()
    };
    // The compiler counts these as ends of lines.
    let value = value.replace('\u{2028}', "\\u2028");
    format!("s.t{tool}({value});")
}

fn spread(value: &Value) -> String {
    match value {
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(spread).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Object(map) => {
            let entries = map.iter();
            let entries = entries.map(|(key, value)| format!("{}: {}", json!(key), spread(value)));
            format!("{{...{{{}}}}}", entries.collect::<Vec<_>>().join(", "))
        }
        scalar => scalar.to_string(),
    }
}

#[test]
fn the_schemas_say_what_the_fixtures_claim() {
    let fixtures = fixtures();
    assert!(fixtures.len() >= 60, "{}", fixtures.len());
    let catalog = catalog(&fixtures);
    let mut validators: Vec<Option<Validator>> = Vec::new();
    for (number, fixture) in fixtures.iter().enumerate() {
        let tool = catalog.tool("s", &format!("t{number}")).unwrap();
        let reason = unchecked_reason(tool);
        assert!(reason.is_some() || !fixture.unchecked, "{}", fixture.about);
        // Some sound schemas are not checked either, such as those with anchors.
        let is_sound = reason.is_some() && !fixture.unchecked;
        validators.push(is_sound.then(|| validator(&fixture.schema)));
    }
    let mut wrong = Vec::new();
    for claim in claims(&fixtures) {
        let tool = catalog.tool("s", &format!("t{}", claim.tool)).unwrap();
        let accepted = validators[claim.tool].as_ref().map_or_else(
            || check_arguments(tool, claim.value).is_ok(),
            |validator| validator.is_valid(claim.value),
        );
        if accepted != claim.by_schema {
            wrong.push(format!("{} (accepted: {accepted})", claim.about));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// As calls are checked.
fn validator(schema: &Value) -> Validator {
    let options = jsonschema::options().offline();
    options
        .should_validate_formats(false)
        .build(schema)
        .unwrap()
}

#[test]
fn the_types_say_what_the_fixtures_claim() {
    let fixtures = fixtures();
    let catalog = catalog(&fixtures);
    let claims = claims(&fixtures);
    let folder = scratch("both-ways");
    let details = [Detail::Signature, Detail::Brief, Detail::Full];
    let mut expected = BTreeSet::new();
    let mut calls = Vec::new();
    for detail in details {
        let file = format!("{detail:?}.ts");
        let mut text = declaration_file(catalog.servers(), detail).text;
        text.push_str("export {};\n");
        let mut line = text.lines().count();
        for claim in &claims {
            for (is_literal, accepted) in [false, true].into_iter().zip(claim.by_type) {
                // In less detail a type may be cut, but never refuses what is right.
                if !accepted && (!is_literal || detail != Detail::Full) {
                    continue;
                }
                let takes = !text.contains(&format!("function t{}()", claim.tool));
                text.push_str(&call(claim, takes, is_literal));
                text.push('\n');
                line += 1;
                calls.push(((file.clone(), line), claim, is_literal));
                if !accepted {
                    expected.insert((file.clone(), line));
                }
            }
        }
        fs::write(folder.join(file), text).unwrap();
    }
    let files = ["Signature.ts", "Brief.ts", "Full.ts"];
    let complaints = match compile(
        &folder,
        &[&["--strict", "--types", ""], &files[..]].concat(),
    ) {
        Ok(complaints) => complaints,
        Err(why) => return judge::skip(&why),
    };
    let found: BTreeSet<(String, usize)> = complaints
        .iter()
        .map(|one| (one.file.clone(), one.line))
        .collect();
    let wrong: Vec<String> = found
        .symmetric_difference(&expected)
        .map(|place| {
            let call = calls.iter().find(|(at, ..)| at == place);
            let said = complaints
                .iter()
                .find(|one| (&one.file, one.line) == (&place.0, place.1));
            let what = said.map_or("accepted, but should not be", |one| &one.what);
            match call {
                Some((_, claim, is_literal)) => {
                    format!("{place:?} {} (literal: {is_literal}): {what}", claim.about)
                }
                None => format!("{place:?}: {what}"),
            }
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
