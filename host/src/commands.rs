//! The commands of the terminal. Each gives its product to standard output,
//! everything else to standard error, and fails with an exit code.

mod learned;
mod print;
mod types;

use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::Duration;

use retort_sandbox::contract::Value;
use retort_tools::Detail;
use tokio_util::sync::CancellationToken;

use crate::app::App;
use crate::cli::Global;
use crate::config::{self, Config};
use crate::failure::Failure;
use crate::platform;
use crate::render;
use crate::run::{RunOutcome, RunRequest};
use crate::serve::{self, DescribeArguments, ExecuteToolArguments, SearchArguments};
use crate::trust::TrustStore;

pub(crate) use self::learned::{forget, learned};

/// How long threads that are stuck in something blocking are waited for.
const RUNTIME_GRACE: Duration = Duration::from_millis(200);

/// `retort serve`
pub(crate) fn serve(global: &Global) -> Result<(), Failure> {
    let config = Config::load(global.config.as_deref())?;
    on_runtime(async {
        for warning in &config.warnings {
            tracing::warn!("{warning}");
        }
        let app = App::start(config);
        app.warm_up();
        let stop = CancellationToken::new();
        let requested = stop.clone();
        tokio::spawn(async move {
            platform::stop_requested().await;
            requested.cancel();
        });
        let (read, write) = rmcp::transport::io::stdio_pipes();
        let served = serve::serve_on(app.clone(), read, write, stop).await;
        app.shutdown().await;
        served.map_err(|error| Failure::new(error.to_string()))
    })
}

/// `retort run FILE|- [--dry-run]`
pub(crate) fn run(global: &Global, file: &Path, dry_run: bool) -> Result<(), Failure> {
    let source = source(file)?;
    with_app(global, async |app, cancel| {
        let request = RunRequest {
            source,
            dry_run,
            wall: app.limits().wall(true),
            cancel,
            progress: None,
            searches: None,
        };
        let report = app.runner().run(request).await;
        let answer = render::report(&report, app.results(), app.limits());
        match report.outcome {
            // What is said instead of a value is no value.
            RunOutcome::Returned(Value::Undefined) => print::remarks(&answer.content),
            _ => print::answer(&answer),
        }
    })
}

/// `retort search QUERY`
pub(crate) fn search(
    global: &Global,
    query: String,
    server: Option<String>,
    limit: Option<usize>,
) -> Result<(), Failure> {
    with_app(global, async |app, _| {
        // The servers were started for this search alone: wait as long as it takes.
        let at_most = Duration::from_millis(app.limits().server_start_ms);
        app.downstreams().wait_ready(None, at_most).await;
        let arguments = SearchArguments {
            query,
            server,
            limit,
        };
        print::answer(&serve::search_tools(app, arguments, None).await)
    })
}

/// `retort describe NAME…`
pub(crate) fn describe(global: &Global, tools: Vec<String>, detail: Detail) -> Result<(), Failure> {
    with_app(global, async |app, _| {
        let arguments = DescribeArguments { tools, detail };
        print::answer(&serve::describe_tools(app, arguments).await)
    })
}

/// `retort types [SERVER…]`
pub(crate) fn types(global: &Global, servers: Vec<String>) -> Result<(), Failure> {
    with_app(global, async |app, _| types::print(app, &servers).await)
}

/// `retort call NAME JSON`
pub(crate) fn call(global: &Global, tool: &str, arguments: &str) -> Result<(), Failure> {
    let arguments = serde_json::from_str(arguments).map_err(|error| {
        Failure::new(format!("the arguments are not a JSON object: {error}")).with_hint(format!(
            "for example: retort call {tool} '{{\"key\": \"value\"}}'"
        ))
    })?;
    let tool = tool.to_owned();
    with_app(global, async |app, cancel| {
        let arguments = ExecuteToolArguments { tool, arguments };
        // Nothing is cut here, so nothing is said about it.
        print::value(&serve::execute_tool(app, arguments, cancel, None, None).await)
    })
}

/// `retort config schema`
pub(crate) fn config_schema() -> Result<(), Failure> {
    let schema = serde_json::to_string_pretty(&config::schema()).map_err(anyhow::Error::from)?;
    print::product(&schema)
}

/// `retort trust [FILE]`
pub(crate) fn trust(file: Option<PathBuf>) -> Result<(), Failure> {
    let file = file.unwrap_or_else(|| PathBuf::from(config::FILE_NAME));
    if !platform::stdin_is_terminal() {
        return Err(
            Failure::new("only a person on a terminal can trust a config file")
                .with_hint("run `retort trust` yourself, without a pipe"),
        );
    }
    let Some(folders) = platform::folders() else {
        return Err(Failure::new(
            "there is no home folder to remember the decision in",
        ));
    };
    let Some(bytes) = config::read(&file)? else {
        return Err(Failure::new(format!(
            "config file `{}` does not exist",
            file.display()
        )));
    };
    let commands = config::commands_in(&file, &bytes)?;
    let store = TrustStore::in_folder(&folders.state);
    if store.trusts(&file, &bytes) {
        return print::remark(&format!("`{}` is trusted already\n", file.display()));
    }
    print::remark(&format!(
        "`{}` starts these commands:\n{commands}Trust it? [y/N] ",
        file.display()
    ))?;
    let mut reply = String::new();
    io::stdin()
        .read_line(&mut reply)
        .map_err(anyhow::Error::from)?;
    if !matches!(reply.trim(), "y" | "Y" | "yes") {
        return Err(Failure {
            code: 1,
            ..Failure::new("not trusted")
        });
    }
    store
        .record(&file, &bytes)
        .map_err(|error| Failure::new(format!("cannot record the decision: {error}")))?;
    print::remark("trusted until it changes\n")
}

fn source(file: &Path) -> Result<String, Failure> {
    let read = if file == Path::new("-") {
        let mut source = String::new();
        io::stdin().read_to_string(&mut source).map(|_| source)
    } else {
        std::fs::read_to_string(file)
    };
    read.map_err(|error| Failure::new(format!("cannot read script `{}`: {error}", file.display())))
}

/// Does one thing with a started app. An interrupt cancels it. Nothing is cut:
/// a terminal has no budget, and a file takes everything.
fn with_app(
    global: &Global,
    work: impl AsyncFnOnce(&App, CancellationToken) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let mut config = Config::load(global.config.as_deref())?;
    config.limits.answer_characters = u32::MAX;
    for warning in &config.warnings {
        print::remark(&format!("warning: {warning}\n"))?;
    }
    on_runtime(async {
        let app = App::start(config);
        let cancel = CancellationToken::new();
        let requested = cancel.clone();
        let interrupt = tokio::spawn(async move {
            platform::stop_requested().await;
            requested.cancel();
        });
        let worked = work(&app, cancel).await;
        interrupt.abort();
        app.shutdown().await;
        worked
    })
}

/// Runs a command that is asynchronous.
pub(crate) fn on_runtime(work: impl Future<Output = Result<(), Failure>>) -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::new(format!("cannot start: {error}")))?;
    let result = runtime.block_on(work);
    runtime.shutdown_timeout(RUNTIME_GRACE);
    result
}
