//! What the four tools do. Knows the app, not the protocol: the commands of the
//! terminal use the same functions.

use std::sync::Arc;
use std::time::Duration;

use retort_sandbox::contract::Value;
use retort_tools::{CallRequest, Detail, SearchQuery, Server, ServerState};
use rmcp::model::JsonObject;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use super::definitions::how_to_add_servers;
use super::meant::{in_stopped_server, servers_meant, unknown_server};
use crate::app::App;
use crate::learning::{Lessons, Searches};
use crate::render::{self, Answer};
use crate::run::{Millis, Progress, RunOutcome, RunReport, RunRequest, surprise};

/// How long a search waits for servers that are still starting.
const SEARCH_WAIT: Duration = Duration::from_secs(3);
/// Cutting more than this to size takes longer than a task may hold its thread.
const BIG: usize = 64 << 10;

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
    /// Whether only to say what it would do.
    pub dry_run: bool,
}

/// Where a client that keeps waiting as long as it hears from us is told how far
/// a run has come; `None` for one that does not.
pub type Patience = Option<watch::Sender<Progress>>;

/// What the client searched for lately; `None` for who is no agent, of whose
/// searches nothing is learned.
pub type Asker = Option<Arc<Searches>>;

/// Does what a call asks.
pub(super) async fn perform(
    app: &App,
    call: Call,
    cancel: CancellationToken,
    patience: Patience,
    asker: Asker,
) -> Answer {
    match call {
        Call::Search(arguments) => until(&cancel, search_tools(app, arguments, asker)).await,
        Call::Describe(arguments) => until(&cancel, describe_tools(app, arguments)).await,
        Call::Tool(arguments) => execute_tool(app, arguments, cancel, patience, asker).await,
        Call::Code(arguments) => execute_code(app, arguments, cancel, patience, asker).await,
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

/// Makes an answer on a thread that may be held for long.
async fn aside(app: &App, work: impl FnOnce(&App) -> Answer + Send + 'static) -> Answer {
    let app = app.clone();
    let made = tokio::task::spawn_blocking(move || work(&app)).await;
    made.unwrap_or_else(|error| {
        tracing::error!(%error, "an answer could not be made");
        Answer::error("internal error in retort, not in your request: the answer could not be made")
    })
}

/// `search_tools`: rows for a query, or the list of servers. Waits a little for
/// servers that are starting, and says which are still missing.
pub async fn search_tools(app: &App, arguments: SearchArguments, asker: Asker) -> Answer {
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
            None => return no_such_server(app, asked),
        },
    };
    let starting = downstreams.wait_ready(needed.as_deref(), SEARCH_WAIT).await;
    let catalog = downstreams.catalog();
    let lessons = app.learning().lessons();
    // The first search of a catalogue builds its index.
    aside(app, move |app| {
        let asked = SearchQuery {
            query,
            server,
            limit,
        };
        let options = lessons.as_ref().map(Lessons::for_search);
        let found = catalog.search_with(&asked, options.unwrap_or_default());
        if let Some(searches) = asker {
            searches.asked(&asked.query, &found);
        }
        let mut text = found.render();
        if !asked.query.trim().is_empty() {
            let relevant = |server: &&Server| {
                needed
                    .as_ref()
                    .is_none_or(|needed| needed.contains(&server.name))
            };
            let servers = catalog.servers().iter().filter(relevant);
            text.push_str(&missing(servers, &starting));
        }
        Answer::text(render::cut_text(&text, app.limits()))
    })
    .await
}

/// `describe_tools`: signatures, or more, of tools and servers.
pub async fn describe_tools(app: &App, arguments: DescribeArguments) -> Answer {
    let DescribeArguments { tools, detail } = arguments;
    let starting = wait_for(app, &tools).await;
    let catalog = app.downstreams().catalog();
    let lessons = app.learning().lessons();
    aside(app, move |app| {
        let observed = lessons.as_ref().map(|lessons| &lessons.observed);
        let mut text = catalog.describe_with(&tools, detail, observed);
        text.push_str(&missing([].into_iter(), &starting));
        Answer::text(render::cut_text(&text, app.limits()))
    })
    .await
}

/// `execute_tool`: one call, through the same gate as the calls of scripts.
pub async fn execute_tool(
    app: &App,
    arguments: ExecuteToolArguments,
    cancel: CancellationToken,
    patience: Patience,
    asker: Asker,
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
        let output = match app.downstreams().call(request).await {
            Ok(output) => output,
            Err(error) => return render::tool_error(&error, app.limits()),
        };
        let differences = app.learning().called(&output, asker.as_deref(), None);
        let surprise = differences
            .filter(|_| asker.is_some())
            .map(|differences| surprise(&catalog, &output, &differences));
        let big = output.value.len() > BIG;
        let render = move |app: &App| {
            render::tool_value(&output.value, surprise, app.results(), app.limits())
        };
        if big {
            aside(app, render).await
        } else {
            render(app)
        }
    };
    tokio::select! {
        biased;
        answer = call => answer,
        () = cancel.cancelled() => cancelled(),
        () = tokio::time::sleep(wall) => Answer::error(format!(
            "no answer within {}; the call may still take effect",
            Millis(wall.as_millis() as u64)
        )),
    }
}

/// `execute_code`: one script.
pub async fn execute_code(
    app: &App,
    arguments: ExecuteCodeArguments,
    cancel: CancellationToken,
    patience: Patience,
    asker: Asker,
) -> Answer {
    let wall = app.limits().wall(patience.is_some());
    let request = RunRequest {
        source: arguments.code,
        dry_run: arguments.dry_run,
        wall,
        cancel,
        progress: patience,
        searches: asker,
    };
    let report = app.runner().run(request).await;
    if is_big(&report) {
        aside(app, move |app| rendered(app, &report)).await
    } else {
        rendered(app, &report)
    }
}

fn rendered(app: &App, report: &RunReport) -> Answer {
    render::report(report, app.results(), app.limits())
}

/// Whether a report takes long to read through.
fn is_big(report: &RunReport) -> bool {
    let value = match &report.outcome {
        RunOutcome::Returned(Value::Json(text) | Value::Text(text)) => text.len(),
        RunOutcome::Threw(error) => error.message.len(),
        _ => 0,
    };
    let emitted: usize = report.transcript.emitted.iter().map(String::len).sum();
    value + emitted > BIG
}

/// Waits for the servers that `names` are about; gives those still starting.
async fn wait_for(app: &App, names: &[String]) -> Vec<String> {
    let downstreams = app.downstreams();
    let needed = servers_meant(&downstreams.catalog(), names);
    let at_most = Duration::from_millis(app.limits().server_start_ms);
    downstreams.wait_ready(needed.as_deref(), at_most).await
}

fn no_such_server(app: &App, asked: &str) -> Answer {
    let message = unknown_server(&app.downstreams().catalog(), asked);
    Answer::error(render::cut_text(&message, app.limits()))
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
