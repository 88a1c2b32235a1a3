//! The commands of the terminal. Each gives its product to standard output,
//! everything else to standard error, and fails with an exit code.

use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use retort_tools::Detail;
use rmcp::model::ContentBlock;
use tokio_util::sync::CancellationToken;

use crate::app::App;
use crate::cli::Global;
use crate::config::{self, Config};
use crate::failure::Failure;
use crate::platform;
use crate::render::Answer;
use crate::serve::{
    self, DescribeArguments, ExecuteCodeArguments, ExecuteToolArguments, SearchArguments,
};
use crate::trust::TrustStore;

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

/// `retort run FILE|-`
pub(crate) fn run(global: &Global, file: &Path) -> Result<(), Failure> {
    let code = source(file)?;
    with_app(global, async |app, cancel| {
        serve::execute_code(app, ExecuteCodeArguments { code }, cancel, None).await
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
        serve::search_tools(
            app,
            SearchArguments {
                query,
                server,
                limit,
            },
        )
        .await
    })
}

/// `retort describe NAME…`
pub(crate) fn describe(global: &Global, tools: Vec<String>, detail: Detail) -> Result<(), Failure> {
    with_app(global, async |app, _| {
        serve::describe_tools(app, DescribeArguments { tools, detail }).await
    })
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
        serve::execute_tool(app, ExecuteToolArguments { tool, arguments }, cancel, None).await
    })
}

/// `retort config schema`
pub(crate) fn config_schema() -> Result<(), Failure> {
    let schema = serde_json::to_string_pretty(&config::schema()).map_err(anyhow::Error::from)?;
    print(&schema)
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
        return say(&format!("`{}` is trusted already\n", file.display()));
    }
    say(&format!(
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
    say("trusted until it changes\n")
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

/// Does one thing with a started app and prints its answer. An interrupt
/// cancels it.
fn with_app(
    global: &Global,
    work: impl AsyncFnOnce(&App, CancellationToken) -> Answer,
) -> Result<(), Failure> {
    let config = Config::load(global.config.as_deref())?;
    for warning in &config.warnings {
        say(&format!("warning: {warning}\n"))?;
    }
    on_runtime(async {
        let app = App::start(config);
        let cancel = CancellationToken::new();
        let requested = cancel.clone();
        let interrupt = tokio::spawn(async move {
            platform::stop_requested().await;
            requested.cancel();
        });
        let answer = work(&app, cancel).await;
        interrupt.abort();
        let printed = print_answer(&answer);
        app.shutdown().await;
        printed
    })
}

fn on_runtime(work: impl Future<Output = Result<(), Failure>>) -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::new(format!("cannot start: {error}")))?;
    let result = runtime.block_on(work);
    runtime.shutdown_timeout(RUNTIME_GRACE);
    result
}

/// The value to standard output, what is said about it to standard error; of a
/// failure everything to standard error.
fn print_answer(answer: &Answer) -> Result<(), Failure> {
    let mut blocks = answer.content.iter().map(block_text);
    if !answer.is_error
        && let Some(value) = blocks.next()
    {
        print(&value)?;
    }
    for block in blocks {
        say(&format!("{block}\n"))?;
    }
    if answer.is_error {
        Err(Failure::REPORTED)
    } else {
        Ok(())
    }
}

fn block_text(block: &ContentBlock) -> String {
    match block {
        ContentBlock::Text(text) => text.text.clone(),
        other => serde_json::to_string(other).unwrap_or_default(),
    }
}

fn print(text: &str) -> Result<(), Failure> {
    let mut stdout = io::stdout().lock();
    match writeln!(stdout, "{text}").and_then(|()| stdout.flush()) {
        // A reader that has seen enough (`| head`) is no failure.
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure::new(format!("cannot write: {error}")))
        }
        _ => Ok(()),
    }
}

fn say(text: &str) -> Result<(), Failure> {
    let mut stderr = io::stderr().lock();
    write!(stderr, "{text}").map_err(|error| Failure::new(format!("cannot write: {error}")))
}
