//! Names of servers and tools that the catalog does not have, and of variables that
//! are not there, or not yet.

use std::collections::HashMap;

use retort_guest::contract::{ApiTarget, ApiUse, Inspection};

use super::finding::{Finding, FindingKind, Report, Severity, also_on};
use crate::catalog::{Catalog, NotFound, NotFoundKind, Server, ServerState, ToolRef};
use crate::likeness::{likeness, likest, shortens};
use crate::prose;

/// Most tools of one name that are offered.
const OFFERED: usize = 5;
/// Longest name shown, in characters.
const NAME_CHARS: usize = 100;

/// A name that is not there, and all places that use it.
struct Missing<'a> {
    first: &'a ApiUse,
    severity: Severity,
    wrong: Wrong<'a>,
    /// Lines of the other places.
    also: Vec<u32>,
}

/// What to look up for the message.
#[derive(Clone, Copy)]
enum Wrong<'a> {
    /// A server, and the tool wanted of it.
    Server(&'a str, Option<&'a str>),
    Tool(&'a str, &'a str),
    Undeclared(Undeclared<'a>),
    /// A variable that is read before it is declared.
    Early(&'a str),
}

/// A name that nothing declares.
#[derive(Clone, Copy)]
struct Undeclared<'a> {
    name: &'a str,
    /// The property read from it.
    member: Option<&'a str>,
    /// The likest name of the script's own.
    near: Option<&'a str>,
    /// What there is instead.
    hint: &'a str,
}

pub(super) fn report(inspection: &Inspection, catalog: &Catalog, report: &mut Report) {
    let mut missing: Vec<Missing<'_>> = Vec::new();
    let mut known: HashMap<(&str, Option<&str>), usize> = HashMap::new();
    for api_use in &inspection.uses {
        let Some((wrong, severity)) = wrong(api_use, catalog) else {
            continue;
        };
        let key = match wrong {
            Wrong::Server(name, _)
            | Wrong::Undeclared(Undeclared { name, .. })
            | Wrong::Early(name) => (name, None),
            Wrong::Tool(server, tool) => (server, Some(tool)),
        };
        let found = *known.entry(key).or_insert(missing.len());
        match missing.get_mut(found) {
            None => missing.push(Missing {
                first: api_use,
                severity,
                wrong,
                also: Vec::new(),
            }),
            // A sure failure says more than a name read before.
            Some(known) => {
                let is_worse = severity > known.severity;
                let other = if is_worse {
                    known.severity = severity;
                    std::mem::replace(&mut known.first, api_use)
                } else {
                    api_use
                };
                let line = other.place.position.line;
                if line != known.first.place.position.line && !known.also.contains(&line) {
                    known.also.push(line);
                }
            }
        }
    }
    for missing in missing {
        report.add(missing.severity, || missing.finding(catalog));
    }
}

/// Whether a place names what is not there, and how sure it is to fail.
fn wrong<'a>(api_use: &'a ApiUse, catalog: &Catalog) -> Option<(Wrong<'a>, Severity)> {
    let severity = Severity::of(api_use.exposure)?;
    match &api_use.target {
        ApiTarget::Tool { server, tool } => match catalog.server(server) {
            None => Some((Wrong::Server(server, Some(tool)), severity)),
            Some(found) if found.state != ServerState::Ready || found.tool(tool).is_some() => None,
            Some(_) => {
                // A tool that is only read may be tested in ways that are not seen.
                let severity = match api_use.call {
                    Some(_) => severity,
                    None => Severity::Warning,
                };
                Some((Wrong::Tool(server, tool), severity))
            }
        },
        ApiTarget::AnyToolOf { server } => catalog
            .server(server)
            .is_none()
            .then_some((Wrong::Server(server, None), Severity::Warning)),
        ApiTarget::AnyTool => None,
        ApiTarget::Undeclared {
            name,
            member,
            near,
            hint,
        } => {
            let wrong = Wrong::Undeclared(Undeclared {
                name,
                member: member.as_deref(),
                near: near.as_deref(),
                hint,
            });
            (!is_usable(catalog, name)).then_some((wrong, severity))
        }
        ApiTarget::TooEarly { name } => Some((Wrong::Early(name), severity)),
    }
}

impl Missing<'_> {
    fn finding(&self, catalog: &Catalog) -> Option<Finding> {
        let (kind, mut message, hint) = match self.wrong {
            Wrong::Server(server, None) => match tools_named(catalog, server).next() {
                Some(_) => no_server(catalog, server),
                None => words(&catalog.no_such_server(server)),
            },
            Wrong::Server(server, Some("")) | Wrong::Tool(server, "") => no_server(catalog, server),
            Wrong::Server(server, Some(tool)) | Wrong::Tool(server, tool) => {
                words(&catalog.tool(server, tool).err()?)
            }
            Wrong::Undeclared(name) => undeclared(catalog, name),
            Wrong::Early(name) => too_early(catalog, name),
        };
        message.push_str(&also_on(&self.also));
        Some(Finding {
            severity: self.severity,
            kind,
            place: self.first.place.clone(),
            message,
            hint: Some(hint),
        })
    }
}

type Words = (FindingKind, String, String);

