//! One script: started, resumed with events, ended.

use retort_guest::contract::{self, AbortKind, Now, Resume, Settled, Start, State};
use wasmtime::Trap;

use crate::compile::STACK_BYTES;
use crate::engine::{Engine, EngineError};
use crate::imports::GuestExit;
use crate::instance::{Entry, Instance, Live};
use crate::limits::{Cancel, Limits, Stop, Usage};
use crate::outcome::{Exceeded, Limit, Outcome, Step, StepState};

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
        let message = contract::encode(&Start {
            version: contract::VERSION,
            source: script.source,
            seed: script.seed,
            now: script.now,
            api: script.api,
            limits: instance.limits.guest.clone(),
            time_zone: script.time_zone,
        });
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
        let running = self.engine.shared.ticker.running();
        live.store.data_mut().begin_step();
        let answer = live.call(entry, message);
        live.store.data_mut().end_step();
        drop(running);
        let step = match answer {
            Ok(step) => self.accept(step),
            Err(error) => Step::ended(outcome_of(&error)),
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

/// Reads the reason of a trap from its typed sources.
fn outcome_of(error: &wasmtime::Error) -> Outcome {
    if let Some(stop) = error.downcast_ref::<Stop>() {
        return match stop {
            Stop::Exceeded(exceeded) => Outcome::Exceeded(*exceeded),
            Stop::Cancelled => Outcome::Cancelled,
        };
    }
    match error.downcast_ref::<GuestExit>() {
        Some(GuestExit::Abort {
            kind: AbortKind::OutOfMemory,
            ..
        }) => return Outcome::Fault("an allocation failed below the memory limit".to_owned()),
        Some(exit) => return Outcome::Fault(exit.to_string()),
        None => {}
    }
    match error.downcast_ref::<Trap>() {
        // The shadow stack lies first in memory: below it is out of bounds.
        Some(Trap::StackOverflow | Trap::MemoryOutOfBounds) => Outcome::Exceeded(Exceeded {
            limit: Limit::Stack,
            allowed: u64::from(STACK_BYTES),
            used: u64::from(STACK_BYTES),
        }),
        _ => Outcome::Fault(error.to_string()),
    }
}
