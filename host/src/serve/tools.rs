//! What the four tools do. Knows the app, not the protocol: the commands of the
//! terminal use the same functions.

use std::time::Duration;

use retort_tools::{CallRequest, Detail, SearchQuery, Server, ServerState};
use rmcp::model::JsonObject;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use super::definitions::how_to_add_servers;
use super::meant::{in_stopped_server, servers_meant, unknown_server};
use crate::app::App;
use crate::render::{self, Answer};
use crate::run::{Progress, RunRequest};

/// How long a search waits for servers that are still starting.
const SEARCH_WAIT: Duration = Duration::from_secs(3);

/// One call of one of the four tools, its arguments checked.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Call {
    Search(SearchArguments),
    Describe(DescribeArguments),
    Tool(ExecuteToolArguments),
    Code(ExecuteCodeArguments),
}

/// Arguments of `search_tools`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SearchArguments {
    /// What to look for; empty lists the servers.
    pub query: String,
    /// The only server to search.
    pub server: Option<String>,
    /// Rows at most.
    pub limit: Option<usize>,
}

/// Arguments of `describe_tools`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DescribeArguments {
    /// Tools and servers.
    pub tools: Vec<String>,
    /// How much to say of each.
    pub detail: Detail,
}

/// Arguments of `execute_tool`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ExecuteToolArguments {
    /// `server.tool`.
    pub tool: String,
    /// What it takes.
    pub arguments: JsonObject,
}

/// Arguments of `execute_code`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ExecuteCodeArguments {
    /// The script.
    pub code: String,
}

/// Where a client that keeps waiting as long as it hears from us is told how far
/// a run has come; `None` for one that does not.
pub type Patience = Option<watch::Sender<Progress>>;

/// Does what a call asks.
pub(super) async fn perform(
    app: &App,
    call: Call,
    cancel: CancellationToken,
    patience: Patience,
) -> Answer {
    match call {
        Call::Search(arguments) => until(&cancel, search_tools(app, arguments)).await,
        Call::Describe(arguments) => until(&cancel, describe_tools(app, arguments)).await,
        Call::Tool(arguments) => execute_tool(app, arguments, cancel, patience).await,
        Call::Code(arguments) => execute_code(app, arguments, cancel, patience).await,
    }
}

async fn until(cancel: &CancellationToken, work: impl Future<Output = Answer>) -> Answer {
    cancel
        .run_until_cancelled(work)
        .await
        .unwrap_or_else(cancelled)
}

fn cancelled() -> Answer {
    Answer::error("cancelled")
}

/// `search_tools`: rows for a query, or the list of servers. Waits a little for
/// servers that are starting, and says which are still missing.
pub async fn search_tools(app: &App, arguments: SearchArguments) -> Answer {
    let SearchArguments {
        query,
        server,
        limit,
    } = arguments;
    let downstreams = app.downstreams();
    if downstreams.catalog().servers().is_empty() {
        return Answer::text(format!(
            "No servers are configured. {}",
            how_to_add_servers()
        ));
    }
    let needed = match &server {
        None => None,
        Some(asked) => match downstreams.catalog().server(asked) {
            Some(server) => Some(vec![server.name.clone()]),
            None => return Answer::error(unknown_server(&downstreams.catalog(), asked)),
        },
    };
    let starting = downstreams.wait_ready(needed.as_deref(), SEARCH_WAIT).await;
    let catalog = downstreams.catalog();
    let mut text = catalog
        .search(&SearchQuery {
            query: query.clone(),
            server,
            limit,
        })
        .render();
    if !query.trim().is_empty() {
        let relevant = |server: &&Server| {
            needed
                .as_ref()
                .is_none_or(|needed| needed.contains(&server.name))
        };
        text.push_str(&missing(
            catalog.servers().iter().filter(relevant),
            &starting,
        ));
    }
    Answer::text(render::cut_text(&text, app.limits()))
}

/// `describe_tools`: signatures, or more, of tools and servers.
pub async fn describe_tools(app: &App, arguments: DescribeArguments) -> Answer {
    let DescribeArguments { tools, detail } = arguments;
    let starting = wait_for(app, &tools).await;
    let catalog = app.downstreams().catalog();
    let mut text = catalog.describe(&tools, detail);
    text.push_str(&missing([].into_iter(), &starting));
    Answer::text(render::cut_text(&text, app.limits()))
}

/// `execute_tool`: one call, through the same gate as the calls of scripts.
pub async fn execute_tool(
    app: &App,
    arguments: ExecuteToolArguments,
    cancel: CancellationToken,
    patience: Patience,
) -> Answer {
    let ExecuteToolArguments { tool, arguments } = arguments;
    let wall = app.limits().wall(patience.is_some());
    let call = async {
        let names = [tool.clone()];
        let starting = wait_for(app, &names).await;
        let catalog = app.downstreams().catalog();
        let (server, tool) = match catalog.resolve(&tool) {
            Ok(found) => (
                found.server.name.clone(),
                found.tool.definition.name.clone(),
            ),
            Err(not_found) => {
                let Some(names) = in_stopped_server(&catalog, &tool) else {
                    let missing = missing([].into_iter(), &starting);
                    return Answer::error(format!("{not_found}{missing}"));
                };
                names
            }
        };
        let request = CallRequest {
            server,
            tool,
            arguments: serde_json::Value::Object(arguments).to_string(),
            timeout: None,
            cancel: cancel.clone(),
            max_result_bytes: app.limits().result_bytes as usize,
            max_result_depth: app.limits().nesting as usize,
        };
        match app.downstreams().call(request).await {
            Ok(output) => render::tool_value(&output.value, app.results(), app.limits()),
            Err(error) => render::tool_error(&error, app.limits()),
        }
    };
    tokio::select! {
        biased;
        answer = call => answer,
        () = cancel.cancelled() => cancelled(),
        () = tokio::time::sleep(wall) => Answer::error(format!(
            "no answer within {} s; the call may still take effect",
            wall.as_secs()
        )),
    }
}

/// `execute_code`: one script.
pub async fn execute_code(
    app: &App,
    arguments: ExecuteCodeArguments,
    cancel: CancellationToken,
    patience: Patience,
) -> Answer {
    let wall = app.limits().wall(patience.is_some());
    let request = RunRequest {
        source: arguments.code,
        wall,
        cancel,
        progress: patience,
    };
    let report = app.runner().run(request).await;
    render::report(&report, app.results(), app.limits())
}

/// Waits for the servers that `names` are about; gives those still starting.
async fn wait_for(app: &App, names: &[String]) -> Vec<String> {
    let downstreams = app.downstreams();
    let needed = servers_meant(&downstreams.catalog(), names);
    let at_most = Duration::from_millis(app.limits().server_start_ms);
    downstreams.wait_ready(needed.as_deref(), at_most).await
}

/// Says whose tools an answer cannot contain.
fn missing<'a>(servers: impl Iterator<Item = &'a Server>, starting: &[String]) -> String {
    let said = |names: &[String], before: &str, after: &str| {
        if names.is_empty() {
            return String::new();
        }
        format!("\n\n{before}: {}{after}", crate::config::listed(names))
    };
    let failed: Vec<_> = servers
        .filter(|server| matches!(server.state, ServerState::Failed { .. }))
        .map(|server| server.name.clone())
        .collect();
    said(
        starting,
        "Still starting, so without their tools",
        ". Ask again in a few seconds.",
    ) + &said(&failed, "Not available", " (an empty query says why).")
}
