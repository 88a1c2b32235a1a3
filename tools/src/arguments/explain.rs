//! A validation error in the words of whoever made the call.

use std::fmt::Write as _;

use jsonschema::ValidationError;
use jsonschema::error::{TypeKind, ValidationErrorKind as Kind};
use jsonschema::paths::{Location, LocationSegment};
use serde_json::Value;

use super::{Holds, Problem};
use crate::definition::kind;
use crate::likeness::likest;
use crate::prose;

/// Most values of an `enum` listed.
const OPTIONS: usize = 12;
/// How much of a value is shown, in characters.
const SHOWN_CHARS: usize = 80;
/// How much of what is expected is shown, in characters.
const EXPECTED_CHARS: usize = 400;
/// Deepest alternatives explained.
const DEPTH: usize = 4;

/// Whether an error says that the arguments are wrong, and not that checking
/// them was given up.
pub(super) fn is_refusal(error: &ValidationError<'_>) -> bool {
    !matches!(
        error.kind(),
        Kind::BacktrackLimitExceeded { .. }
            | Kind::RegexEngineFailure { .. }
            | Kind::Referencing(_)
    )
}

/// What is wrong, where `declared` are the properties of the whole.
pub(super) fn problem(
    error: &ValidationError<'_>,
    declared: &[&str],
    holds: Option<Holds<'_>>,
) -> Problem {
    let mut problem = explain(error, declared, holds, 0);
    problem.expected = prose::cut_at_word(&problem.expected, EXPECTED_CHARS);
    problem
}

fn explain(
    error: &ValidationError<'_>,
    declared: &[&str],
    holds: Option<Holds<'_>>,
    depth: usize,
) -> Problem {
    let instance = error.instance().as_ref();
    let here = path(error.instance_path());
    match error.kind() {
        Kind::Required { property } => missing(&here, instance, property, declared),
        Kind::AdditionalProperties { unexpected } | Kind::UnevaluatedProperties { unexpected } => {
            let names: Vec<&str> = if here == "args" {
                declared.to_vec()
            } else {
                Vec::new()
            };
            unexpected_key(&here, instance, unexpected, &names)
        }
        Kind::AnyOf { context } | Kind::OneOfNotValid { context } if depth < DEPTH => {
            alternatives(error, context, declared, holds, depth)
        }
        // The value is that of one property, the place that of the object.
        Kind::FalseSchema
            if error
                .schema_path()
                .as_str()
                .ends_with("/additionalProperties") =>
        {
            Problem {
                path: here,
                expected: "an object without properties".to_owned(),
                got: format!("one with {}", shown(instance)),
            }
        }
        kind => Problem {
            path: here,
            expected: expected(kind, error, instance),
            got: shown(instance),
        },
    }
}

fn missing(here: &str, instance: &Value, property: &Value, declared: &[&str]) -> Problem {
    let name = property.as_str().unwrap_or("?");
    let given = instance
        .as_object()
        .map(|map| map.keys().map(String::as_str));
    let slip = given.and_then(|keys| {
        likest(
            name,
            keys.filter(|key| here != "args" || !declared.contains(key)),
        )
    });
    Problem {
        path: format!("{here}{}", key_path(name)),
        expected: "a value, it is required".to_owned(),
        got: match slip {
            Some(slip) => format!(
                "none (is it `{}`, which was given?)",
                prose::one_line(slip, 60)
            ),
            None => "none".to_owned(),
        },
    }
}

fn unexpected_key(
    here: &str,
    instance: &Value,
    unexpected: &[String],
    declared: &[&str],
) -> Problem {
    let name = unexpected.first().map_or("", String::as_str);
    let expected = match likest(name, declared.iter().copied()) {
        Some(slip) => format!("no such property (did you mean `{slip}`?)"),
        None if declared.is_empty() || declared.len() > OPTIONS => "no such property".to_owned(),
        None => format!("one of the properties {}", declared.join(", ")),
    };
    let others = unexpected.len().saturating_sub(1);
    let value = instance.get(name).map_or_else(String::new, shown);
    Problem {
        path: format!("{here}{}", key_path(name)),
        expected,
        got: if others > 0 {
            format!("{value} and {others} more unknown")
        } else {
            value
        },
    }
}

/// Of several alternatives the one that was most likely meant: where the value
/// has the right type, what is wrong inside; else what each asks for.
fn alternatives(
    error: &ValidationError<'_>,
    context: &[Vec<ValidationError<'static>>],
    declared: &[&str],
    holds: Option<Holds<'_>>,
    depth: usize,
) -> Problem {
    let context: Vec<Vec<&ValidationError<'_>>> = context
        .iter()
        .map(|branch| {
            let branch = branch.iter();
            branch
                .filter(|inner| holds.is_none_or(|holds| holds(inner)))
                .collect()
        })
        .collect();
    let at = error.instance_path();
    let is_shallow = |inner: &ValidationError<'_>| {
        inner.instance_path() == at
            && matches!(
                inner.kind(),
                Kind::Type { .. } | Kind::Constant { .. } | Kind::Enum { .. } | Kind::FalseSchema
            )
    };
    // `{kind: "b", …}` against alternatives that each fix `kind`.
    let is_other_tag = |inner: &ValidationError<'_>| matches!(inner.kind(), Kind::Constant { .. });
    let meant = context
        .iter()
        .filter(|branch| !branch.is_empty() && !branch.iter().any(|inner| is_shallow(inner)))
        .min_by_key(|branch| (branch.iter().any(|inner| is_other_tag(inner)), branch.len()));
    if let Some(first) = meant.and_then(|branch| branch.first()) {
        return explain(first, declared, holds, depth + 1);
    }
    let mut asked: Vec<String> = Vec::new();
    for inner in context
        .iter()
        .take(OPTIONS)
        .filter_map(|branch| branch.first())
    {
        let words = explain(inner, declared, holds, depth + 1).expected;
        if !asked.contains(&words) {
            asked.push(words);
        }
    }
    Problem {
        path: path(at),
        expected: asked.join(" or "),
        got: shown(error.instance()),
    }
}

