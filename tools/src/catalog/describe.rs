//! Descriptions of tools and whole servers as one text of bounded length.

use std::collections::HashSet;
use std::fmt::Write as _;

use super::{Catalog, NotFound, Server, ToolRef};
use crate::arguments::unchecked_reason;
use crate::observed::{Observation, Observed};
use crate::prose;
use crate::typescript::{Detail, Form, Shared, ToolTypes};

/// Most characters of a server's instructions that are passed on.
const INSTRUCTION_CHARS: usize = 2_000;
/// Most bytes of the whole text.
const BUDGET: usize = 10_000;
/// What is kept free for the line that says what was left out.
const RESERVED: usize = 400;
/// Most names answered at once.
const NAMES: usize = 100;
/// Most messages about unknown names; the nearest names cost a look at all.
const UNKNOWN: usize = 10;
/// Most tools whose types are read: more have no room.
const TOOLS: usize = 600;
/// Most tools looked at for what is wrong with them: each compiles a validator.
const REMARKS: usize = 20;
/// Longest of such a remark, in characters.
const REMARK_CHARS: usize = 300;

/// What one name asks for.
enum Asked<'a> {
    Tool(Known<'a>),
    Server(&'a Server, Vec<Known<'a>>),
    Unknown(NotFound),
}

/// A tool, and what was seen of its results where it promises nothing about them.
struct Known<'a> {
    tool: ToolRef<'a>,
    seen: Option<Observation>,
}

/// A tool with its types, where there may be room for them.
struct Typed<'k> {
    tool: ToolRef<'k>,
    promised: Option<ToolTypes<'k>>,
    seen: Option<ToolTypes<'k>>,
}

pub(super) fn describe(
    catalog: &Catalog,
    names: &[String],
    detail: Detail,
    observed: Option<&Observed>,
) -> String {
    if names.is_empty() {
        return "no names were given; name tools as `server.tool`, or a server for all of its tools".to_owned();
    }
    let asked = asked(catalog, names, observed);
    let mut room = TOOLS;
    let named = asked.iter().filter_map(|asked| match asked {
        Asked::Tool(known) => Some(known),
        _ => None,
    });
    let tools = typed(named, &mut room);
    let mut servers: Vec<(&Server, Vec<Typed<'_>>)> = Vec::new();
    for asked in &asked {
        if let Asked::Server(server, known) = asked {
            servers.push((server, typed(known, &mut room)));
        }
    }
    let all = tools
        .iter()
        .chain(servers.iter().flat_map(|(_, tools)| tools));
    let mut answer = Answer {
        shared: Shared::of(all.flat_map(Typed::types)),
        ..Answer::default()
    };
    // What is short and must not be lost comes first.
    for asked in &asked {
        if let Asked::Unknown(not_found) = asked {
            answer.push(&not_found.to_string());
        }
    }
    let all = tools
        .iter()
        .chain(servers.iter().flat_map(|(_, tools)| tools));
    for one in all.take(REMARKS) {
        if let Some(remark) = remark(one.tool) {
            answer.push(&remark);
        }
    }
    answer.tools(&tools, detail);
    for (server, tools) in &servers {
        answer.push(&heading(server));
        // One server alone may be wanted in detail; several are an overview.
        let alone = names.len() == 1 && detail != Detail::Signature && fits(tools, detail);
        answer.tools(tools, if alone { detail } else { Detail::Signature });
    }
    if names.len() > NAMES {
        answer.push(&format!("{NAMES} of {} names were read", names.len()));
    }
    answer.finish()
}

fn asked<'a>(
    catalog: &'a Catalog,
    names: &[String],
    observed: Option<&Observed>,
) -> Vec<Asked<'a>> {
    let known = |tool: ToolRef<'a>| Known {
        tool,
        seen: observed.and_then(|observed| tool.observation(observed)),
    };
    let mut unknown = 0;
    let mut named = HashSet::new();
    names
        .iter()
        .take(NAMES)
        .map(|name| name.trim())
        .filter(|name| named.insert(*name))
        .filter_map(|name| {
            if let Some(server) = catalog.server(name) {
                return Some(Asked::Server(
                    server,
                    server.tool_refs().map(known).collect(),
                ));
            }
            match catalog.resolve_known(name) {
                Some(tool) => Some(Asked::Tool(known(tool))),
                None if unknown == UNKNOWN => None,
                None => {
                    unknown += 1;
                    catalog.resolve(name).err().map(Asked::Unknown)
                }
            }
        })
        .collect()
}

/// Name, state and what the server says about itself, marked as its words.
fn heading(server: &Server) -> String {
    let state = prose::one_line(&server.state.to_string(), 300);
    let count = server.tools.len();
    let count = prose::counted(count, "tool");
    let mut text = format!("server {} ({state}, {count})", server.ident);
    if server.name != server.ident {
        let _ = write!(
            text,
            ", configured as `{}`",
            prose::one_line(&server.name, 100)
        );
    }
    if let Some(instructions) = server.instructions.as_deref().map(str::trim)
        && !instructions.is_empty()
    {
        let total = instructions.chars().count();
        let shown: String = instructions.chars().take(INSTRUCTION_CHARS).collect();
        let cut = if total > INSTRUCTION_CHARS {
            format!(", the first {INSTRUCTION_CHARS} of {total} characters")
        } else {
            String::new()
        };
        let _ = write!(text, "\nin the server's own words{cut}:");
        for line in prose::lines(&shown) {
            text.push_str("\n> ");
            text.push_str(&line);
        }
    }
    text
}

