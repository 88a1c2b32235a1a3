//! How much is done for a script at most.
//!
//! Whoever writes a script may make it hard to follow. Everything whose amount
//! grows faster than the source is paid for here before it is done, so that time
//! and memory are bounded however the script is made.

use std::cell::Cell;

use oxc::semantic::NodeId;

use super::Inspector;

/// What may be spent on one script: a step through a list costs one.
pub(super) const MAX_WORK: usize = 2_000_000;
/// What a look at a place costs, with the search or walk it belongs to.
pub(super) const VISIT: usize = 10;
/// Nodes around another that are looked at for one.
const CLIMBED: usize = 4;

/// What was spent on a script so far.
#[derive(Default)]
pub(super) struct Work {
    spent: Cell<usize>,
}

impl Work {
    /// Whether there is enough left for so many steps, which are spent.
    pub(super) fn spend(&self, steps: usize) -> bool {
        let spent = self.spent.get().saturating_add(steps);
        self.spent.set(spent);
        spent <= MAX_WORK
    }

    /// Whether more was asked for than there was: then nothing is sure.
    pub(super) fn is_over(&self) -> bool {
        self.spent.get() > MAX_WORK
    }

    /// Nothing more is done.
    pub(super) fn stop(&self) {
        self.spend(MAX_WORK + 1);
    }
}

impl Inspector<'_, '_> {
    /// Pays for a look at everything around a node, if there is enough left.
    pub(super) fn climbs(&self, node: NodeId) -> bool {
        self.work.spend(self.index.depth(node) / CLIMBED)
    }
}

#[cfg(test)]
thread_local! {
    /// What was spent on the last script of this thread.
    pub(super) static LAST: Cell<usize> = const { Cell::new(0) };
}

#[cfg(test)]
impl Drop for Work {
    fn drop(&mut self) {
        LAST.set(self.spent.get());
    }
}
