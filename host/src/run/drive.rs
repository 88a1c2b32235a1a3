//! The run loop: steps of the guest and results of its calls, in turn.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use retort_sandbox::contract::Now;
use retort_sandbox::{Execution, Outcome, Step, StepState, Usage};
use retort_tools::{Catalog, Findings, ServerState};
use tokio_util::sync::CancellationToken;

use super::calls::{Asked, Calls, own_error};
use super::guest::{Check, Leash, Settlement, Start, Started, Stop, Stopped};
use super::ledger::Ledger;
use super::named::{ServerName, servers_named};
use super::report::{LimitReached, RunOutcome, RunReport, StoppingLimit, Unavailable};
use super::transcript::Transcript;
use super::{Bytes, Progress, RunRequest, Shared};
use crate::learning::Searches;

/// Results handed to the guest in one step, in bytes.
const STEP_BYTES: usize = 16 << 20;
/// How long calls under way may still settle after the script failed, so that
/// the ledger says what became of them.
const SETTLE: Duration = Duration::from_millis(300);
/// How long cancelled calls have to say so downstream.
const CANCEL: Duration = Duration::from_millis(100);
/// How long calls the script did not wait for may take once it has succeeded.
const NOT_AWAITED: Duration = Duration::from_secs(5);
/// A result in the guest is its text and the values read from it: less than
/// this many times its size is never enough.
const RESULT_GROWTH: u64 = 3;

/// One run under way.
pub(super) struct Drive {
    shared: Arc<Shared>,
    stop: Stop,
    leash: Leash,
    /// Unix time at [`Stop::started`], so that both clocks move together.
    unix_start: Duration,
    progress: Option<tokio::sync::watch::Sender<Progress>>,
    ledger: Ledger,
    usage: Usage,
    transcript: Transcript,
    unavailable: Vec<Unavailable>,
    findings: Findings,
    surprises: Vec<String>,
    searches: Option<Arc<Searches>>,
    dry_run: bool,
}

impl Drive {
    pub(super) fn new(
        shared: Arc<Shared>,
        request: &RunRequest,
        cancel: CancellationToken,
    ) -> Self {
        let started = tokio::time::Instant::now();
        let stop = Stop {
            cancel,
            started,
            deadline: started + request.wall,
        };
        let unix_start = SystemTime::now()
            .duration_since(SystemTime::UNIX_EPOCH)
            .unwrap_or_default();
        Self {
            ledger: Ledger::new(shared.options.limits.result_bytes as usize),
            shared,
            stop,
            leash: Leash::default(),
            unix_start,
            progress: request.progress.clone(),
            usage: Usage::default(),
            transcript: Transcript::default(),
            unavailable: Vec::new(),
            findings: Findings::default(),
            surprises: Vec::new(),
            searches: request.searches.clone(),
            dry_run: request.dry_run,
        }
    }

    /// The report of a run that does not take place.
    pub(super) fn refused(self, outcome: RunOutcome) -> RunReport {
        self.report(outcome)
    }

    /// Runs the script to its outcome.
    pub(super) async fn run(mut self, source: String) -> RunReport {
        let outcome = match self.drive(source).await {
            Ok(outcome) => outcome,
            Err(stopped) => *stopped,
        };
        self.report(outcome)
    }

    fn report(mut self, outcome: RunOutcome) -> RunReport {
        self.ledger.ended(Instant::now());
        // Nobody would read the id that a withdrawn request gets.
        let is_told = !outcome.is_success() && outcome != RunOutcome::Cancelled;
        let received = is_told.then(|| self.ledger.received_json()).flatten();
        RunReport {
            kept: received.and_then(|json| self.shared.results.put(json)),
            outcome,
            transcript: self.transcript,
            ledger: self.ledger,
            unavailable: self.unavailable,
            findings: self.findings,
            surprises: self.surprises,
            usage: self.usage,
            wall: self.stop.started.elapsed(),
        }
    }

