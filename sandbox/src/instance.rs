//! One instance of the guest: what wasmtime holds of it, and the calls into it.

use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use retort_guest::contract::{self, Inspection, ScriptError};
use serde::de::DeserializeOwned;
use wasmtime::{Global, Memory, Store, TypedFunc, Val};

use crate::compile::{LARGEST_FRAME_BYTES, STACK_BYTES};
use crate::engine::{Engine, EngineError};
use crate::execution::{Execution, Script};
use crate::limits::{Cancel, Limits, Meter, Usage};
use crate::outcome::{Outcome, Step};

/// The step in which the dead stack is looked at.
const STACK_PAGE_BYTES: usize = 4096;
/// So many zeros in a row are taken for the end of what was written: several
/// frames of the largest size, of which none wrote anything.
const UNTOUCHED_BYTES: usize = 4 * LARGEST_FRAME_BYTES as usize;

/// A fresh instance, which has not been given a script yet.
#[derive(Debug)]
pub struct Instance {
    pub(crate) engine: Engine,
    pub(crate) limits: Limits,
    pub(crate) live: Live,
}

impl Instance {
    /// Takes an instance from the engine's pool.
    ///
    /// # Errors
    /// [`EngineError::Instantiate`].
    pub fn new(engine: &Engine, limits: &Limits, cancel: &Cancel) -> Result<Self, EngineError> {
        Ok(Self {
            engine: engine.clone(),
            limits: limits.clone(),
            live: Live::new(engine, Meter::new(limits, Usage::default(), cancel))?,
        })
    }

    /// Reads a script without running it, for as long as [`Limits::cpu`] at
    /// most. A [`start`](Self::start) with the same script goes on from there.
    pub fn inspect(mut self, script: &Script<'_>) -> Inspected {
        let message = script.message(&self.limits);
        let answer = self.live.enter::<Result<Inspection, ScriptError>>(
            &self.engine,
            Entry::Inspect,
            &message,
        );
        let outcome = match answer {
            Ok(Ok(inspection)) => {
                return Inspected::Read {
                    instance: self,
                    inspection,
                };
            }
            Ok(Err(error)) => Outcome::Threw(error),
            Err(outcome) => *outcome,
        };
        Inspected::Ended {
            outcome,
            usage: self.usage(),
        }
    }

    /// What it has used so far.
    pub fn usage(&self) -> Usage {
        self.live.store.data().usage()
    }

    /// Starts a script and runs its first step. Whatever the script does is in
    /// the step.
    pub fn start(self, script: &Script<'_>) -> (Execution, Step) {
        Execution::in_instance(self, script)
    }
}

/// What came of reading a script.
#[derive(Debug)]
pub enum Inspected {
    /// It can be started.
    Read {
        /// To start it in.
        instance: Instance,
        /// What its source says.
        inspection: Inspection,
    },
    /// It is no script, or reading it reached a limit.
    Ended {
        /// How starting it would end as well.
        outcome: Outcome,
        /// What reading it has used.
        usage: Usage,
    },
}

/// The store and what is called in it.
pub(crate) struct Live {
    pub(crate) store: Store<Meter>,
    pub(crate) memory: Memory,
    pub(crate) stack_pointer: Global,
    alloc: TypedFunc<u32, u32>,
    inspect: TypedFunc<(u32, u32), u64>,
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
pub(crate) enum Entry {
    Inspect,
    Start,
    Resume,
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
        let instance = complete(shared.guest.instantiate_async(&mut store))?;
        let missing = |what: &str| wasmtime::Error::msg(format!("the guest exports no `{what}`"));
        Ok(Self {
            memory: instance
                .get_memory(&mut store, "memory")
                .ok_or_else(|| missing("memory"))?,
            stack_pointer: instance
                .get_global(&mut store, "__stack_pointer")
                .ok_or_else(|| missing("__stack_pointer"))?,
            alloc: instance.get_typed_func(&mut store, "retort_alloc")?,
            inspect: instance.get_typed_func(&mut store, "retort_inspect")?,
            start: instance.get_typed_func(&mut store, "retort_start")?,
            resume: instance.get_typed_func(&mut store, "retort_resume")?,
            store,
        })
    }

    /// Runs the guest until it answers a message, on its meter.
    ///
    /// # Errors
    /// What ended it; the instance is of no further use.
    pub(crate) fn enter<T: DeserializeOwned>(
        &mut self,
        engine: &Engine,
        entry: Entry,
        message: &[u8],
    ) -> Result<T, Box<Outcome>> {
        let running = engine.shared.ticker.running();
        self.store.data_mut().begin_step();
        let answer = self.call(entry, message);
        self.store.data_mut().end_step();
        drop(running);
        answer.map_err(|error| Box::new(Outcome::of_trap(&error)))
    }

    /// Hands a message in, and takes the answer out.
    fn call<T: DeserializeOwned>(&mut self, entry: Entry, message: &[u8]) -> wasmtime::Result<T> {
        let len = u32::try_from(message.len())?;
        let pointer = complete(self.alloc.call_async(&mut self.store, len))?;
        self.memory
            .write(&mut self.store, pointer as usize, message)?;
        let function = match entry {
            Entry::Inspect => &self.inspect,
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
    pub(crate) fn clear_dead_stack(&mut self) {
        let top = self.stack_pointer() as usize;
        let Some(stack) = self.memory.data_mut(&mut self.store).get_mut(..top) else {
            return;
        };
        let mut clean = 0;
        for page in stack.rchunks_mut(STACK_PAGE_BYTES) {
            if page.iter().all(|byte| *byte == 0) {
                clean += page.len();
                if clean >= UNTOUCHED_BYTES {
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
