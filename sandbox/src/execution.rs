//! One script: started, resumed with events, ended.

use retort_guest::contract::{self, Now, Resume, Settled, Start, State};

use crate::engine::{Engine, EngineError};
use crate::instance::{Entry, Instance, Live};
use crate::limits::{Cancel, Limits, Usage};
use crate::outcome::{Outcome, Step, StepState};

/// What is run.
#[derive(Debug, Clone, Copy)]
pub struct Script<'a> {
    /// As the agent wrote it.
    pub source: &'a str,
    /// An encoded [`contract::Api`].
    pub api: &'a [u8],
    /// Seed of all randomness the script sees.
    pub seed: [u8; 32],
    /// The clock of the first step.
    pub now: Now,
    /// IANA name of its time zone.
    pub time_zone: &'a str,
}

impl Script<'_> {
    /// As the guest is told of it.
    pub(crate) fn message(&self, limits: &Limits) -> Vec<u8> {
        contract::encode(&Start {
            version: contract::VERSION,
            source: self.source,
            seed: self.seed,
            now: self.now,
            api: self.api,
            limits: limits.guest.clone(),
            time_zone: self.time_zone,
        })
    }
}

/// A script between its first step and its end.
///
/// Each method runs the guest on the calling thread until the step is over,
/// for as long as [`Limits::cpu`] at most; call from a thread that may block.
/// Dropping it is cancelling it.
#[derive(Debug)]
pub struct Execution {
    pub(crate) engine: Engine,
    pub(crate) limits: Limits,
    /// Gone once the script ended.
    pub(crate) live: Option<Live>,
    /// Calls the guest made and has no answer to, in order.
    pub(crate) outstanding: Vec<u32>,
    usage: Usage,
}

impl Execution {
    /// Starts a script in a fresh instance and runs its first step.
    ///
    /// # Errors
    /// [`EngineError::Instantiate`]. Whatever the script does is in the step.
    pub fn start(
        engine: &Engine,
        script: &Script<'_>,
        limits: &Limits,
        cancel: &Cancel,
    ) -> Result<(Self, Step), EngineError> {
        Ok(Instance::new(engine, limits, cancel)?.start(script))
    }

    /// Starts a script in `instance`.
    pub(crate) fn in_instance(instance: Instance, script: &Script<'_>) -> (Self, Step) {
        let message = script.message(&instance.limits);
        let mut execution = Self {
            engine: instance.engine,
            limits: instance.limits,
            live: Some(instance.live),
            outstanding: Vec::new(),
            usage: Usage::default(),
        };
        let step = execution.step(Entry::Start, &message);
        (execution, step)
    }

    /// Goes on with the results of calls, in the order they arrived, and the
    /// timers that are due at `now`.
    ///
    /// Results of calls that are not outstanding are ignored. An execution
    /// that has ended answers with [`Outcome::Fault`].
    pub fn resume(&mut self, now: Now, settled: &[Settled<'_>]) -> Step {
        let mut events = Vec::with_capacity(settled.len());
        for event in settled {
            if let Some(at) = self.outstanding.iter().position(|call| *call == event.call) {
                self.outstanding.remove(at);
                events.push(event.clone());
            }
        }
        let message = contract::encode(&Resume {
            now,
            settled: events,
        });
        self.step(Entry::Resume, &message)
    }

    /// What the script has used so far, also after its end.
    pub fn usage(&self) -> Usage {
        self.live
            .as_ref()
            .map_or(self.usage, |live| live.store.data().usage())
    }

    /// Calls without a result yet, in the order they were made.
    pub fn outstanding(&self) -> &[u32] {
        &self.outstanding
    }

    pub(crate) fn restored(
        engine: &Engine,
        live: Live,
        limits: Limits,
        outstanding: Vec<u32>,
    ) -> Self {
        Self {
            engine: engine.clone(),
            limits,
            usage: live.store.data().usage(),
            live: Some(live),
            outstanding,
        }
    }

    fn step(&mut self, entry: Entry, message: &[u8]) -> Step {
        let Some(live) = &mut self.live else {
            return Step::ended(Outcome::Fault("the execution has already ended".to_owned()));
        };
        let step = match live.enter(&self.engine, entry, message) {
            Ok(step) => self.accept(step),
            Err(outcome) => Step::ended(*outcome),
        };
        if let (StepState::Waiting { .. }, Some(live)) = (&step.state, &mut self.live) {
            live.clear_dead_stack();
        } else {
            self.usage = self.usage();
            self.live = None;
        }
        step
    }

    fn accept(&mut self, step: contract::Step) -> Step {
        self.outstanding
            .extend(step.calls.iter().map(|call| call.id));
        Step {
            calls: step.calls,
            console: step.console,
            console_dropped: step.console_dropped,
            emitted: step.emitted,
            warnings: step.warnings,
            state: match step.state {
                State::Waiting { wake_at_ms } => StepState::Waiting { wake_at_ms },
                State::Returned(value) => StepState::Ended(Outcome::Returned(value)),
                State::Threw(error) => StepState::Ended(Outcome::Threw(error)),
            },
        }
    }
}