fn words(not_found: &NotFound) -> Words {
    let kind = match not_found.kind {
        NotFoundKind::Server => FindingKind::UnknownServer,
        NotFoundKind::Tool => FindingKind::UnknownTool,
    };
    (kind, not_found.what(), not_found.hint())
}

/// What is to be said of the one name that `callTool` was given.
fn no_server(catalog: &Catalog, name: &str) -> Words {
    match catalog.resolve(name) {
        Ok(tool) => (
            FindingKind::UnknownServer,
            format!(
                "there is no server `{}`: a tool is named with its server",
                prose::one_line(name, NAME_CHARS)
            ),
            format!("did you mean `{}`?", tool.path()),
        ),
        Err(not_found) => words(&not_found),
    }
}

fn too_early(catalog: &Catalog, name: &str) -> Words {
    let shown = prose::one_line(name, NAME_CHARS);
    let early = format!("`{shown}` is read before it is declared");
    let kind = FindingKind::UndeclaredName;
    if is_usable(catalog, name) {
        let message = format!("{early}: the variable hides the server");
        return (kind, message, "give the variable another name".to_owned());
    }
    let hint = "declare it above, or give the variable another name";
    (kind, early, hint.to_owned())
}

/// What is to be said of a name that nothing declares.
fn undeclared(catalog: &Catalog, undeclared: Undeclared<'_>) -> Words {
    let Undeclared {
        name, member, near, ..
    } = undeclared;
    let shown = prose::one_line(name, NAME_CHARS);
    if catalog.server(name).is_some() {
        return (
            FindingKind::UnknownServer,
            format!("server `{shown}` is switched off in the configuration"),
            "use another server, or ask for it to be switched on".to_owned(),
        );
    }
    let is_slip = |meant: &str| {
        (
            FindingKind::UndeclaredName,
            format!("`{shown}` is not defined"),
            format!("did you mean `{}`?", prose::one_line(meant, NAME_CHARS)),
        )
    };
    if let Some(near) = near.filter(|near| likeness(name, near) == 1.0) {
        return is_slip(near);
    }
    if let Some(words) = foreign(catalog, name) {
        return words;
    }
    let paths = tools_meant(catalog, name, member);
    if !paths.is_empty() {
        return no_global(name, &paths.join(" or "));
    }
    let server = meant_server(catalog, name, member);
    let server =
        server.filter(|(_, likely)| near.is_none_or(|near| likeness(name, near) < *likely));
    match (server, near) {
        (Some((meant, _)), _) => (
            FindingKind::UnknownServer,
            format!("there is no server `{shown}`"),
            format!("did you mean `{meant}`?"),
        ),
        (None, Some(near)) => is_slip(near),
        (None, None) => (
            FindingKind::UndeclaredName,
            format!("`{shown}` is not defined"),
            undeclared.hint.to_owned(),
        ),
    }
}

/// What is to be said of a tool as MCP clients name it: `mcp__tracker__get_issue`.
fn foreign(catalog: &Catalog, name: &str) -> Option<Words> {
    let rest = name.strip_prefix("mcp__").unwrap_or(name);
    let (server, tool) = rest.split_once("__")?;
    if let Ok(tool) = catalog.resolve(name) {
        return Some(no_global(name, &format!("`{}`", tool.path())));
    }
    catalog.server(server)?;
    catalog.tool(server, tool).err().as_ref().map(words)
}

/// The tools of a name that is called itself.
fn tools_meant(catalog: &Catalog, name: &str, member: Option<&str>) -> Vec<String> {
    if member.is_some() {
        return Vec::new();
    }
    let tools = tools_named(catalog, name).take(OFFERED);
    tools.map(|tool| format!("`{}`", tool.path())).collect()
}

fn no_global(name: &str, meant: &str) -> Words {
    (
        FindingKind::UnknownTool,
        format!(
            "`{}` is no global: a tool is a function of its server",
            prose::one_line(name, NAME_CHARS)
        ),
        format!("did you mean {meant}?"),
    )
}

/// The server, or the tool of it, that a name means, and how likely: above 1 where
/// the server has the tool that is read from it.
fn meant_server(catalog: &Catalog, name: &str, member: Option<&str>) -> Option<(String, f64)> {
    if let Some(near) = likest(name, usable(catalog).map(|server| &*server.ident)) {
        let tool = member.and_then(|member| catalog.server(near)?.tool(member));
        return Some(match tool {
            Some(tool) => (tool.path(), 2.0),
            None => (near.to_owned(), likeness(name, near)),
        });
    }
    tools_named(catalog, member?)
        .find(|tool| shortens(name, &tool.server.ident))
        .map(|tool| (tool.path(), 2.0))
}

fn tools_named<'a>(catalog: &'a Catalog, tool: &str) -> impl Iterator<Item = ToolRef<'a>> {
    usable(catalog).filter_map(move |server| server.tool(tool))
}

fn usable(catalog: &Catalog) -> impl Iterator<Item = &Server> {
    let servers = catalog.servers().iter();
    servers.filter(|server| server.state != ServerState::Disabled)
}

/// Whether a name is that of a server a script can use.
fn is_usable(catalog: &Catalog, name: &str) -> bool {
    catalog
        .server(name)
        .is_some_and(|server| server.state != ServerState::Disabled)
}