    async fn drive(&mut self, source: String) -> Result<RunOutcome, Stopped> {
        let shared = Arc::clone(&self.shared);
        let catalog = self.catalog_for(&source).await?;
        let turn = self.stop.or_else(shared.turns.acquire()).await?;
        let engine = self
            .stop
            .or_else(shared.engine())
            .await?
            .map_err(|reason| Box::new(RunOutcome::Fault(reason)))?;

        let asked = Asked {
            catalog,
            lessons: shared.options.learning.lessons(),
            searches: self.searches.clone(),
        };
        let mut calls = Calls::new(
            Arc::clone(&shared),
            asked.clone(),
            self.stop.cancel.child_token(),
        );
        let outcome = match self.start(engine, source, asked).await {
            Ok(Started::Running(execution, first, findings)) => {
                self.findings = findings;
                self.steps(execution, first, &mut calls).await
            }
            Ok(Started::Refused(findings, usage)) => {
                (self.findings, self.usage) = (findings, usage);
                Ok(RunOutcome::Refused)
            }
            Ok(Started::Planned(plan, findings, usage)) => {
                (self.findings, self.usage) = (findings, usage);
                Ok(RunOutcome::Planned(Box::new(plan)))
            }
            Ok(Started::Ended(outcome, usage)) => {
                self.usage = usage;
                self.ended(outcome).await
            }
            Err(stopped) => Err(stopped),
        };
        // The instance is gone; what is left is waiting.
        drop(turn);
        self.settle_rest(&mut calls, &outcome).await;
        self.surprises = calls.surprises();
        outcome
    }

    /// The catalogue to run against, complete in all the script names.
    async fn catalog_for(&mut self, source: &str) -> Result<Arc<Catalog>, Stopped> {
        let downstreams = &self.shared.downstreams;
        let mut catalog = downstreams.catalog();
        if source.len() > self.shared.options.limits.source_bytes as usize {
            // The guest refuses it, whatever it names.
            return Ok(catalog);
        }
        let starting = named(source, &catalog, |state| *state == ServerState::Starting);
        if !starting.is_empty() {
            let at_most = Duration::from_millis(self.shared.options.limits.server_start_ms);
            let late = self
                .stop
                .or_else(downstreams.wait_ready(Some(&starting), at_most))
                .await?;
            if !late.is_empty() {
                return Err(Box::new(RunOutcome::NotReady { servers: late }));
            }
            catalog = downstreams.catalog();
        }
        let failed = named(source, &catalog, |state| {
            matches!(state, ServerState::Failed { .. })
        });
        self.unavailable = failed
            .into_iter()
            .filter_map(|server| {
                let reason = catalog.server(&server)?.state.to_string();
                Some(Unavailable { server, reason })
            })
            .collect();
        Ok(catalog)
    }

    async fn start(
        &self,
        engine: &retort_sandbox::Engine,
        source: String,
        asked: Asked,
    ) -> Result<Started, Stopped> {
        let mut seed = [0; 32];
        getrandom::fill(&mut seed)
            .map_err(|error| Box::new(RunOutcome::Fault(error.to_string())))?;
        let options = &self.shared.options;
        let start = Start {
            source,
            api: self.shared.api.encoded(&asked.catalog),
            seed,
            now: self.now(),
            time_zone: options
                .time_zone
                .clone()
                .unwrap_or_else(|| "UTC".to_owned()),
            limits: options.limits.sandbox(),
            check: match (self.dry_run, options.unchecked) {
                (true, _) => Check::Only(asked),
                (false, false) => Check::Before(asked),
                (false, true) => Check::None,
            },
        };
        self.leash.start(engine, start, &self.stop).await
    }

    async fn steps(
        &mut self,
        mut execution: Execution,
        mut step: Step,
        calls: &mut Calls,
    ) -> Result<RunOutcome, Stopped> {
        let mut ready = VecDeque::new();
        loop {
            self.usage = execution.usage();
            let state = self.absorb(step, calls, &mut ready);
            calls.dispatch(&mut self.ledger);
            let wake_at_ms = match state {
                StepState::Waiting { wake_at_ms } => wake_at_ms,
                StepState::Ended(outcome) => return self.ended(outcome).await,
            };
            self.wait(wake_at_ms, calls, &mut ready).await?;
            let events = Self::next_events(&mut ready);
            (execution, step) = self
                .leash
                .resume(execution, self.now(), events, &self.stop)
                .await?;
        }
    }

