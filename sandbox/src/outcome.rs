//! What a step gives back, and the ways a script can end.

use retort_guest::contract::{AbortKind, Call, ConsoleLine, ErrorKind, ScriptError, Value};
use wasmtime::Trap;

use crate::compile::STACK_BYTES;
use crate::imports::GuestExit;
use crate::limits::Stop;

/// What the guest did until nothing was left to do without the host.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// Calls to make, in the order the script made them.
    pub calls: Vec<Call>,
    /// Console lines of this step.
    pub console: Vec<ConsoleLine>,
    /// Console lines dropped in this step because the limit was reached.
    pub console_dropped: u32,
    /// JSON text of the content blocks given to `emit`.
    pub emitted: Vec<String>,
    /// Things that went wrong beside the result, each one sentence.
    pub warnings: Vec<String>,
    /// Whether the script goes on.
    pub state: StepState,
}

impl Step {
    /// A step in which nothing happened but the end.
    pub(crate) fn ended(outcome: Outcome) -> Self {
        Self {
            calls: Vec::new(),
            console: Vec::new(),
            console_dropped: 0,
            emitted: Vec::new(),
            warnings: Vec::new(),
            state: StepState::Ended(outcome),
        }
    }
}

/// Whether a script goes on after a step.
#[derive(Debug, Clone, PartialEq)]
pub enum StepState {
    /// It waits for calls, for a timer, or both.
    Waiting {
        /// `Now::elapsed_ms` at which the next timer is due.
        wake_at_ms: Option<f64>,
    },
    /// It is over; the instance is already free.
    Ended(Outcome),
}

/// How a script ended. All of these are results; what is *our* fault is
/// [`Outcome::Fault`] or an error of the call that ran it.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Outcome {
    /// With a value.
    Returned(Value),
    /// With an error of the script.
    Threw(ScriptError),
    /// A limit of the sandbox was reached and the instance is gone.
    Exceeded(Exceeded),
    /// Somebody called [`crate::Cancel::cancel`].
    Cancelled,
    /// The runtime inside the sandbox failed: a bug of ours, with its message.
    Fault(String),
}

/// A limit that was reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exceeded {
    /// Which.
    pub limit: Limit,
    /// What was allowed, in the unit of the limit.
    pub allowed: u64,
    /// What was used or asked for, in the same unit.
    pub used: u64,
}

/// Limits the sandbox itself enforces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Limit {
    /// Bytes of linear memory.
    Memory,
    /// Milliseconds of the guest's own CPU time.
    Cpu,
    /// Bytes of stack.
    Stack,
}

impl Limit {
    /// The limit's name in messages.
    pub fn name(self) -> &'static str {
        match self {
            Self::Memory => "memory",
            Self::Cpu => "engine time",
            Self::Stack => "stack",
        }
    }
}

impl Outcome {
    /// Reads the reason of a trap from its typed sources.
    pub(crate) fn of_trap(error: &wasmtime::Error) -> Self {
        if let Some(stop) = error.downcast_ref::<Stop>() {
            return match stop {
                Stop::Exceeded(exceeded) => Self::Exceeded(*exceeded),
                Stop::Cancelled => Self::Cancelled,
            };
        }
        match error.downcast_ref::<GuestExit>() {
            Some(GuestExit::Abort {
                kind: AbortKind::OutOfMemory,
                ..
            }) => return Self::Fault("an allocation failed below the memory limit".to_owned()),
            Some(GuestExit::Abort {
                kind: AbortKind::Stack,
                ..
            }) => return Self::Threw(runaway()),
            Some(exit) => return Self::Fault(exit.to_string()),
            None => {}
        }
        match error.downcast_ref::<Trap>() {
            // The shadow stack lies first in memory: below it is out of bounds.
            Some(Trap::StackOverflow | Trap::MemoryOutOfBounds) => Self::Exceeded(Exceeded {
                limit: Limit::Stack,
                allowed: u64::from(STACK_BYTES),
                used: u64::from(STACK_BYTES),
            }),
            _ => Self::Fault(error.to_string()),
        }
    }
}

/// The error for a recursion without end at which the engine panicked.
fn runaway() -> ScriptError {
    ScriptError {
        kind: ErrorKind::Stack,
        name: "RangeError".to_owned(),
        message: "calls are nested too deep, in an async generator".to_owned(),
        position: None,
        source_line: None,
        hint: Some("check that the recursion ends, or use a loop".to_owned()),
        call: None,
    }
}
