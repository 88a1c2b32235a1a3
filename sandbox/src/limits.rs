//! What one execution may use, how that is measured, and how it is stopped.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use retort_guest::contract::GuestLimits;
use serde::{Deserialize, Serialize};
use wasmtime::{ResourceLimiter, UpdateDeadline};

use crate::outcome::{Exceeded, Limit};
use crate::platform;

/// What one execution may use over its whole life, restored or not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Bytes of linear memory, the 16 MiB of stack included.
    pub memory_bytes: u64,
    /// The guest's own CPU time, waits not counted.
    pub cpu: Duration,
    /// What the guest counts itself.
    pub guest: GuestLimits,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            memory_bytes: 256 << 20,
            cpu: Duration::from_secs(10),
            guest: GuestLimits::default(),
        }
    }
}

/// What an execution has used so far.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Usage {
    /// CPU time inside the guest.
    pub cpu: Duration,
    /// Linear memory in bytes. It never shrinks.
    pub memory_bytes: u64,
}

/// Stops an execution from another thread, within a few milliseconds.
#[derive(Debug, Clone, Default)]
pub struct Cancel(Arc<AtomicBool>);

impl Cancel {
    /// Ends the execution at its next safe point. Cannot be undone.
    pub fn cancel(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether [`Self::cancel`] was called.
    pub fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// Why the guest was stopped from outside: a typed reason that travels through
/// wasmtime as the trap's error.
#[derive(Debug, Clone, thiserror::Error)]
pub(crate) enum Stop {
    #[error("limit reached: {}", .0.limit.name())]
    Exceeded(Exceeded),
    #[error("cancelled")]
    Cancelled,
}

/// The host's side of one instance: what wasmtime calls back into.
#[derive(Debug)]
pub(crate) struct Meter {
    memory_allowed: u64,
    memory_used: u64,
    cpu_allowed: Duration,
    /// CPU time of steps that are over.
    cpu_before: Duration,
    /// Thread CPU time at which the current step began.
    step_began: Option<Duration>,
    cancel: Cancel,
}

impl Meter {
    pub(crate) fn new(limits: &Limits, used: Usage, cancel: &Cancel) -> Self {
        Self {
            memory_allowed: limits.memory_bytes,
            memory_used: used.memory_bytes,
            cpu_allowed: limits.cpu,
            cpu_before: used.cpu,
            step_began: None,
            cancel: cancel.clone(),
        }
    }

    /// The current thread starts to run the guest.
    pub(crate) fn begin_step(&mut self) {
        self.step_began = Some(platform::thread_cpu_time());
    }

    /// The guest is back.
    pub(crate) fn end_step(&mut self) {
        self.cpu_before = self.cpu();
        self.step_began = None;
    }

    pub(crate) fn usage(&self) -> Usage {
        Usage {
            cpu: self.cpu(),
            memory_bytes: self.memory_used,
        }
    }

    fn cpu(&self) -> Duration {
        let step = self.step_began.map_or(Duration::ZERO, |began| {
            platform::thread_cpu_time().saturating_sub(began)
        });
        // A snapshot may come from anywhere and claim any time.
        self.cpu_before.saturating_add(step)
    }

    /// Decides at an epoch whether the guest may go on.
    pub(crate) fn on_epoch(&self) -> wasmtime::Result<UpdateDeadline> {
        if self.cancel.is_cancelled() {
            return Err(wasmtime::Error::new(Stop::Cancelled));
        }
        let used = self.cpu();
        if used >= self.cpu_allowed {
            return Err(wasmtime::Error::new(Stop::Exceeded(Exceeded {
                limit: Limit::Cpu,
                allowed: self.cpu_allowed.as_millis() as u64,
                used: used.as_millis() as u64,
            })));
        }
        Ok(UpdateDeadline::Continue(1))
    }
}

impl ResourceLimiter for Meter {
    fn memory_growing(
        &mut self,
        _current: usize,
        desired: usize,
        _maximum: Option<usize>,
    ) -> wasmtime::Result<bool> {
        let desired = desired as u64;
        if desired > self.memory_allowed {
            return Err(wasmtime::Error::new(Stop::Exceeded(Exceeded {
                limit: Limit::Memory,
                allowed: self.memory_allowed,
                used: desired,
            })));
        }
        self.memory_used = self.memory_used.max(desired);
        Ok(true)
    }

    fn table_growing(
        &mut self,
        current: usize,
        desired: usize,
        _maximum: Option<usize>,
    ) -> wasmtime::Result<bool> {
        // The guest's table is fixed; only instantiation sets its size.
        Ok(current == 0 || desired == current)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_claimed_by_a_snapshot_is_over_the_limit_and_no_overflow() {
        let claimed = Usage {
            cpu: Duration::MAX,
            memory_bytes: 0,
        };
        let mut meter = Meter::new(&Limits::default(), claimed, &Cancel::default());
        meter.begin_step();
        while platform::thread_cpu_time() == meter.step_began.unwrap() {}
        assert!(meter.on_epoch().is_err());
        meter.end_step();
        assert_eq!(meter.usage().cpu, Duration::MAX);
    }
}