/// What is wrong with a tool's definition, if anything is.
fn remark(tool: ToolRef<'_>) -> Option<String> {
    let mut said = tool.tool.definition.problems.clone();
    if let Some(reason) = unchecked_reason(tool) {
        said.push(format!(
            "calls are not checked before they are made ({reason})"
        ));
    }
    if said.is_empty() {
        return None;
    }
    let said = prose::one_line(&said.join("; "), REMARK_CHARS);
    Some(format!("of {}: {said}", tool.path()))
}

/// Takes from `room` for each tool whose types are read.
fn typed<'k>(known: impl IntoIterator<Item = &'k Known<'k>>, room: &mut usize) -> Vec<Typed<'k>> {
    let typed = known.into_iter().map(|Known { tool, seen }| {
        let definition = &tool.tool.definition;
        let has_room = *room > 0;
        *room = room.saturating_sub(1);
        let seen = seen.as_ref().filter(|_| has_room);
        Typed {
            tool: *tool,
            promised: has_room.then(|| ToolTypes::of(definition)),
            seen: seen.map(|seen| ToolTypes::with(definition, Some(seen))),
        }
    });
    typed.collect()
}

impl<'k> Typed<'k> {
    fn types(&self) -> impl Iterator<Item = &ToolTypes<'k>> {
        self.seen.iter().chain(&self.promised)
    }
}

fn fits(tools: &[Typed<'_>], detail: Detail) -> bool {
    let mut left = BUDGET / 2;
    let mut shared = Shared::of(tools.iter().flat_map(Typed::types));
    tools.iter().all(|one| {
        let Some(types) = one.types().next() else {
            return false;
        };
        let written = types.write(Form::Call(&one.tool.path()), detail, &shared);
        shared.keep(&written);
        let size = written.beside().len();
        let fits = size <= left;
        left = left.saturating_sub(size);
        fits
    })
}

/// The answer as it grows, within its budget.
#[derive(Default)]
struct Answer {
    written: String,
    /// The named types that it has.
    shared: Shared,
    /// Tools that did not fit.
    left_out: Vec<String>,
    /// Tools that fitted only in less detail than was asked for.
    reduced: Vec<String>,
}

impl Answer {
    fn room(&self) -> usize {
        (BUDGET - RESERVED).saturating_sub(self.written.len())
    }

    fn push(&mut self, part: &str) {
        if part.len() + 2 > self.room() {
            let room = self.room().saturating_sub(10);
            let part = &part[..part.floor_char_boundary(room)];
            self.written.push_str(part);
            self.written.push('…');
        } else {
            self.written.push_str(part);
        }
        self.written.push_str("\n\n");
    }

    /// Each tool in the detail asked for, in less where there is no room for it.
    fn tools(&mut self, tools: &[Typed<'_>], detail: Detail) {
        let smaller = [Detail::Full, Detail::Brief, Detail::Signature];
        let start = smaller.iter().position(|one| *one == detail).unwrap_or(0);
        for (i, one) in tools.iter().enumerate() {
            let path = one.tool.path();
            // Those still to come keep a fair share.
            let fair = self.room() / (tools.len() - i);
            let share = fair.max(self.room().min(600));
            let most = if detail == Detail::Signature {
                self.room()
            } else {
                share.max(1_200).min(self.room())
            };
            let fitting = smaller[start..].iter().find_map(|shown| {
                let attempt = |types: &ToolTypes<'_>, most: usize| {
                    let written = types.write(Form::Call(&path), *shown, &self.shared);
                    let text = written.beside();
                    (text.len() + 2 <= most).then_some((written, text))
                };
                // What was only seen takes no room from what is promised.
                let whole = one.seen.as_ref().and_then(|types| attempt(types, fair));
                let is_whole = *shown == detail && (whole.is_some() || one.seen.is_none());
                let promised = one.promised.as_ref();
                let fitting = whole.or_else(|| attempt(promised?, most));
                fitting.map(|(written, text)| (written, text, is_whole))
            });
            match fitting {
                Some((written, text, is_whole)) => {
                    self.shared.keep(&written);
                    if !is_whole {
                        self.reduced.push(path);
                    }
                    self.written.push_str(&text);
                    let gap = if detail == Detail::Signature {
                        "\n"
                    } else {
                        "\n\n"
                    };
                    self.written.push_str(gap);
                }
                None => self.left_out.push(path),
            }
        }
        if !tools.is_empty() && !self.written.ends_with("\n\n") {
            self.written.push('\n');
        }
    }

    fn finish(mut self) -> String {
        if !self.left_out.is_empty() {
            let names = listed(&self.left_out);
            let count = prose::counted(self.left_out.len(), "tool");
            let _ = writeln!(
                self.written,
                "{count} left out for length, ask for them by name: {names}"
            );
        }
        if !self.reduced.is_empty() {
            let names = listed(&self.reduced);
            let count = prose::counted(self.reduced.len(), "tool");
            let _ = writeln!(
                self.written,
                "{count} in less detail for length, ask for fewer at once: {names}"
            );
        }
        self.written.truncate(self.written.trim_end().len());
        self.written
    }
}

/// As many names as the end of the text has room for.
fn listed(names: &[String]) -> String {
    let mut text = String::new();
    for name in names {
        if !text.is_empty() {
            text.push_str(", ");
        }
        if text.len() + name.len() + 80 > RESERVED / 2 {
            text.push('…');
            break;
        }
        text.push_str(name);
    }
    text
}
