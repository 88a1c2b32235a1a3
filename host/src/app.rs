//! What one process shares among its connections and commands: the downstream
//! servers and what runs scripts against them.
//!
//! An [`App`] knows no client and no protocol. It is made once, cloned freely
//! and shut down once.

use std::sync::Arc;
use std::time::Duration;

use retort_tools::{DownstreamOptions, Downstreams};

use crate::config::Config;
use crate::learning::Learning;
use crate::platform;
use crate::results::ResultStore;
use crate::run::{RunLimits, Runner, RunnerOptions};

/// How long runs, and then downstream servers, have to end by themselves.
const SHUTDOWN_GRACE: Duration = Duration::from_secs(2);

/// The running program behind any number of connections. Cheap to clone.
#[derive(Debug, Clone)]
pub struct App {
    downstreams: Downstreams,
    runner: Arc<Runner>,
}

impl App {
    /// Starts the configured servers in the background. Needs a tokio runtime.
    pub fn start(config: Config) -> Self {
        let limits = &config.limits;
        let options = DownstreamOptions {
            start_timeout: Duration::from_millis(limits.server_start_ms),
            call_timeout: Duration::from_millis(limits.call_ms),
            max_concurrency: limits.parallel_calls as usize,
            max_argument_bytes: limits.argument_bytes as usize,
            max_result_bytes: limits.result_bytes as usize,
            observe: !config.no_learning,
            ..DownstreamOptions::default()
        };
        let downstreams = Downstreams::start(config.servers.clone(), options);
        Self::over(downstreams, config)
    }

    /// An app over servers that are started already. Reads what was learned.
    pub fn over(downstreams: Downstreams, config: Config) -> Self {
        let options = RunnerOptions {
            learning: Learning::open(&config),
            limits: config.limits,
            time_zone: config.time_zone,
            unchecked: config.unchecked,
            cache_dir: platform::folders().map(|folders| folders.cache),
        };
        let runner = Arc::new(Runner::new(downstreams.clone(), options));
        Self {
            downstreams,
            runner,
        }
    }

    /// Makes the sandbox ready in the background, so that the first script need
    /// not wait for it.
    pub fn warm_up(&self) {
        let runner = Arc::clone(&self.runner);
        tokio::spawn(async move { runner.prepare().await });
    }

    /// What runs scripts.
    pub fn runner(&self) -> &Runner {
        &self.runner
    }

    /// The downstream servers.
    pub fn downstreams(&self) -> &Downstreams {
        &self.downstreams
    }

    /// Values kept for later scripts.
    pub fn results(&self) -> &ResultStore {
        self.runner.results()
    }

    /// Limits of runs and calls.
    pub fn limits(&self) -> &RunLimits {
        self.runner.limits()
    }

    /// What is learned from use.
    pub fn learning(&self) -> &Learning {
        self.runner.learning()
    }

    /// Stops all runs, then the downstream servers, each by force after a grace
    /// period, and writes what was learned.
    pub async fn shutdown(&self) {
        self.runner.shutdown(SHUTDOWN_GRACE).await;
        tokio::join!(
            self.downstreams.shutdown(SHUTDOWN_GRACE),
            self.learning().close(SHUTDOWN_GRACE)
        );
    }
}
