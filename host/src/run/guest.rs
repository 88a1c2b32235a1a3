//! The sandbox's execution as the run loop sees it: each step on a thread of
//! the blocking pool, stopped from outside when the run must end.

use std::sync::Arc;

use retort_sandbox::contract::{CallError, Inspection, Now, Settled};
use retort_sandbox::{
    Cancel, Engine, EngineError, Execution, Inspected, Instance, Limits, Outcome, Script, Step,
    Usage,
};
use retort_tools::{Findings, Plan, check_with};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::calls::Asked;
use super::report::{LimitReached, RunOutcome, StoppingLimit};

/// A call's result on its way to the guest.
pub(super) type Settlement = (u32, CallResult);

/// A call's value as JSON text, or its failure. Boxed for its size.
pub(super) type CallResult = Result<Arc<str>, Box<CallError>>;

/// Why a run ends before its script does. Boxed: outcomes are large and this
/// is the rare way.
pub(super) type Stopped = Box<RunOutcome>;

/// What ends a run from outside: the client or the clock.
#[derive(Debug, Clone)]
pub(super) struct Stop {
    /// The client, or the process, wants no answer.
    pub cancel: CancellationToken,
    /// When the run began, by the clock of its waits.
    pub started: Instant,
    /// When it must be over.
    pub deadline: Instant,
}

impl Stop {
    /// Waits until the run must end.
    pub(super) async fn reached(&self) -> Stopped {
        tokio::select! {
            biased;
            () = self.cancel.cancelled() => Box::new(RunOutcome::Cancelled),
            () = tokio::time::sleep_until(self.deadline) => Box::new(RunOutcome::Exceeded(LimitReached {
                limit: StoppingLimit::Wall,
                allowed: (self.deadline - self.started).as_millis() as u64,
                used: self.started.elapsed().as_millis() as u64,
            })),
        }
    }

    /// `work`, unless the run must end before it is done.
    pub(super) async fn or_else<T>(&self, work: impl Future<Output = T>) -> Result<T, Stopped> {
        tokio::select! {
            biased;
            stopped = self.reached() => Err(stopped),
            done = work => Ok(done),
        }
    }
}

/// What an execution starts from.
pub(super) struct Start {
    pub source: String,
    pub api: Arc<[u8]>,
    pub seed: [u8; 32],
    pub now: Now,
    pub time_zone: String,
    pub limits: Limits,
    /// What is done with the script before it runs.
    pub check: Check,
}

/// What is done with a script before it runs.
pub(super) enum Check {
    /// Nothing.
    None,
    /// It is compared with the tools, and runs unless it is sure to fail.
    Before(Asked),
    /// It is compared with the tools, and does not run.
    Only(Asked),
}

/// What came of starting a script.
pub(super) enum Started {
    /// It runs, and something may be said of it nevertheless.
    Running(Execution, Step, Findings),
    /// It is sure to fail, and nothing of it ran.
    Refused(Findings, Usage),
    /// It was not to run.
    Planned(Plan, Findings, Usage),
    /// It ended before it ran: no script, or too large to read.
    Ended(Outcome, Usage),
}

/// Stops the guest when the run is over, however that came about: a thread
/// cannot be aborted.
#[derive(Default)]
pub(super) struct Leash(Cancel);

impl Drop for Leash {
    fn drop(&mut self) {
        self.0.cancel();
    }
}

impl Leash {
    /// Checks the script and runs its first step. If the run must end meanwhile
    /// the step says [`Outcome::Cancelled`].
    pub(super) async fn start(
        &self,
        engine: &Engine,
        start: Start,
        stop: &Stop,
    ) -> Result<Started, Stopped> {
        let (engine, cancel) = (engine.clone(), self.0.clone());
        let started = self.on_pool(stop, move || {
            let script = Script {
                source: &start.source,
                api: &start.api,
                seed: start.seed,
                now: start.now,
                time_zone: &start.time_zone,
            };
            let instance = Instance::new(&engine, &start.limits, &cancel)?;
            Ok(match &start.check {
                Check::Before(asked) => checked(instance, &script, asked),
                Check::Only(asked) => planned(instance, &script, asked),
                Check::None => {
                    let (execution, step) = instance.start(&script);
                    Started::Running(execution, step, Findings::default())
                }
            })
        });
        started
            .await?
            .map_err(|error: EngineError| Box::new(RunOutcome::Fault(super::full_message(&error))))
    }

    /// Runs the next step, likewise.
    pub(super) async fn resume(
        &self,
        mut execution: Execution,
        now: Now,
        events: Vec<Settlement>,
        stop: &Stop,
    ) -> Result<(Execution, Step), Stopped> {
        self.on_pool(stop, move || {
            let settled: Vec<_> = events
                .iter()
                .map(|(call, result)| Settled {
                    call: *call,
                    result: result.as_deref().map_err(|error| CallError::clone(error)),
                })
                .collect();
            let step = execution.resume(now, &settled);
            (execution, step)
        })
        .await
    }

    async fn on_pool<T: Send + 'static>(
        &self,
        stop: &Stop,
        step: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Stopped> {
        let mut task = tokio::task::spawn_blocking(step);
        let ended = tokio::select! {
            biased;
            ended = &mut task => ended,
            _ = stop.reached() => {
                self.0.cancel();
                task.await
            }
        };
        ended.map_err(|error| Box::new(RunOutcome::Fault(error.to_string())))
    }
}

/// Starts a script unless it is sure to fail.
fn checked(instance: Instance, script: &Script<'_>, asked: &Asked) -> Started {
    let (instance, inspection) = match instance.inspect(script) {
        Inspected::Read {
            instance,
            inspection,
        } => (instance, inspection),
        Inspected::Ended { outcome, usage } => return Started::Ended(outcome, usage),
    };
    let findings = found(&inspection, asked);
    if findings.has_errors() {
        return Started::Refused(findings, instance.usage());
    }
    let (execution, step) = instance.start(script);
    Started::Running(execution, step, findings)
}

/// Tells what a script would do.
fn planned(instance: Instance, script: &Script<'_>, asked: &Asked) -> Started {
    match instance.inspect(script) {
        Inspected::Read {
            instance,
            inspection,
        } => Started::Planned(
            retort_tools::plan(&inspection, &asked.catalog),
            found(&inspection, asked),
            instance.usage(),
        ),
        Inspected::Ended { outcome, usage } => Started::Ended(outcome, usage),
    }
}

fn found(inspection: &Inspection, asked: &Asked) -> Findings {
    let observed = asked.lessons.as_ref().map(|lessons| &lessons.observed);
    check_with(inspection, &asked.catalog, observed)
}
