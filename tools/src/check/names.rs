//! Names of servers and tools that the catalog does not have.

use std::collections::HashMap;

use retort_guest::contract::{ApiTarget, ApiUse, Inspection};

use super::finding::{Finding, FindingKind, Report, Severity};
use crate::catalog::{Catalog, NotFound, NotFoundKind, Server, ServerState, ToolRef};
use crate::likeness::{likest, shortens};
use crate::prose;

/// Most tools of one name that are offered.
const OFFERED: usize = 5;
/// Most further lines named where the same is wrong.
const LINES: usize = 5;

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
    /// A name that nothing declares, and the property read from it.
    Name(&'a str, Option<&'a str>),
}

pub(super) fn report(inspection: &Inspection, catalog: &Catalog, report: &mut Report) {
    let mut missing: Vec<Missing<'_>> = Vec::new();
    let mut known: HashMap<(&str, Option<&str>), usize> = HashMap::new();
    for api_use in inspection.uses.iter().filter(|one| !one.guarded) {
        let Some((wrong, severity)) = wrong(api_use, catalog) else {
            continue;
        };
        let key = match wrong {
            Wrong::Server(name, _) | Wrong::Name(name, _) => (name, None),
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
                let line = if severity == Severity::Error && known.severity == Severity::Warning {
                    known.severity = severity;
                    std::mem::replace(&mut known.first, api_use)
                } else {
                    api_use
                }
                .place
                .position
                .line;
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
    match &api_use.target {
        ApiTarget::Tool { server, tool } => match catalog.server(server) {
            None => Some((Wrong::Server(server, Some(tool)), Severity::Error)),
            Some(found) if found.state != ServerState::Ready || found.tool(tool).is_some() => None,
            Some(_) => {
                // A tool that is only read may be tested in ways that are not seen.
                let severity = match api_use.call {
                    Some(_) => Severity::Error,
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
        ApiTarget::Undeclared { name, member } => {
            let member = member.as_deref();
            undeclared(catalog, name, member)
                .is_some()
                .then_some((Wrong::Name(name, member), Severity::Error))
        }
    }
}

impl Missing<'_> {
    fn finding(&self, catalog: &Catalog) -> Option<Finding> {
        let (kind, mut message, hint) = match self.wrong {
            Wrong::Server(server, None) => words(&catalog.no_such_server(server)),
            Wrong::Server(server, Some(tool)) | Wrong::Tool(server, tool) => {
                words(&catalog.tool(server, tool).err()?)
            }
            Wrong::Name(name, member) => undeclared(catalog, name, member)?,
        };
        if !self.also.is_empty() {
            let lines: Vec<String> = self.also.iter().take(LINES).map(u32::to_string).collect();
            let more = if self.also.len() > LINES { ", …" } else { "" };
            let s = if self.also.len() > 1 { "s" } else { "" };
            message.push_str(&format!(" (also on line{s} {}{more})", lines.join(", ")));
        }
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

/// What is to be said of a name that nothing declares, where it surely means a
/// server or a tool. Other names are the script's own matter.
fn undeclared(catalog: &Catalog, name: &str, member: Option<&str>) -> Option<Words> {
    let shown = prose::one_line(name, 100);
    if let Some(server) = catalog.server(name) {
        return (server.state == ServerState::Disabled).then(|| {
            (
                FindingKind::UnknownServer,
                format!("server `{shown}` is switched off in the configuration"),
                "use another server, or ask for it to be switched on".to_owned(),
            )
        });
    }
    let usable = || {
        let servers = catalog.servers().iter();
        servers.filter(|server| server.state != ServerState::Disabled)
    };
    let no_server = |meant: String| {
        (
            FindingKind::UnknownServer,
            format!("there is no server `{shown}`"),
            format!("did you mean `{meant}`?"),
        )
    };
    if let Some(near) = likest(name, usable().map(|server| &*server.ident)) {
        let tool = member.and_then(|member| catalog.server(near)?.tool(member));
        return Some(no_server(
            tool.map_or_else(|| near.to_owned(), ToolRef::path),
        ));
    }
    let exact = |tool: &str| -> Vec<(&Server, String)> {
        let found = usable().filter_map(|server| Some((server, server.tool(tool)?.path())));
        found.collect()
    };
    if let Some(member) = member {
        return exact(member)
            .into_iter()
            .find(|(server, _)| shortens(name, &server.ident))
            .map(|(_, path)| no_server(path));
    }
    let paths: Vec<String> = exact(name)
        .into_iter()
        .take(OFFERED)
        .map(|(_, path)| format!("`{path}`"))
        .collect();
    (!paths.is_empty()).then(|| {
        (
            FindingKind::UnknownTool,
            format!("`{shown}` is no global: a tool is a function of its server"),
            format!("did you mean {}?", paths.join(" or ")),
        )
    })
}
