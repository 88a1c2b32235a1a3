//! One script: started, resumed with events, ended.

use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use retort_guest::contract::{self, AbortKind, Now, Resume, Settled, Start, State};
use wasmtime::{Global, Instance, Memory, Store, Trap, TypedFunc, Val};

use crate::compile::STACK_BYTES;
use crate::engine::{Engine, EngineError};
use crate::imports::GuestExit;
use crate::limits::{Cancel, Limits, Meter, Stop, Usage};
use crate::outcome::{Exceeded, Limit, Outcome, Step, StepState};

/// The step in which the dead stack is looked at.
const STACK_PAGE_BYTES: usize = 4096;
/// Taken as more than any frame of the guest, so that nothing was written below
/// this many zeros. Not checked at build; the snapshot property test would show it.
const LARGEST_FRAME_BYTES: usize = 256 << 10;

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

/// The instance and what is called in it.
pub(crate) struct Live {
    pub(crate) store: Store<Meter>,
    pub(crate) memory: Memory,
    pub(crate) stack_pointer: Global,
    alloc: TypedFunc<u32, u32>,
    start: TypedFunc<(u32, u32), u64>,
    resume: TypedFunc<(u32, u32), u64>,
}

impl std::fmt::Debug for Live {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Live").finish_non_exhaustive()
    }
}

/// Which entry of the guest a message is for.
#[derive(Clone, Copy)]
enum Entry {
    Start,
    Resume,
}

impl Execution {
    /// Starts a script and runs its first step.
    ///
    /// # Errors
    /// [`EngineError::Instantiate`]. Whatever the script does is in the step.
    pub fn start(
        engine: &Engine,
        script: &Script<'_>,
        limits: &Limits,
        cancel: &Cancel,
    ) -> Result<(Self, Step), EngineError> {
        let live = Live::new(engine, Meter::new(limits, Usage::default(), cancel))?;
        let mut execution = Self {
            engine: engine.clone(),
            limits: limits.clone(),
            live: Some(live),
            outstanding: Vec::new(),
            usage: Usage::default(),
        };
        let message = contract::encode(&Start {
            version: contract::VERSION,
            source: script.source,
            seed: script.seed,
            now: script.now,
            api: script.api,
            limits: limits.guest.clone(),
            time_zone: script.time_zone,
        });
        let step = execution.step(Entry::Start, &message);
        Ok((execution, step))
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

impl Live {
    /// A fresh instance of the guest.
    pub(crate) fn new(engine: &Engine, meter: Meter) -> Result<Self, EngineError> {
        Self::instantiate(engine, meter).map_err(|error| EngineError::Instantiate(error.into()))
    }

    fn instantiate(engine: &Engine, meter: Meter) -> wasmtime::Result<Self> {
        let shared = &engine.shared;
        let mut store = Store::new(&shared.engine, meter);
        store.limiter(|meter| meter);
        store.set_epoch_deadline(1);
        store.epoch_deadline_callback(|store| store.data().on_epoch());
        let instance: Instance = complete(shared.guest.instantiate_async(&mut store))?;
        let missing = |what: &str| wasmtime::Error::msg(format!("the guest exports no `{what}`"));
        Ok(Self {
            memory: instance
                .get_memory(&mut store, "memory")
                .ok_or_else(|| missing("memory"))?,
            stack_pointer: instance
                .get_global(&mut store, "__stack_pointer")
                .ok_or_else(|| missing("__stack_pointer"))?,
            alloc: instance.get_typed_func(&mut store, "retort_alloc")?,
            start: instance.get_typed_func(&mut store, "retort_start")?,
            resume: instance.get_typed_func(&mut store, "retort_resume")?,
            store,
        })
    }

    /// Hands a message in, and takes the answer out.
    fn call(&mut self, entry: Entry, message: &[u8]) -> wasmtime::Result<contract::Step> {
        let len = u32::try_from(message.len())?;
        let pointer = complete(self.alloc.call_async(&mut self.store, len))?;
        self.memory
            .write(&mut self.store, pointer as usize, message)?;
        let function = match entry {
            Entry::Start => &self.start,
            Entry::Resume => &self.resume,
        };
        let answer = complete(function.call_async(&mut self.store, (pointer, len)))?;
        let (at, len) = ((answer >> 32) as usize, (answer & 0xffff_ffff) as usize);
        let bytes = at
            .checked_add(len)
            .and_then(|end| self.memory.data(&self.store).get(at..end))
            .ok_or_else(|| wasmtime::Error::msg("the guest's answer lies outside its memory"))?;
        Ok(contract::decode(bytes)?)
    }

    /// Zeros what returned functions left on the shadow stack.
    ///
    /// Compiled code copies padding bytes, and a restored execution has an
    /// empty stack: without this, memory would depend on where it was frozen.
    fn clear_dead_stack(&mut self) {
        let top = self.stack_pointer() as usize;
        let Some(stack) = self.memory.data_mut(&mut self.store).get_mut(..top) else {
            return;
        };
        let mut clean = 0;
        for page in stack.rchunks_mut(STACK_PAGE_BYTES) {
            if page.iter().all(|byte| *byte == 0) {
                clean += page.len();
                if clean >= LARGEST_FRAME_BYTES {
                    return;
                }
            } else {
                page.fill(0);
                clean = 0;
            }
        }
    }

    /// Where the guest's stack stands now.
    pub(crate) fn stack_pointer(&mut self) -> u32 {
        match self.stack_pointer.get(&mut self.store) {
            Val::I32(pointer) => pointer as u32,
            _ => STACK_BYTES,
        }
    }
}

/// Drives a call to its end.
///
/// Guests run on stacks of their own, which wasmtime offers to asynchronous
/// calls only; they never yield, so one poll is all there is.
pub(crate) fn complete<T>(call: impl Future<Output = wasmtime::Result<T>>) -> wasmtime::Result<T> {
    match pin!(call).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(result) => result,
        Poll::Pending => Err(wasmtime::Error::msg("the guest yielded")),
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
