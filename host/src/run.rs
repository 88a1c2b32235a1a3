//! Runs: a script in the sandbox, joined to the tools it calls.
//!
//! Owns the run loop, its limits and what is known of a run when it is over.
//! Knows neither what client is attached (`serve` does) nor how an answer
//! reads (`render` does). Start at [`Runner::run`]; the loop is in `drive`.

mod api;
mod calls;
mod drive;
mod guest;
mod ledger;
mod limits;
mod named;
mod report;
mod transcript;

use std::sync::Arc;
use std::time::Duration;

use retort_sandbox::{Engine, EngineOptions};
use retort_tools::Downstreams;
use tokio::sync::{OnceCell, Semaphore, watch};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

pub(crate) use self::calls::surprise;
pub use self::ledger::{CallState, Entry, Ledger};
pub use self::limits::RunLimits;
pub(crate) use self::report::{Bytes, Millis};
pub use self::report::{LimitReached, RunOutcome, RunReport, StoppingLimit, Unavailable};
pub use self::transcript::Transcript;

use self::api::ApiCache;
use self::drive::Drive;
use crate::learning::{Learning, Searches};
use crate::results::{ResultStore, StoreLimits};

/// Runs scripts. A cheap handle to what all runs of a process share.
#[derive(Clone)]
pub struct Runner {
    shared: Arc<Shared>,
}

/// What a [`Runner`] is made with.
#[derive(Debug, Clone, Default)]
pub struct RunnerOptions {
    /// Limits of every run.
    pub limits: RunLimits,
    /// IANA name of the scripts' time zone; `UTC` where not given.
    pub time_zone: Option<String>,
    /// Whether scripts run without being compared with the catalogue first.
    pub unchecked: bool,
    /// What is learned from use.
    pub learning: Learning,
    /// Where the sandbox may keep compiled code.
    pub cache_dir: Option<std::path::PathBuf>,
}

/// One script to run.
#[derive(Debug)]
pub struct RunRequest {
    /// As the agent wrote it.
    pub source: String,
    /// Whether only to say what it would do, and run nothing of it.
    pub dry_run: bool,
    /// Time from now to the answer.
    pub wall: Duration,
    /// Withdraws the request.
    pub cancel: CancellationToken,
    /// Where to say how far the run has come.
    pub progress: Option<watch::Sender<Progress>>,
    /// What the client searched for lately; `None` for who is no agent.
    pub searches: Option<Arc<Searches>>,
}

/// How far a run has come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Progress {
    /// Calls the script made.
    pub calls: u32,
    /// Of these, calls that have settled.
    pub settled: u32,
}

/// What the runs of a process share.
struct Shared {
    options: RunnerOptions,
    engine: OnceCell<Engine>,
    downstreams: Downstreams,
    results: ResultStore,
    api: ApiCache,
    /// One permit for each run that may run, and one for each that may be there at all.
    turns: Semaphore,
    places: Arc<Semaphore>,
    tasks: TaskTracker,
    stop: CancellationToken,
}

impl std::fmt::Debug for Runner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Runner")
            .field("options", &self.shared.options)
            .finish_non_exhaustive()
    }
}

impl Runner {
    /// A runner over these servers. Nothing runs yet, and the sandbox is made
    /// by the first run or by [`Self::prepare`].
    pub fn new(downstreams: Downstreams, options: RunnerOptions) -> Self {
        let limits = &options.limits;
        let store = StoreLimits {
            value_bytes: limits.result_bytes as usize,
            ..StoreLimits::default()
        };
        let (runs, queued) = (limits.runs as usize, limits.queued_runs as usize);
        let shared = Shared {
            engine: OnceCell::new(),
            downstreams,
            results: ResultStore::new(store),
            api: ApiCache::default(),
            turns: Semaphore::new(runs),
            places: Arc::new(Semaphore::new(runs + queued)),
            tasks: TaskTracker::new(),
            stop: CancellationToken::new(),
            options,
        };
        Self {
            shared: Arc::new(shared),
        }
    }

    /// Makes the sandbox ready, so that the first run need not. A failure is
    /// left for that run to report.
    pub async fn prepare(&self) {
        if let Err(reason) = self.shared.engine().await {
            tracing::error!(reason, "the sandbox does not start");
        }
    }

    /// The limits of every run.
    pub fn limits(&self) -> &RunLimits {
        &self.shared.options.limits
    }

    /// What is kept for later scripts.
    pub fn results(&self) -> &ResultStore {
        &self.shared.results
    }

    /// What is learned from use.
    pub fn learning(&self) -> &Learning {
        &self.shared.options.learning
    }

    /// Runs a script to its outcome.
    ///
    /// # Cancel safety
    /// Dropping the future is cancelling the run: the guest is stopped and its
    /// calls are cancelled, in the background.
    pub async fn run(&self, request: RunRequest) -> RunReport {
        let stop = self.shared.stop.child_token();
        let _stop_when_dropped = stop.clone().drop_guard();
        let drive = Drive::new(Arc::clone(&self.shared), &request, stop.clone());
        let Ok(place) = Arc::clone(&self.shared.places).try_acquire_owned() else {
            let limits = self.limits();
            return drive.refused(RunOutcome::Busy {
                running: limits.runs,
                queued: limits.queued_runs,
            });
        };
        let started = Instant::now();
        let withdrawn = request.cancel.clone();
        let mut task = self.shared.tasks.spawn(async move {
            let report = drive.run(request.source).await;
            drop(place);
            report
        });
        let finished = tokio::select! {
            finished = &mut task => finished,
            () = withdrawn.cancelled() => {
                stop.cancel();
                task.await
            }
        };
        finished.unwrap_or_else(|error| {
            tracing::error!(%error, "a run ended without a report");
            RunReport::fault(error.to_string(), started.elapsed())
        })
    }

    /// Stops all runs and waits until they are over, but no longer than `grace`.
    pub async fn shutdown(&self, grace: Duration) {
        self.shared.stop.cancel();
        self.shared.tasks.close();
        if tokio::time::timeout(grace, self.shared.tasks.wait())
            .await
            .is_err()
        {
            tracing::warn!(
                runs = self.shared.tasks.len(),
                "abandoned runs that did not stop"
            );
        }
    }
}

impl Shared {
    /// The sandbox, made once. Compiling it can take seconds where no compiled
    /// code fits, so not on an async worker.
    async fn engine(&self) -> Result<&Engine, String> {
        self.engine
            .get_or_try_init(|| async {
                let options = EngineOptions {
                    cache_dir: self.options.cache_dir.clone(),
                    max_instances: self.options.limits.runs,
                };
                match tokio::task::spawn_blocking(move || Engine::new(&options)).await {
                    Ok(Ok(engine)) => Ok(engine),
                    Ok(Err(error)) => Err(full_message(&error)),
                    Err(error) => Err(error.to_string()),
                }
            })
            .await
    }
}

/// An error with its causes, for people.
fn full_message(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(error.source(), |cause| cause.source());
    causes.fold(error.to_string(), |message, cause| {
        format!("{message}: {cause}")
    })
}

#[cfg(test)]
mod tests;