    /// What the end of the guest means for the run.
    async fn ended(&self, outcome: Outcome) -> Result<RunOutcome, Stopped> {
        match outcome {
            Outcome::Cancelled => Err(self.stop.reached().await),
            outcome => Ok(run_outcome(outcome)),
        }
    }

    /// Takes in what the guest said in a step; calls it may not make are
    /// answered at once.
    fn absorb(
        &mut self,
        step: Step,
        calls: &mut Calls,
        ready: &mut VecDeque<Settlement>,
    ) -> StepState {
        let limits = &self.shared.options.limits;
        self.transcript
            .print(step.console, step.console_dropped, limits);
        self.transcript.emit(step.emitted, limits);
        for warning in step.warnings {
            self.transcript.warn(warning);
        }
        for call in step.calls {
            if self.ledger.entries().len() >= limits.calls as usize {
                let message = format!("{} calls are allowed for a run", limits.calls);
                ready.push_back((call.id, Err(own_error("", "too_many_calls", message))));
            } else if self.ledger.made(&call) {
                calls.push(call);
            }
        }
        self.tell();
        step.state
    }

    /// Says how far the run has come, if somebody wants to know.
    fn tell(&self) {
        if let Some(progress) = &self.progress {
            let calls = self.ledger.entries().len();
            let settled = calls - self.ledger.unsettled().count();
            progress.send_replace(Progress {
                calls: calls as u32,
                settled: settled as u32,
            });
        }
    }

    /// Waits until the guest has a reason to go on: a result, or a timer due.
    async fn wait(
        &mut self,
        wake_at_ms: Option<f64>,
        calls: &mut Calls,
        ready: &mut VecDeque<Settlement>,
    ) -> Result<(), Stopped> {
        if calls.is_idle() && ready.is_empty() && wake_at_ms.is_none() {
            return Err(Box::new(RunOutcome::Fault(
                "the script waits for nothing".to_owned(),
            )));
        }
        if ready.is_empty() {
            let timer = self.timer(wake_at_ms);
            tokio::select! {
                biased;
                stopped = self.stop.reached() => return Err(stopped),
                settlement = calls.settled() => self.note(settlement, ready),
                () = timer => {}
            }
        }
        // What is not taken in keeps its place among the calls under way, so
        // that results do not pile up before a guest that is slower than they.
        while waiting_bytes(ready) < STEP_BYTES
            && let Some(settlement) = calls.try_settled()
        {
            self.note(settlement, ready);
        }
        calls.dispatch(&mut self.ledger);
        Ok(())
    }

    fn timer(&self, wake_at_ms: Option<f64>) -> impl Future<Output = ()> + use<> {
        // A time that is no time, or beyond the run, is never reached.
        let due = wake_at_ms
            .and_then(|ms| Duration::try_from_secs_f64(ms.max(0.0) / 1000.0).ok())
            .and_then(|after| self.stop.started.checked_add(after));
        async move {
            match due {
                Some(due) => tokio::time::sleep_until(due).await,
                None => std::future::pending().await,
            }
        }
    }

    /// Notes what became of a call and puts it in line for the guest.
    fn note(&mut self, (call, mut result): Settlement, ready: &mut VecDeque<Settlement>) {
        if let Ok(value) = &result
            && let Some(what) = self.too_large(value.len())
        {
            result = Err(self.ledger.error_of(call, "result_too_large", &what));
        }
        self.ledger.settled(call, &result, Instant::now());
        self.tell();
        ready.push_back((call, result));
    }

    /// Why a result of so many bytes cannot be handed to the guest.
    fn too_large(&self, bytes: usize) -> Option<String> {
        let limits = &self.shared.options.limits;
        let left = limits
            .sandbox()
            .memory_bytes
            .saturating_sub(self.usage.memory_bytes);
        (bytes as u64 * RESULT_GROWTH > left).then(|| {
            format!(
                "has {}, and of the script's memory of {} MiB {} are left; ask for less at a time",
                Bytes(bytes as u64),
                limits.memory_mib,
                Bytes(left),
            )
        })
    }

