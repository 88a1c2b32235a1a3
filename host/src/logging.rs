//! The log: `tracing` to standard error, for people or as JSON lines.
//!
//! Standard output belongs to the protocol. The targets of rmcp print whole
//! messages, arguments and results included, so they stay off whatever the
//! filter says; our own events carry names, counts and durations only.

use std::io;

use clap::ValueEnum;
use tracing::Metadata;
use tracing_subscriber::filter::{EnvFilter, FilterExt, filter_fn};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{Layer, fmt};

use crate::failure::Failure;
use crate::platform;

/// What log lines look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum LogFormat {
    /// One readable line an event.
    #[default]
    Human,
    /// One JSON object an event.
    Json,
}

/// Starts logging with a `filter` in the syntax of `RUST_LOG`.
///
/// # Errors
/// A [`Failure`] when the filter cannot be read.
pub(crate) fn start(format: LogFormat, filter: &str) -> Result<(), Failure> {
    let filter = EnvFilter::try_new(filter)
        .map_err(|error| {
            Failure::new(format!("log filter `{filter}`: {error}"))
                .with_hint("use a level (`warn`, `info`, `debug`) or `target=level,…`")
        })?
        .and(filter_fn(may_be_logged));
    let layer = fmt::layer().with_writer(io::stderr);
    let layer = match format {
        LogFormat::Human => layer
            .with_ansi(platform::stderr_is_terminal())
            .with_target(false)
            .with_filter(filter)
            .boxed(),
        LogFormat::Json => layer.json().with_filter(filter).boxed(),
    };
    // A second start in one process (an embedding program) keeps the first.
    let _ = tracing_subscriber::registry().with(layer).try_init();
    Ok(())
}

fn may_be_logged(metadata: &Metadata<'_>) -> bool {
    let root = metadata.target().split("::").next().unwrap_or_default();
    root != "rmcp"
}
