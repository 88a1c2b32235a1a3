//! Calls under way: which promise each settles.

use std::cell::RefCell;
use std::collections::BTreeMap;

use boa_engine::builtins::promise::ResolvingFunctions;

use super::outbox::Outbox;
use crate::contract::Position;

/// The calls the host has not settled yet, by id.
#[derive(Default)]
pub(crate) struct Pending {
    calls: RefCell<BTreeMap<u32, PendingCall>>,
}

/// One call under way.
pub(crate) struct PendingCall {
    /// Settles the promise the script holds.
    pub(crate) resolvers: ResolvingFunctions,
    /// How the script names it: `github.list_issues`.
    pub(crate) label: String,
    /// Server and tool, where it has them, as errors of the call name them.
    pub(crate) tool: (String, String),
    pub(crate) position: Option<Position>,
    /// Whether it was warned of.
    pub(crate) warned: bool,
}

impl Pending {
    /// Adds a call.
    pub(crate) fn insert(&self, id: u32, call: PendingCall) {
        self.calls.borrow_mut().insert(id, call);
    }

    /// Takes a call that settled; `None` for an id that is not under way.
    pub(crate) fn take(&self, id: u32) -> Option<PendingCall> {
        self.calls.borrow_mut().remove(&id)
    }

    /// Whether no call is under way.
    pub(crate) fn is_empty(&self) -> bool {
        self.calls.borrow().is_empty()
    }

    /// Warns, once each, of the calls still under way when the script has its value.
    pub(crate) fn warn_unfinished(&self, waits: bool, outbox: &Outbox) {
        let end = if waits {
            "the run waited for it"
        } else {
            "its result is not used"
        };
        for call in self.calls.borrow_mut().values_mut() {
            if !std::mem::replace(&mut call.warned, true) {
                let place = call
                    .position
                    .map_or_else(String::new, |at| format!(" (line {})", at.line));
                outbox.warn(format!(
                    "`{}`{place} was still under way when the script returned: {end}",
                    call.label
                ));
            }
        }
    }
}
