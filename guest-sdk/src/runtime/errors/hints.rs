//! What to do about an error: the nearest names, and what exists instead.

use boa_engine::{Context, JsString};

use super::expression::Key;
use crate::contract::{ServerApi, ToolApi, decode};
use crate::runtime::namespaces::Servers;

/// Names that are offered.
const OFFERED: usize = 5;
/// How alike a name must be to be offered.
const ALIKE: f64 = 0.72;
/// Likeness from which a name is taken for a slip of another.
const SLIP: f64 = 0.66;
/// Characters of a name that are compared for slips.
const COMPARED_CHARS: usize = 60;

/// The globals beside the servers and those of the language.
pub(crate) const GLOBALS: &str = "`tools`, `callTool`, `searchTools`, `describeTools`, `results`, `emit`, `console`, \
`setTimeout`, `structuredClone`, `URL`, `TextEncoder`, `crypto`, `atob`";

/// Whether a path of names is a call out of the sandbox.
pub(super) fn is_remote(path: &[String], servers: &Servers) -> bool {
    let [first, rest @ ..] = path else {
        return false;
    };
    match rest {
        [] => ["callTool", "searchTools", "describeTools"].contains(&first.as_str()),
        [_] => first == "results" || server(first, servers).is_some(),
        [_, _] => first == "tools",
        _ => false,
    }
}

/// The hint for a name that does not exist.
pub(crate) fn unknown_global(name: &str, servers: &[ServerApi]) -> String {
    let owners = if is_of_elsewhere(name) {
        Vec::new()
    } else {
        owners(name, servers)
    };
    if owners.is_empty() {
        return no_such_global(name, servers);
    }
    format!(
        "tools are called on their server: {}",
        list(&owners.iter().map(String::as_str).collect::<Vec<_>>())
    )
}

/// The same, whatever tools the servers have.
pub(crate) fn no_such_global(name: &str, servers: &[ServerApi]) -> String {
    let idents: Vec<&str> = servers.iter().map(|server| &*server.ident).collect();
    let listed = list(&idents);
    if let Some(hint) = of_elsewhere(name, &listed) {
        return hint;
    }
    let near = nearest(name, idents.iter().copied());
    let near = if near.is_empty() {
        String::new()
    } else {
        format!("did you mean {}? ", list(&near))
    };
    format!("{near}the servers are {listed}; the globals beside those of JavaScript are {GLOBALS}")
}

/// Whether a name is a global of other places where JavaScript runs.
pub(crate) fn is_of_elsewhere(name: &str) -> bool {
    of_elsewhere(name, "").is_some()
}

/// What to use in the place of a global of browsers and servers.
fn of_elsewhere(name: &str, servers: &str) -> Option<String> {
    Some(match name {
        "fetch" | "XMLHttpRequest" | "WebSocket" | "axios" | "http" | "https" | "Request"
        | "Response" | "Headers" => {
            format!("a script has no network: use the tools of the servers ({servers})")
        }
        "require" | "module" | "exports" | "__dirname" | "__filename" => {
            format!(
                "a script loads no modules: use the globals {GLOBALS} and the servers ({servers})"
            )
        }
        "process" | "fs" | "path" | "os" | "child_process" | "Deno" | "Bun" => {
            format!(
                "a script has no access to the machine: use the tools of the servers ({servers})"
            )
        }
        "Buffer" => "use `Uint8Array`, `TextEncoder`, `atob` and `btoa`".to_owned(),
        "window" | "document" | "navigator" | "localStorage" => {
            "a script runs in no browser; there is `globalThis`".to_owned()
        }
        _ => return None,
    })
}

/// The name that was surely meant by a slip.
pub(crate) fn likest<'n>(wanted: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let plain = |name: &str| -> String {
        let letters = name.chars().filter(|c| c.is_alphanumeric());
        letters
            .take(COMPARED_CHARS)
            .flat_map(char::to_lowercase)
            .collect()
    };
    let wanted = plain(wanted);
    let likeness = |name| strsim::normalized_damerau_levenshtein(&wanted, &plain(name));
    names
        .map(|name| (likeness(name), name))
        .filter(|(likeness, _)| *likeness >= SLIP)
        .max_by(|one, other| one.0.total_cmp(&other.0).then(other.1.cmp(one.1)))
        .map(|(_, name)| name)
}

/// The hint for a tool that a server does not have, by the path of names that
/// was called.
pub(super) fn unknown_tool(path: &[String], context: &mut Context) -> Option<String> {
    let servers = Servers::of(context)?;
    let (server_name, tool) = match path {
        [tools, server, tool] if tools == "tools" => (server, tool),
        [server, tool] => (server, tool),
        _ => return None,
    };
    let mut all = servers.api().servers.iter();
    let index =
        all.position(|server| server.ident == *server_name || server.name == *server_name)?;
    let server = &servers.api().servers[index];
    if server.ident != *server_name {
        return Some(tools_like(index, tool, context));
    }
    let prefix = &path[..path.len() - 1].join(".");
    Some(nearest_tools(server, prefix, tool))
}

