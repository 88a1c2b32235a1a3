//! Runs one script as a deterministic state machine inside wasmtime.
//!
//! An [`Execution`] is started with a [`Script`], answers with a [`Step`], and
//! is resumed with the results of the calls the step asked for. Between two
//! steps nothing of it is on a native stack, so a [`Snapshot`] of its memory is
//! the whole of it.
//!
//! This crate is the only one with wasmtime. It must not know MCP, tools,
//! networks or tokio. Start at [`execution`].

pub mod engine;
pub mod execution;
pub mod instance;
pub mod limits;
pub mod outcome;
pub mod snapshot;

mod artifact;
mod compile;
mod imports;
mod platform;
mod ticker;

pub use engine::{Engine, EngineError, EngineOptions};
pub use execution::{Execution, Script};
pub use instance::{Inspected, Instance};
pub use limits::{Cancel, Limits, Usage};
pub use outcome::{Exceeded, Limit, Outcome, Step, StepState};
pub use retort_guest::contract;
pub use snapshot::{Snapshot, SnapshotError};
