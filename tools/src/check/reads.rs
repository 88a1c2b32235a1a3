//! Properties read from results that the tool's type does not have.
//!
//! A declared type is a server's word, and one that was observed is not even that,
//! so this warns and no more.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap};

use retort_guest::contract::{ApiUse, CallUse, Inspection, Key, Position, ResultRead};

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
    let mut found: BTreeMap<Position, Place<'_>> = BTreeMap::new();
    for (api_use, call) in calls(inspection) {
        let tool = super::known_tool(api_use, catalog);
        let output = tool.and_then(|tool| {
            let declared = tool.tool.definition.output_schema.as_ref();
            let seen = seen.get(&tool.path());
            let schema = declared.or(seen.map(|seen| &seen.schema))?;
            let output = outputs
                .entry(tool.path())
                .or_insert_with(|| Output::of(schema));
            let calls = seen.map(|seen| seen.calls);
            output.as_ref().map(|output| (tool, calls, output))
        });
        for read in &call.reads {
            let place = found.entry(read.place.position).or_default();
            let known = output.filter(|_| !read.guarded);
            let lacks = known.and_then(|(tool, calls, output)| {
                Some((tool, calls, read, lacking(output, &read.path)?))
            });
            match lacks {
                Some(lacks) => {
                    place.lacks.get_or_insert(lacks);
                }
                None => place.is_there = true,
            }
        }
    }
    let mut told: Vec<(&[Key], String)> = Vec::new();
    for place in found.into_values().filter(|place| !place.is_there) {
        let Some((tool, calls, read, lacking)) = place.lacks else {
            continue;
        };
        let told_of = (&*read.path, tool.path());
        if !told.contains(&told_of) {
            told.push(told_of);
            report.add(Severity::Warning, || finding(tool, calls, read, &lacking));
        }
    }
}

/// What is read at one place, from whichever results it may be.
#[derive(Default)]
struct Place<'a> {
    /// Whether one of them may have it.
    is_there: bool,
    /// The first that lacks it, and in how many calls its type was seen.
    lacks: Option<(ToolRef<'a>, Option<u64>, &'a ResultRead, Lacking<'a>)>,
}

fn calls(inspection: &Inspection) -> impl Iterator<Item = (&ApiUse, &CallUse)> {
    let uses = inspection.uses.iter();
    uses.filter_map(|api_use| Some((api_use, api_use.call.as_ref()?)))
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
        match here.step(key) {
            Step::To(next) => here = next,
            Step::Open | Step::Lacking(_) => return None,
        }
    }
    match here.step(last) {
        Step::Lacking(lacking) => Some(lacking),
        Step::To(_) | Step::Open => None,
    }
}

fn name(key: &Key) -> Option<&str> {
    match key {
        Key::Name(name) => Some(name),
        Key::Element | Key::Value => None,
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
        _ => "in the result of",
    };
    let is = match read.path.len() {
        1 => format!("is {kind}"),
        _ => format!("it is read from {kind}"),
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
        hint: lone_result(tool, read, lacking).or_else(|| hint(read, lacking)),
    }
}

/// What to do where a lone `result` is read, which is taken off.
fn lone_result(tool: ToolRef<'_>, read: &ResultRead, lacking: &Lacking<'_>) -> Option<String> {
    let schema = tool.tool.definition.output_schema.as_ref()?;
    let is_it = matches!(&*read.path, [Key::Name(name)] if name == "result");
    if !is_it || !Output::is_unwrapped(schema) {
        return None;
    }
    let kind = lacking.kind.map_or("a value", Kind::words);
    let kind = kind.split_once(' ').map_or(kind, |(_, kind)| kind);
    Some(format!(
        "the value is the {kind} itself: a `result` that stands alone is unwrapped"
    ))
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