/// The hint for what was read by a key from a namespace that lacks it.
pub(super) fn missed_tool(key: &Key, context: &mut Context) -> Option<String> {
    let servers = Servers::of(context)?;
    let key = match key {
        Key::Known(name) => Some(name.as_str()),
        Key::Computed => None,
        Key::None => return None,
    };
    let (index, tool) = servers.missed(key)?;
    Some(tools_like(index, &tool, context))
}

/// The tools of a server that are most like a name.
pub(super) fn tools_like(index: usize, tool: &str, context: &mut Context) -> String {
    let Some(servers) = Servers::of(context) else {
        return String::new();
    };
    let server = &servers.api().servers[index];
    let ident = JsString::from(server.ident.as_str());
    let global = context.global_object().get(ident, context);
    let global = global.ok().and_then(|global| global.as_object());
    let is_global = global.is_some_and(|global| servers.index_of(&global) == Some(index));
    let prefix = if is_global { "" } else { "tools." };
    nearest_tools(server, &format!("{prefix}{}", server.ident), tool)
}

fn nearest_tools(server: &ServerApi, prefix: &str, tool: &str) -> String {
    let tools = tools_of(server);
    let near = likeliest(tool, tools.iter().map(|tool| tool.ident.as_str()));
    let near: Vec<String> = near.iter().map(|name| format!("{prefix}.{name}")).collect();
    let near: Vec<&str> = near.iter().map(String::as_str).collect();
    if near.is_empty() {
        return format!("`{}` has no tools", server.name);
    }
    format!(
        "the nearest tools are {}; `Object.keys({prefix})` lists all {}, and `searchTools(…)` \
         finds those of every server",
        list(&near),
        tools.len()
    )
}

/// The servers that are most like a name.
pub(super) fn servers_like(name: &str, servers: &Servers) -> String {
    let servers = &servers.api().servers;
    let near = likeliest(name, servers.iter().map(|server| server.ident.as_str()));
    format!(
        "the nearest servers are {}; `Object.keys(tools)` lists all {}",
        list(&near),
        servers.len()
    )
}

fn server<'s>(name: &str, servers: &'s Servers) -> Option<&'s ServerApi> {
    servers
        .api()
        .servers
        .iter()
        .find(|server| server.ident == name || server.name == name)
}

fn tools_of(server: &ServerApi) -> Vec<ToolApi> {
    decode(&server.tools).unwrap_or_default()
}

/// `server.tool` for every tool of that name.
fn owners(name: &str, servers: &[ServerApi]) -> Vec<String> {
    let mut owners = Vec::new();
    for server in servers {
        for tool in tools_of(server) {
            if (tool.name == name || tool.ident == name) && owners.len() < OFFERED {
                owners.push(format!("{}.{}", server.ident, tool.ident));
            }
        }
    }
    owners
}

/// The names that are like a wanted one, best first.
fn nearest<'n>(wanted: &str, names: impl Iterator<Item = &'n str>) -> Vec<&'n str> {
    let mut near = ranked(wanted, names);
    near.retain(|(score, _)| *score >= ALIKE);
    near.truncate(OFFERED);
    near.into_iter().map(|(_, name)| name).collect()
}

/// The names most like a wanted one, best first, however unlike it they are.
fn likeliest<'n>(wanted: &str, names: impl Iterator<Item = &'n str>) -> Vec<&'n str> {
    let mut near = ranked(wanted, names);
    near.truncate(OFFERED);
    near.into_iter().map(|(_, name)| name).collect()
}

/// Names with those like a wanted one first, and all others in their order.
pub(super) fn nearest_first<'n>(wanted: &str, names: &[&'n str]) -> Vec<&'n str> {
    let near = nearest(wanted, names.iter().copied());
    let rest = names.iter().filter(|name| !near.contains(name));
    near.iter().chain(rest).copied().collect()
}

fn ranked<'n>(wanted: &str, names: impl Iterator<Item = &'n str>) -> Vec<(f64, &'n str)> {
    let wanted = wanted.to_lowercase();
    let mut scored: Vec<(f64, &str)> = names
        .map(|name| {
            let lower = name.to_lowercase();
            let contained = lower.contains(&wanted) || wanted.contains(&lower);
            let score =
                strsim::jaro_winkler(&wanted, &lower).max(if contained { 0.8 } else { 0.0 });
            (score, name)
        })
        .collect();
    scored.sort_by(|left, right| right.0.total_cmp(&left.0).then(left.1.cmp(right.1)));
    scored
}

/// Names in backticks, the first twenty of them.
pub(super) fn list(names: &[&str]) -> String {
    if names.is_empty() {
        return "none".to_owned();
    }
    let shown: Vec<String> = names
        .iter()
        .take(20)
        .map(|name| format!("`{name}`"))
        .collect();
    let more = names.len().saturating_sub(20);
    let more = if more == 0 {
        String::new()
    } else {
        format!(" and {more} more")
    };
    shown.join(", ") + &more
}
