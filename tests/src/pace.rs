//! How quick the machine is at this moment, as far as a script can tell.
//!
//! Times in the tests are those of a machine on which [`Pace::measure`]'s script
//! takes `NOMINAL`; on one that is slower, or busy, they are that much longer.

use std::time::Duration;

use crate::client::{Client, PATIENCE};

/// What the script takes on an idle machine of the kind the times were written on.
const NOMINAL: Duration = Duration::from_millis(170);

/// Work in the sandbox and nothing else.
const SCRIPT: &str = "let x = 0; for (let i = 0; i < 2_000_000; i++) x += i; return x";

/// How many times longer than written things take; never less than once.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pace(f64);

impl Pace {
    /// Runs a script of known cost a few times; the longest counts, as other
    /// work comes and goes.
    pub fn measure(client: &Client) -> Self {
        let took = (0..3).map(|_| client.script(SCRIPT).tool_result(PATIENCE).took);
        let longest = took.max().unwrap_or(NOMINAL);
        Self((longest.as_secs_f64() / NOMINAL.as_secs_f64()).max(1.0))
    }

    /// The slower of two.
    #[must_use]
    pub fn slower(self, other: Self) -> Self {
        Self(self.0.max(other.0))
    }

    /// A time at this pace.
    pub fn of(self, time: Duration) -> Duration {
        time.mul_f64(self.0)
    }

    /// How many times longer things take.
    pub fn factor(self) -> f64 {
        self.0
    }
}
