//! What to do about an error: the nearest names, and what exists instead.

use boa_engine::Context;

use crate::contract::{ServerApi, ToolApi, decode};
use crate::runtime::namespaces::Servers;

/// Names that are offered.
const OFFERED: usize = 5;
/// How alike a name must be to be offered.
const ALIKE: f64 = 0.72;

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
pub(super) fn unknown_global(name: &str, context: &Context) -> String {
    let servers = Servers::of(context);
    let idents: Vec<&str> = servers
        .iter()
        .flat_map(|servers| &servers.api().servers)
        .map(|server| &*server.ident)
        .collect();
    let listed = list(&idents);
    match name {
        "fetch" | "XMLHttpRequest" | "WebSocket" | "axios" | "http" | "https" | "Request"
        | "Response" | "Headers" => {
            format!("a script has no network: use the tools of the servers ({listed})")
        }
        "require" | "module" | "exports" | "__dirname" | "__filename" => {
            format!(
                "a script loads no modules: use the globals {GLOBALS} and the servers ({listed})"
            )
        }
        "process" | "fs" | "path" | "os" | "child_process" | "Deno" | "Bun" => {
            format!(
                "a script has no access to the machine: use the tools of the servers ({listed})"
            )
        }
        "Buffer" => "use `Uint8Array`, `TextEncoder`, `atob` and `btoa`".to_owned(),
        "window" | "document" | "navigator" | "localStorage" => {
            "a script runs in no browser; there is `globalThis`".to_owned()
        }
        _ => {
            let owners = owners(name, servers.as_deref());
            if !owners.is_empty() {
                return format!(
                    "tools are called on their server: {}",
                    list(&owners.iter().map(String::as_str).collect::<Vec<_>>())
                );
            }
            let near = nearest(name, idents.iter().copied());
            let near = if near.is_empty() {
                String::new()
            } else {
                format!("did you mean {}? ", list(&near))
            };
            format!(
                "{near}the servers are {listed}; the globals beside those of JavaScript are {GLOBALS}"
            )
        }
    }
}

/// The hint for a tool that a server does not have.
pub(super) fn unknown_tool(path: &[String], context: &Context) -> Option<String> {
    let servers = Servers::of(context)?;
    let (server_name, tool) = match path {
        [tools, server, tool] if tools == "tools" => (server, tool),
        [server, tool] => (server, tool),
        _ => return None,
    };
    let server = server(server_name, &servers)?;
    let tools = tools_of(server);
    let near = nearest(tool, tools.iter().map(|tool| tool.ident.as_str()));
    let prefix = &path[..path.len() - 1].join(".");
    let near: Vec<String> = near.iter().map(|name| format!("{prefix}.{name}")).collect();
    let near: Vec<&str> = near.iter().map(String::as_str).collect();
    let all = format!("`Object.keys({prefix})` lists all {}", tools.len());
    Some(if near.is_empty() {
        format!("`{}` has no such tool; {all}", server.name)
    } else {
        format!("the nearest tools are {}; {all}", list(&near))
    })
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
fn owners(name: &str, servers: Option<&Servers>) -> Vec<String> {
    let mut owners = Vec::new();
    for server in servers.iter().flat_map(|servers| &servers.api().servers) {
        for tool in tools_of(server) {
            if (tool.name == name || tool.ident == name) && owners.len() < OFFERED {
                owners.push(format!("{}.{}", server.ident, tool.ident));
            }
        }
    }
    owners
}

/// The names most like a wanted one, best first.
fn nearest<'n>(wanted: &str, names: impl Iterator<Item = &'n str>) -> Vec<&'n str> {
    let wanted = wanted.to_lowercase();
    let mut scored: Vec<(f64, &str)> = names
        .map(|name| {
            let lower = name.to_lowercase();
            let contained = lower.contains(&wanted) || wanted.contains(&lower);
            let score =
                strsim::jaro_winkler(&wanted, &lower).max(if contained { 0.8 } else { 0.0 });
            (score, name)
        })
        .filter(|(score, _)| *score >= ALIKE)
        .collect();
    scored.sort_by(|left, right| right.0.total_cmp(&left.0).then(left.1.cmp(right.1)));
    scored.truncate(OFFERED);
    scored.into_iter().map(|(_, name)| name).collect()
}

/// Names in backticks, the first twenty of them.
fn list(names: &[&str]) -> String {
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
