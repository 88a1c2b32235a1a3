//! What is known of a run when it is over. Plain data; `render` makes text of it.

use std::fmt;
use std::time::Duration;

use retort_sandbox::Usage;
use retort_sandbox::contract::{ScriptError, Value};
use retort_tools::{Findings, Plan};

use super::ledger::Ledger;
use super::transcript::Transcript;
use crate::results::ResultId;

/// A run, from request to outcome.
#[derive(Debug, Clone)]
pub struct RunReport {
    /// How it ended.
    pub outcome: RunOutcome,
    /// What it said beside.
    pub transcript: Transcript,
    /// Its calls.
    pub ledger: Ledger,
    /// Servers it names that cannot be called.
    pub unavailable: Vec<Unavailable>,
    /// What its source says of mistakes.
    pub findings: Findings,
    /// Results that differ from what their tools always returned, one sentence each.
    pub surprises: Vec<String>,
    /// Where the results it had received are kept, if it failed with any.
    pub kept: Option<ResultId>,
    /// What the sandbox used.
    pub usage: Usage,
    /// Time from request to outcome.
    pub wall: Duration,
}

impl RunReport {
    /// The report of a run of which nothing else is known.
    pub(super) fn fault(reason: String, wall: Duration) -> Self {
        Self {
            outcome: RunOutcome::Fault(reason),
            transcript: Transcript::default(),
            ledger: Ledger::default(),
            unavailable: Vec::new(),
            findings: Findings::default(),
            surprises: Vec::new(),
            kept: None,
            usage: Usage::default(),
            wall,
        }
    }
}

/// A server that cannot be called, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unavailable {
    /// As configured.
    pub server: String,
    /// In one sentence.
    pub reason: String,
}

/// How a run ended. A script's failure is one of these and never an `Err`.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum RunOutcome {
    /// With a value.
    Returned(Value),
    /// With an error of the script.
    Threw(Box<ScriptError>),
    /// A limit stopped it.
    Exceeded(LimitReached),
    /// It was not to start: what it would do.
    Planned(Box<Plan>),
    /// It did not start: it is sure to fail, as [`RunReport::findings`] say.
    Refused,
    /// It did not start: servers it names were still starting.
    NotReady {
        /// Which, as configured.
        servers: Vec<String>,
    },
    /// It did not start: too many other runs.
    Busy {
        /// Runs at the same time.
        running: u32,
        /// Runs that wait.
        queued: u32,
    },
    /// The client withdrew the request.
    Cancelled,
    /// A bug of ours.
    Fault(String),
}

impl RunOutcome {
    /// Whether the request was fulfilled.
    pub fn is_success(&self) -> bool {
        matches!(self, Self::Returned(_) | Self::Planned(_))
    }
}

/// A limit that stopped a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LimitReached {
    /// Which.
    pub limit: StoppingLimit,
    /// What was allowed, in the unit of the limit.
    pub allowed: u64,
    /// What was used or asked for, in the same unit.
    pub used: u64,
}

/// Limits that stop a whole run. Others reject one call or cut a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum StoppingLimit {
    /// Bytes of memory.
    Memory,
    /// Milliseconds of processor time.
    Cpu,
    /// Bytes of stack.
    Stack,
    /// Milliseconds from request to answer.
    Wall,
}

impl LimitReached {
    /// What the author of the script can do.
    pub fn hint(&self) -> &'static str {
        match self.limit {
            StoppingLimit::Memory => {
                "hold less at once: ask for pages, keep only the fields you need, drop what is done"
            }
            StoppingLimit::Cpu => {
                "is there a loop that never ends? otherwise do the work in several scripts"
            }
            StoppingLimit::Stack => {
                "recursion without end? replace deep recursion by a loop, and deep nesting by steps"
            }
            StoppingLimit::Wall => {
                "make calls in parallel with `Promise.all`, or do the work in several scripts"
            }
        }
    }
}

impl fmt::Display for LimitReached {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            limit,
            allowed,
            used,
        } = *self;
        match limit {
            StoppingLimit::Memory => {
                write!(
                    f,
                    "memory limit reached: {} allowed, {} needed",
                    Bytes(allowed),
                    Bytes(used)
                )
            }
            StoppingLimit::Cpu => {
                write!(
                    f,
                    "engine time limit reached: {} allowed, {} used",
                    Millis(allowed),
                    Millis(used)
                )
            }
            StoppingLimit::Stack => write!(
                f,
                "stack limit reached: {} allowed, all used",
                Bytes(allowed)
            ),
            StoppingLimit::Wall => {
                write!(
                    f,
                    "time limit reached: {} allowed for a run, {} used",
                    Millis(allowed),
                    Millis(used)
                )
            }
        }
    }
}

/// A size for people: `512 bytes`, `4.2 KiB`, `256 MiB`.
pub(crate) struct Bytes(pub(crate) u64);

impl fmt::Display for Bytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (unit, divisor) = match self.0 {
            0..1024 => return write!(f, "{} bytes", self.0),
            1024..0x10_0000 => ("KiB", 1024.0),
            _ => ("MiB", 1_048_576.0),
        };
        let value = self.0 as f64 / divisor;
        let decimals = usize::from(value.fract() != 0.0);
        write!(f, "{value:.decimals$} {unit}")
    }
}

/// A time for people: `35 ms`, `1.2 s`.
pub(crate) struct Millis(pub(crate) u64);

impl fmt::Display for Millis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            0..1000 => write!(f, "{} ms", self.0),
            millis if millis.is_multiple_of(1000) => write!(f, "{} s", millis / 1000),
            millis => write!(f, "{:.1} s", millis as f64 / 1000.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(limit: StoppingLimit, allowed: u64, used: u64) -> String {
        LimitReached {
            limit,
            allowed,
            used,
        }
        .to_string()
    }

    #[test]
    fn every_limit_names_itself_and_the_numbers() {
        insta::assert_snapshot!(check(StoppingLimit::Memory, 256 << 20, (256 << 20) + (1 << 19)), @"memory limit reached: 256 MiB allowed, 256.5 MiB needed");
        insta::assert_snapshot!(check(StoppingLimit::Cpu, 10_000, 10_013), @"engine time limit reached: 10 s allowed, 10.0 s used");
        insta::assert_snapshot!(check(StoppingLimit::Stack, 16 << 20, 16 << 20), @"stack limit reached: 16 MiB allowed, all used");
        insta::assert_snapshot!(check(StoppingLimit::Wall, 800, 812), @"time limit reached: 800 ms allowed for a run, 812 ms used");
    }
}
