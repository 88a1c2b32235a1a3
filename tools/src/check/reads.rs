//! Properties read from results that the tool's type does not have.
//!
//! A declared type is a server's word, and one that was observed is not even that,
//! so this warns and no more.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use retort_guest::contract::{Inspection, Key, ResultRead};

use super::finding::{Finding, FindingKind, Report, Severity};
use super::members::Kind;
use super::output::{Lacking, Output, Step};
use crate::catalog::{Catalog, ToolRef};
use crate::likeness::likest;
use crate::observed::{Observation, Observed};
use crate::prose;

/// Most names listed in a hint.
const LISTED: usize = 12;
/// Longest name shown, in characters.
const NAME_CHARS: usize = 60;

pub(super) fn report(
    inspection: &Inspection,
    catalog: &Catalog,
    observed: Option<&Observed>,
    report: &mut Report,
) {
    let seen = seen(inspection, catalog, observed);
    let mut outputs: HashMap<String, Option<Output<'_>>> = HashMap::new();
    for (_, call, tool) in super::known_calls(inspection, catalog) {
        if call.reads.is_empty() {
            continue;
        }
        let declared = tool.tool.definition.output_schema.as_ref();
        let seen = seen.get(&tool.path());
        let Some(schema) = declared.or(seen.map(|seen| &seen.schema)) else {
            continue;
        };
        let calls = seen.map(|seen| seen.calls);
        let output = outputs
            .entry(tool.path())
            .or_insert_with(|| Output::of(schema));
        let Some(output) = output else { continue };
        let mut told: Vec<&[Key]> = Vec::new();
        for read in call.reads.iter().filter(|read| !read.guarded) {
            if let Some(lacking) = lacking(output, &read.path)
                && !told.contains(&&*read.path)
            {
                told.push(&read.path);
                report.add(Severity::Warning, || finding(tool, calls, read, &lacking));
            }
        }
    }
}

/// What was seen of tools that promise nothing, where it is something to go by, by path.
fn seen(
    inspection: &Inspection,
    catalog: &Catalog,
    observed: Option<&Observed>,
) -> HashMap<String, Observation> {
    let mut seen = HashMap::new();
    let Some(observed) = observed else {
        return seen;
    };
    for (_, call, tool) in super::known_calls(inspection, catalog) {
        let definition = &tool.tool.definition;
        if definition.output_schema.is_some() || call.reads.iter().all(|read| read.guarded) {
            continue;
        }
        if let Entry::Vacant(place) = seen.entry(tool.path())
            && let Some(observation) = observed.settled(&tool.server.name, &definition.name)
        {
            place.insert(observation);
        }
    }
    seen
}

/// What lacks the last key of `path`, where those before it resolve.
fn lacking<'a>(output: &Output<'a>, path: &[Key]) -> Option<Lacking<'a>> {
    let (last, before) = path.split_last()?;
    let mut here = output.clone();
    for key in before {
        match here.step(name(key)) {
            Step::To(next) => here = next,
            Step::Open | Step::Lacking(_) => return None,
        }
    }
    match here.step(name(last)) {
        Step::Lacking(lacking) => Some(lacking),
        Step::To(_) | Step::Open => None,
    }
}

fn name(key: &Key) -> Option<&str> {
    match key {
        Key::Name(name) => Some(name),
        Key::Element => None,
    }
}

/// `calls` are those that the type was seen in, where it is not declared.
fn finding(
    tool: ToolRef<'_>,
    calls: Option<u64>,
    read: &ResultRead,
    lacking: &Lacking<'_>,
) -> Finding {
    let text = &read.text;
    let kind = lacking.kind.map_or("a value", Kind::words);
    let place = match read.path.len() {
        1 => "the result of",
        _ => "it is read in the result of",
    };
    let is = match read.path.len() {
        1 => format!("is {kind}"),
        _ => format!("from {kind}"),
    };
    let without = match read.path.last().and_then(name) {
        Some(name) => format!("without `{}`", prose::one_line(name, NAME_CHARS)),
        None => "that is no list".to_owned(),
    };
    let by = match calls {
        None => "by its declared type".to_owned(),
        Some(calls) => format!("as far as {calls} calls have shown"),
    };
    let path = tool.path();
    let message = format!("`{text}`: {place} `{path}` {is} {without}, {by}");
    Finding {
        severity: Severity::Warning,
        kind: FindingKind::UnknownProperty,
        place: read.place.clone(),
        message,
        hint: hint(read, lacking),
    }
}

fn hint(read: &ResultRead, lacking: &Lacking<'_>) -> Option<String> {
    let name = read.path.last().and_then(name);
    let known = match lacking.kind {
        None | Some(Kind::Object) => &lacking.properties[..],
        Some(kind) => kind.own(),
    };
    let wants_list = name.is_none_or(|name| Kind::Array.own().contains(&name));
    if wants_list && !lacking.lists.is_empty() {
        return Some(format!("its lists: {}", listed(&lacking.lists)));
    }
    let near = name.and_then(|name| likest(name, known.iter().copied()));
    match near {
        Some(near) => Some(format!(
            "did you mean `{}`?",
            prose::one_line(near, NAME_CHARS)
        )),
        None if lacking.properties.is_empty() => None,
        None => Some(format!("it has {}", listed(&lacking.properties))),
    }
}

fn listed(names: &[&str]) -> String {
    let shown: Vec<String> = names
        .iter()
        .take(LISTED)
        .map(|name| format!("`{}`", prose::one_line(name, NAME_CHARS)))
        .collect();
    let more = names.len().saturating_sub(LISTED);
    let more = (more > 0).then(|| format!(" and {more} more"));
    format!("{}{}", shown.join(", "), more.unwrap_or_default())
}
