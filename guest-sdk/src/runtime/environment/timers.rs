//! Timers, in the order in which they are due.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, HashMap};

use boa_engine::object::builtins::JsFunction;
use boa_engine::{JsNativeError, JsResult, JsValue};

/// The longest delay a timer takes; longer ones are cut (24.8 days, as elsewhere).
const MAX_DELAY_MS: f64 = 2_147_483_647.0;

/// The waiting timers of a script.
#[derive(Default)]
pub(crate) struct Timers {
    waiting: RefCell<BTreeMap<Due, Timer>>,
    due_by_id: RefCell<HashMap<u32, Due>>,
    last_id: Cell<u32>,
    sequence: Cell<u64>,
    limit: Cell<u32>,
    /// The timer whose callback is running; 0 once it was cleared.
    firing: Cell<u32>,
}

/// A callback and when to call it.
pub(crate) struct Timer {
    pub(crate) id: u32,
    pub(crate) callback: JsFunction,
    pub(crate) arguments: Vec<JsValue>,
    /// Milliseconds between two calls, for an interval.
    pub(crate) every_ms: Option<f64>,
}

/// Orders timers by time, and equal times by creation.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Due {
    /// Microseconds since the start of the run: an integer, so that it orders.
    at_us: u64,
    sequence: u64,
}

impl Timers {
    /// Drops all timers and sets how many may wait at once.
    pub(crate) fn begin(&self, limit: u32) {
        self.clear_all();
        self.last_id.set(0);
        self.sequence.set(0);
        self.limit.set(limit);
    }

    /// Adds a timer that is due `delay_ms` from `now_ms` (both may be any
    /// number) and returns its id.
    pub(crate) fn add(
        &self,
        now_ms: f64,
        delay_ms: f64,
        repeat: bool,
        callback: JsFunction,
        arguments: Vec<JsValue>,
    ) -> JsResult<u32> {
        if self.waiting.borrow().len() >= self.limit.get() as usize {
            return Err(JsNativeError::range()
                .with_message(format!("more than {} timers are waiting", self.limit.get()))
                .into());
        }
        // As in browsers: at least one millisecond, and what is no number is that.
        let delay_ms = if delay_ms >= 1.0 {
            delay_ms.min(MAX_DELAY_MS)
        } else {
            1.0
        };
        let id = self.last_id.get() + 1;
        self.last_id.set(id);
        let timer = Timer {
            id,
            callback,
            arguments,
            every_ms: repeat.then_some(delay_ms),
        };
        self.insert(now_ms + delay_ms, timer);
        Ok(id)
    }

    /// Drops a timer; an unknown id is ignored.
    pub(crate) fn clear(&self, id: u32) {
        if self.firing.get() == id {
            self.firing.set(0);
        }
        if let Some(due) = self.due_by_id.borrow_mut().remove(&id) {
            self.waiting.borrow_mut().remove(&due);
        }
    }

    /// Drops all timers.
    pub(crate) fn clear_all(&self) {
        self.waiting.borrow_mut().clear();
        self.due_by_id.borrow_mut().clear();
    }

    /// When the next timer is due, in milliseconds since the start of the run.
    pub(crate) fn next_due_ms(&self) -> Option<f64> {
        let waiting = self.waiting.borrow();
        let (due, _) = waiting.first_key_value()?;
        Some(due.at_us as f64 / 1000.0)
    }

    /// Takes the next timer due at `now_ms`.
    pub(crate) fn take_due(&self, now_ms: f64) -> Option<Timer> {
        let mut waiting = self.waiting.borrow_mut();
        let first = waiting.first_entry()?;
        if first.key().at_us > micros(now_ms) {
            return None;
        }
        let timer = first.remove();
        self.due_by_id.borrow_mut().remove(&timer.id);
        self.firing.set(timer.id);
        Some(timer)
    }

    /// Whether the timer taken last was cleared by its own callback.
    pub(crate) fn was_cleared(&self, id: u32) -> bool {
        self.firing.get() != id
    }

    /// Puts an interval back after it was called, under the same id.
    pub(crate) fn again(&self, now_ms: f64, timer: Timer) {
        if let Some(every_ms) = timer.every_ms {
            self.insert(now_ms + every_ms, timer);
        }
    }

    fn insert(&self, at_ms: f64, timer: Timer) {
        let sequence = self.sequence.get() + 1;
        self.sequence.set(sequence);
        let due = Due {
            at_us: micros(at_ms),
            sequence,
        };
        self.due_by_id.borrow_mut().insert(timer.id, due);
        self.waiting.borrow_mut().insert(due, timer);
    }
}

fn micros(ms: f64) -> u64 {
    (ms * 1000.0).round() as u64
}