    /// What is ready for the guest, as much as one step takes.
    fn next_events(ready: &mut VecDeque<Settlement>) -> Vec<Settlement> {
        let mut bytes = 0;
        let mut events = Vec::new();
        while let Some((_, result)) = ready.front() {
            bytes += result.as_ref().map_or(0, |value| value.len());
            if bytes > STEP_BYTES && !events.is_empty() {
                break;
            }
            events.extend(ready.pop_front());
        }
        events
    }

    /// After the script: calls it did not wait for are waited for if it
    /// succeeded, otherwise cancelled after a moment.
    async fn settle_rest(&mut self, calls: &mut Calls, outcome: &Result<RunOutcome, Stopped>) {
        match outcome {
            Ok(outcome) if outcome.is_success() => {
                // The guest has warned of each, by its name and line.
                self.settle_for(NOT_AWAITED, calls, true).await;
            }
            Err(stopped) if **stopped == RunOutcome::Cancelled => {}
            _ => self.settle_for(SETTLE, calls, false).await,
        }
        calls.cancel();
        self.settle_for(CANCEL, calls, false).await;
    }

    /// Notes what settles for so long, and sends calls that wait if `send`.
    async fn settle_for(&mut self, time: Duration, calls: &mut Calls, send: bool) {
        let mut discarded = VecDeque::new();
        let until = (tokio::time::Instant::now() + time).min(self.stop.deadline + CANCEL);
        while calls.are_under_way() {
            let Ok(settlement) = tokio::time::timeout_at(until, calls.settled()).await else {
                break;
            };
            // A call that was cancelled may have happened all the same.
            if !matches!(&settlement.1, Err(error) if error.code == "cancelled") {
                self.note(settlement, &mut discarded);
                discarded.clear();
            }
            if send {
                calls.dispatch(&mut self.ledger);
            }
        }
    }

    fn now(&self) -> Now {
        let elapsed = self.stop.started.elapsed();
        Now {
            unix_ms: (self.unix_start + elapsed).as_micros() as f64 / 1000.0,
            elapsed_ms: elapsed.as_micros() as f64 / 1000.0,
        }
    }
}

/// Bytes of results that wait for the guest.
fn waiting_bytes(ready: &VecDeque<Settlement>) -> usize {
    let values = ready.iter().filter_map(|(_, result)| result.as_ref().ok());
    values.map(|value| value.len()).sum()
}

/// The servers in such a state that the script may use, by configured name.
fn named(source: &str, catalog: &Catalog, in_state: impl Fn(&ServerState) -> bool) -> Vec<String> {
    let servers = catalog.servers();
    let name = |server: &retort_tools::Server| in_state(&server.state);
    if !servers.iter().any(name) {
        return Vec::new();
    }
    let names = |filter: bool| {
        servers
            .iter()
            .filter(|server| !filter || in_state(&server.state))
            .map(|server| ServerName {
                name: &server.name,
                ident: &server.ident,
            })
            .collect::<Vec<_>>()
    };
    servers_named(source, &names(true), &names(false))
}

/// What the sandbox's outcome means for the run.
fn run_outcome(outcome: Outcome) -> RunOutcome {
    match outcome {
        Outcome::Returned(value) => RunOutcome::Returned(value),
        Outcome::Threw(error) => RunOutcome::Threw(Box::new(error)),
        Outcome::Exceeded(exceeded) => {
            let limit = match exceeded.limit {
                retort_sandbox::Limit::Memory => StoppingLimit::Memory,
                retort_sandbox::Limit::Cpu => StoppingLimit::Cpu,
                _ => StoppingLimit::Stack,
            };
            RunOutcome::Exceeded(LimitReached {
                limit,
                allowed: exceeded.allowed,
                used: exceeded.used,
            })
        }
        Outcome::Cancelled => RunOutcome::Cancelled,
        Outcome::Fault(reason) => RunOutcome::Fault(reason),
        _ => RunOutcome::Fault("the sandbox ended in a way unknown here".to_owned()),
    }
}
