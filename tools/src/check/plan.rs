//! What a script can do, told before it runs: which tools it can call, which of
//! them change something, and what cannot be told.

use std::collections::HashMap;
use std::fmt;

use retort_guest::contract::{ApiTarget, Inspection, Position};
use serde::Serialize;

use crate::catalog::{Catalog, ServerState, ToolRef};
use crate::definition::Annotations;
use crate::prose;

/// Most tools listed.
const LISTED: usize = 200;

/// What a script can do, as far as its source tells. `Display` is the text of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Plan {
    /// The tools it names, in the order of their first use.
    pub tools: Vec<PlannedTool>,
    /// Tools beyond those that are listed.
    pub more_tools: usize,
    /// Uses that may mean one tool or another.
    pub open: Vec<OpenUse>,
    /// Whether there may be more that inspection cannot see.
    pub incomplete: bool,
}

/// A tool that a script can call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlannedTool {
    /// `server.tool`, as a script writes it.
    pub tool: String,
    /// What it may do, by its server's word.
    pub effect: Effect,
    /// Where it is named first.
    pub first: Position,
    /// In how many places it is named.
    pub places: usize,
}

/// A use that may mean any of several tools.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OpenUse {
    /// The server whose tools they are; any server's where there is none.
    pub server: Option<String>,
    /// How many tools there are to mean.
    pub tools: usize,
    /// How many of those are not read-only.
    pub may_write: usize,
    /// Where it stands first.
    pub first: Position,
    /// In how many places.
    pub places: usize,
}

/// What a tool may do. Hints of its server, and no guarantee.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Effect {
    /// It changes nothing.
    ReadOnly,
    /// It adds, and destroys nothing.
    Writes,
    /// It may destroy.
    Destroys,
    /// Its server says neither; then it may destroy.
    NotAnnotated,
    /// Its server is not there to say.
    Unknown,
}

impl Effect {
    /// What `hints` amount to, with the protocol's defaults: a tool may write
    /// unless it is read-only, and what writes may destroy unless it says not.
    pub fn of(hints: Annotations) -> Self {
        match (hints.read_only, hints.destructive) {
            (Some(true), _) => Self::ReadOnly,
            (None, None) => Self::NotAnnotated,
            (_, Some(false)) => Self::Writes,
            (_, Some(true)) | (Some(false), None) => Self::Destroys,
        }
    }
}

impl fmt::Display for Effect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::ReadOnly => "read-only",
            Self::Writes => "writes",
            Self::Destroys => "writes and may destroy",
            Self::NotAnnotated => "not annotated: may write and destroy",
            Self::Unknown => "its server is not ready: not known",
        })
    }
}

/// What the script can call. Names that do not exist are left to
/// [`check`](super::check).
pub fn plan(inspection: &Inspection, catalog: &Catalog) -> Plan {
    let mut plan = Plan {
        incomplete: inspection.incomplete,
        ..Plan::default()
    };
    let mut tools: HashMap<String, usize> = HashMap::new();
    let mut open: HashMap<Option<String>, usize> = HashMap::new();
    for api_use in &inspection.uses {
        let first = api_use.place.position;
        match &api_use.target {
            ApiTarget::Tool { server, tool } => {
                let Some((name, effect)) = named(catalog, server, tool) else {
                    continue;
                };
                if let Some(&known) = tools.get(&name) {
                    plan.tools[known].places += 1;
                } else if plan.tools.len() == LISTED {
                    plan.more_tools += 1;
                } else {
                    tools.insert(name.clone(), plan.tools.len());
                    plan.tools.push(PlannedTool {
                        tool: name,
                        effect,
                        first,
                        places: 1,
                    });
                }
            }
            ApiTarget::AnyToolOf { .. } | ApiTarget::AnyTool => {
                let server = match &api_use.target {
                    ApiTarget::AnyToolOf { server } => match catalog.server(server) {
                        Some(server) => Some(server),
                        None => continue,
                    },
                    _ => None,
                };
                let ident = server.map(|server| server.ident.clone());
                if let Some(&known) = open.get(&ident) {
                    plan.open[known].places += 1;
                    continue;
                }
                open.insert(ident.clone(), plan.open.len());
                let (tools, may_write) = match server {
                    Some(server) => counted(server.tool_refs()),
                    None => counted(catalog.tools()),
                };
                plan.open.push(OpenUse {
                    server: ident,
                    tools,
                    may_write,
                    first,
                    places: 1,
                });
            }
            ApiTarget::Undeclared { .. } | ApiTarget::TooEarly { .. } => {}
        }
    }
    plan
}

/// The tool's path and effect; `None` where there is no such tool.
fn named(catalog: &Catalog, server: &str, tool: &str) -> Option<(String, Effect)> {
    let server = catalog.server(server)?;
    match server.tool(tool) {
        Some(found) => Some((found.path(), Effect::of(found.tool.definition.annotations))),
        None if server.state == ServerState::Ready => None,
        None => {
            let tool = prose::one_line(tool, 100);
            Some((format!("{}.{tool}", server.ident), Effect::Unknown))
        }
    }
}

/// How many there are, and how many of them may write.
fn counted<'a>(tools: impl Iterator<Item = ToolRef<'a>>) -> (usize, usize) {
    tools.fold((0, 0), |(all, writing), tool| {
        let effect = Effect::of(tool.tool.definition.annotations);
        (all + 1, writing + usize::from(effect != Effect::ReadOnly))
    })
}

impl fmt::Display for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.tools.is_empty() && self.open.is_empty() {
            f.write_str("the script calls no tools")?;
        } else if self.tools.is_empty() {
            f.write_str("the script names no tool by itself")?;
        } else {
            f.write_str("the script can call:")?;
        }
        for tool in &self.tools {
            let PlannedTool {
                tool,
                effect,
                first,
                places,
            } = tool;
            write!(f, "\n- `{tool}` ({effect}), {}", Where(*first, *places))?;
        }
        if self.more_tools > 0 {
            write!(f, "\nand more tools in {} places", self.more_tools)?;
        }
        for open in &self.open {
            let OpenUse {
                tools,
                may_write,
                first,
                places,
                ..
            } = open;
            let whose = match &open.server {
                Some(server) => format!("of `{server}`"),
                None => "of all servers".to_owned(),
            };
            write!(
                f,
                "\ncannot be told: any of the {tools} tools {whose}, {may_write} of which may write, {}",
                Where(*first, *places)
            )?;
        }
        if self.incomplete {
            f.write_str("\ncannot be told: what further code does that inspection does not see")?;
        }
        Ok(())
    }
}

/// `at 3:7 and in 2 more places`.
struct Where(Position, usize);

impl fmt::Display for Where {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(Position { line, column }, places) = self;
        write!(f, "at {line}:{column}")?;
        match places.saturating_sub(1) {
            0 => Ok(()),
            1 => f.write_str(" and in 1 more place"),
            more => write!(f, " and in {more} more places"),
        }
    }
}
