//! What the server remembers between calls, so that tests can ask it.

use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use serde_json::{Value, json};

/// Events kept; older ones are dropped.
const JOURNAL: usize = 1000;

/// Shared by all calls of one process.
#[derive(Debug, Default)]
pub(crate) struct State {
    counter: AtomicI64,
    in_flight: AtomicUsize,
    peak: AtomicUsize,
    grown: AtomicUsize,
    journal: Mutex<Vec<Value>>,
}

impl State {
    /// Counts a call in; dropping the guard counts it out.
    pub(crate) fn enter(&self) -> InFlight<'_> {
        let now = self.in_flight.fetch_add(1, Ordering::SeqCst) + 1;
        self.peak.fetch_max(now, Ordering::SeqCst);
        InFlight { state: self }
    }

    /// The next number.
    pub(crate) fn count(&self) -> i64 {
        self.counter.fetch_add(1, Ordering::SeqCst) + 1
    }

    /// The most calls ever in flight together; asking resets it.
    pub(crate) fn take_peak(&self) -> usize {
        self.peak.swap(0, Ordering::SeqCst)
    }

    /// Tools added by `grow`.
    pub(crate) fn grown(&self) -> usize {
        self.grown.load(Ordering::SeqCst)
    }

    /// Adds a tool.
    pub(crate) fn grow(&self) -> usize {
        self.grown.fetch_add(1, Ordering::SeqCst) + 1
    }

    /// Writes an event down.
    pub(crate) fn note(&self, event: &str, what: &Value) {
        let mut journal = self.journal.lock().unwrap_or_else(PoisonError::into_inner);
        if journal.len() >= JOURNAL {
            journal.remove(0);
        }
        journal.push(json!({ "event": event, "what": what }));
    }

    /// All events so far.
    pub(crate) fn journal(&self) -> Vec<Value> {
        self.journal
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

/// A call being worked on.
pub(crate) struct InFlight<'a> {
    state: &'a State,
}

impl Drop for InFlight<'_> {
    fn drop(&mut self) {
        self.state.in_flight.fetch_sub(1, Ordering::SeqCst);
    }
}
