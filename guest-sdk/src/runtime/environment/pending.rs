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
    /// What was passed without a value, for the case that it is refused.
    pub(crate) remark: Option<String>,
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
        let mut counted: Vec<((String, Option<u32>), u32)> = Vec::new();
        for call in self.calls.borrow_mut().values_mut() {
            if std::mem::replace(&mut call.warned, true) {
                continue;
            }
            let place = (call.label.clone(), call.position.map(|at| at.line));
            match counted.iter_mut().find(|(known, _)| *known == place) {
                Some((_, count)) => *count += 1,
                None => counted.push((place, 1)),
            }
        }
        for ((label, line), count) in counted {
            let line = line.map_or_else(String::new, |line| format!(" (line {line})"));
            let end = match (waits, count) {
                (true, 1) => "the run waited for it",
                (true, _) => "the run waited for them",
                (false, 1) => "its result is not used",
                (false, _) => "their results are not used",
            };
            outbox.warn(if count == 1 {
                format!("`{label}`{line} was still under way when the script returned: {end}")
            } else {
                format!(
                    "{count} calls of `{label}`{line} were still under way when the script \
                     returned: {end}"
                )
            });
        }
    }
}