fn expected(kind: &Kind, error: &ValidationError<'_>, instance: &Value) -> String {
    match kind {
        Kind::Type {
            kind: TypeKind::Single(single),
        } => type_words(&single.to_string()),
        Kind::Type {
            kind: TypeKind::Multiple(several),
        } => {
            let words: Vec<String> = several
                .iter()
                .map(|one| type_words(&one.to_string()))
                .collect();
            words.join(" or ")
        }
        Kind::Enum { options } => one_of(options, instance),
        Kind::Constant { expected_value } => short(expected_value),
        Kind::Minimum { limit } => format!("a number ≥ {limit}"),
        Kind::Maximum { limit } => format!("a number ≤ {limit}"),
        Kind::ExclusiveMinimum { limit } => format!("a number > {limit}"),
        Kind::ExclusiveMaximum { limit } => format!("a number < {limit}"),
        Kind::MultipleOf { multiple_of } => format!("a multiple of {multiple_of}"),
        Kind::MinLength { limit } => {
            format!("at least {}", counted(*limit, "character", "characters"))
        }
        Kind::MaxLength { limit } => {
            format!("at most {}", counted(*limit, "character", "characters"))
        }
        Kind::MinItems { limit } => format!("at least {}", counted(*limit, "item", "items")),
        Kind::MaxItems { limit } => format!("at most {}", counted(*limit, "item", "items")),
        Kind::AdditionalItems { limit } => {
            format!("at most {}", counted(*limit as u64, "item", "items"))
        }
        Kind::MinProperties { limit } => {
            format!("at least {}", counted(*limit, "property", "properties"))
        }
        Kind::MaxProperties { limit } => {
            format!("at most {}", counted(*limit, "property", "properties"))
        }
        Kind::Pattern { pattern } => {
            format!("text that matches `{}`", prose::one_line(pattern, 100))
        }
        Kind::UniqueItems => "items that all differ".to_owned(),
        Kind::OneOfMultipleValid { .. } => {
            "a value that fits one of the alternatives only".to_owned()
        }
        Kind::FalseSchema => "no value".to_owned(),
        Kind::Contains => "an item of the kind it must contain".to_owned(),
        _ => prose::one_line(&format!("what `{}` allows", error.kind().keyword()), 200),
    }
}

/// `1 item`, `2 items`.
fn counted(count: u64, one: &str, several: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { several })
}

fn type_words(name: &str) -> String {
    match name {
        "null" => "null".to_owned(),
        "integer" => "a whole number".to_owned(),
        "array" | "object" => format!("an {name}"),
        name => format!("a {name}"),
    }
}

fn one_of(options: &Value, instance: &Value) -> String {
    let options = options.as_array().map_or(&[][..], Vec::as_slice);
    let listed: Vec<String> = options.iter().take(OPTIONS).map(short).collect();
    let mut text = match &listed[..] {
        [] => "nothing, no value is allowed".to_owned(),
        [only] => only.clone(),
        listed => format!("one of {}", listed.join(", ")),
    };
    if options.len() > listed.len() {
        let _ = write!(text, " and {} more", options.len() - listed.len());
    }
    let slip = instance
        .as_str()
        .and_then(|given| likest(given, options.iter().filter_map(Value::as_str)));
    if let Some(slip) = slip.filter(|_| listed.len() > 1) {
        let _ = write!(text, " (did you mean {}?)", short(&Value::from(slip)));
    }
    text
}

/// A value with its type, short.
pub(super) fn shown(value: &Value) -> String {
    match value {
        Value::Null | Value::Bool(_) => value.to_string(),
        Value::Array(items) => format!("an array of {}", items.len()),
        Value::Object(map) if map.is_empty() => "an empty object".to_owned(),
        Value::Object(map) => {
            let keys: Vec<&str> = map.keys().take(6).map(String::as_str).collect();
            let more = if map.len() > keys.len() { ", …" } else { "" };
            prose::cut_at_word(
                &format!("an object with {}{more}", keys.join(", ")),
                SHOWN_CHARS,
            )
        }
        Value::Number(_) | Value::String(_) => {
            let article = kind(value).trim_start_matches("a ");
            format!("the {article} {}", short(value))
        }
    }
}

fn short(value: &Value) -> String {
    prose::cut_at_word(&value.to_string(), SHOWN_CHARS)
}

/// A location as JavaScript would write it: `args.labels[2]["a-b"]`.
fn path(location: &Location) -> String {
    let mut text = "args".to_owned();
    for segment in location {
        match segment {
            LocationSegment::Index(index) => {
                let _ = write!(text, "[{index}]");
            }
            LocationSegment::Property(name) => text.push_str(&key_path(&name)),
        }
        if text.len() > 300 {
            text.push('…');
            break;
        }
    }
    text
}

/// One step of a location as JavaScript would write it.
pub(crate) fn key_path(name: &str) -> String {
    let is_identifier = !name.starts_with(|c: char| c.is_ascii_digit())
        && !name.is_empty()
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '$');
    if is_identifier && name.len() <= 100 {
        format!(".{name}")
    } else {
        format!("[{}]", short(&Value::from(name)))
    }
}
