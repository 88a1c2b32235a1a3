//! `retort types`: what scripts see, as one declaration file.
//!
//! Owns what is in it beside the tools: how to use it, and the globals that scripts
//! have of the sandbox (`globals.d.ts`).

use std::time::Duration;

use retort_tools::typescript::declaration_file_with;
use retort_tools::{Catalog, Detail, Server, ServerState};

use super::print;
use crate::app::App;
use crate::failure::Failure;
use crate::serve::unknown_server;

/// Whatever scripts see that is no server.
const GLOBALS: &str = include_str!("globals.d.ts");

const HEAD: &str = r#"// What scripts of Retort see: the globals around them, and the tools of the servers.
// Made by `retort types`; make it anew when the servers change.
//
// Keep it beside your scripts as `retort.d.ts`, with a `tsconfig.json` that leaves the
// browser's library and other packages' types out, since scripts have neither:
//   {"compilerOptions": {"strict": true, "noEmit": true, "target": "esnext",
//     "module": "esnext", "moduleDetection": "force", "lib": ["esnext"], "types": []}}
// Write a script as a module: `export default async () => { …; return value; };`
"#;

/// Longest state of a server that is told, in characters.
const STATE_CHARS: usize = 300;

/// Prints the declarations of these servers, or of all; waits for those that are
/// starting.
pub(super) async fn print(app: &App, names: &[String]) -> Result<(), Failure> {
    let downstreams = app.downstreams();
    let catalog = downstreams.catalog();
    if let Some(unknown) = names.iter().find(|name| catalog.server(name).is_none()) {
        return Err(Failure::new(unknown_server(&catalog, unknown)));
    }
    let wanted = Some(names).filter(|names| !names.is_empty());
    let at_most = Duration::from_millis(app.limits().server_start_ms);
    downstreams.wait_ready(wanted, at_most).await;
    let catalog = downstreams.catalog();
    let (ready, missing) = chosen(&catalog, names);
    // A file that lacks what was asked for by name might replace one that has it.
    if let Some(server) = missing
        .first()
        .filter(|_| wanted.is_some() || ready.is_empty())
    {
        return Err(Failure::new(without_tools(server))
            .with_hint("`retort search` shows the state of all servers"));
    }
    if ready.is_empty() {
        return Err(Failure::new("there are no servers to describe")
            .with_hint("`mcpServers` in `retort.json` names them"));
    }
    for server in missing {
        print::remark(&format!("warning: {}\n", without_tools(server)))?;
    }
    let lessons = app.learning().lessons();
    let observed = lessons.as_ref().map(|lessons| &lessons.observed);
    let file = declaration_file_with(ready, Detail::Full, observed);
    print::product(&format!("{HEAD}\n{GLOBALS}\n{}", file.text.trim_end()))
}

/// The servers that are asked for, each once: those that answer, and the others.
/// What is switched off is nobody's loss unless it is asked for.
fn chosen<'c>(catalog: &'c Catalog, names: &[String]) -> (Vec<&'c Server>, Vec<&'c Server>) {
    let asked = |server: &&Server| match names {
        [] => server.state != ServerState::Disabled,
        names => names
            .iter()
            .any(|name| *name == server.name || *name == server.ident),
    };
    let servers = catalog.servers().iter().filter(asked);
    servers.partition(|server| server.state == ServerState::Ready)
}

fn without_tools(server: &Server) -> String {
    // The reason of a failure may hold lines of the server's own.
    let state = server.state.to_string().replace(char::is_control, " ");
    let words: Vec<&str> = state.split_whitespace().collect();
    let state: String = words.join(" ").chars().take(STATE_CHARS).collect();
    let name = &server.name;
    format!("server `{name}` is not ready, so its tools are left out ({state})")
}
