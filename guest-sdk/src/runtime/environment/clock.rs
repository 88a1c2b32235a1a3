//! The clock of a script, which moves only between steps.

use std::cell::Cell;

use boa_engine::context::time::{Clock, JsInstant};

use crate::contract::Now;

/// Stands still until it is [set](Self::set).
pub(crate) struct StepClock {
    now: Cell<Now>,
}

impl StepClock {
    /// A clock at the Unix epoch, before any script.
    pub(crate) fn new() -> Self {
        let now = Now {
            unix_ms: 0.0,
            elapsed_ms: 0.0,
        };
        Self {
            now: Cell::new(now),
        }
    }

    /// Moves the clock at the beginning of a step.
    pub(crate) fn set(&self, now: Now) {
        self.now.set(now);
    }

    /// The time of this step.
    pub(crate) fn read(&self) -> Now {
        self.now.get()
    }
}

impl Clock for StepClock {
    fn now(&self) -> JsInstant {
        let elapsed_ms = self.now.get().elapsed_ms.max(0.0);
        let nanos = ((elapsed_ms % 1000.0) * 1e6) as u32;
        JsInstant::new((elapsed_ms / 1000.0) as u64, nanos.min(999_999_999))
    }

    fn system_time_millis(&self) -> i64 {
        self.now.get().unix_ms as i64
    }
}
