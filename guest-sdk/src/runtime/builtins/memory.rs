//! When to collect garbage.
//!
//! The engine counts only the boxes of its objects, so large arrays, strings and
//! property tables pile up unseen. Here the allocator's own count decides: at
//! safe points, in natives that allocate, garbage is collected once memory in
//! use has grown by a quarter since the last time. A collection is sound in the
//! middle of a script: whatever the machine or a native holds is a root, because
//! roots are found by counting references.

#[cfg(test)]
mod tests;

use std::{
    cell::Cell,
    rc::Rc,
    sync::atomic::{AtomicUsize, Ordering},
};

use boa_engine::Context;

use super::{regexp, text};

/// Growth below which no collection is worth its while.
const LEAST_GROWTH: usize = 4 << 20;

/// Growth after which garbage may be what stands between a script and its limit.
const MOST_GROWTH: usize = 24 << 20;

/// Bytes that the allocator has handed out and not taken back. Stays zero where
/// the allocator is not ours, and nothing is collected but by the engine.
static IN_USE: AtomicUsize = AtomicUsize::new(0);

thread_local! {
    /// Bytes in use at which the next collection is due.
    static DUE: Cell<usize> = const { Cell::new(LEAST_GROWTH) };
}

#[cfg(any(test, target_family = "wasm"))]
/// Counts an allocation; called by the allocator.
pub(crate) fn allocated(bytes: usize) {
    IN_USE.fetch_add(bytes, Ordering::Relaxed);
}

#[cfg(any(test, target_family = "wasm"))]
/// Counts a release; called by the allocator.
pub(crate) fn released(bytes: usize) {
    IN_USE.fetch_sub(bytes, Ordering::Relaxed);
}

/// Collects garbage if memory in use has grown enough since the last time.
pub(crate) fn safe_point(context: &Context) {
    let in_use = IN_USE.load(Ordering::Relaxed);
    if in_use < DUE.get() {
        return;
    }
    if let Some(slices) = context.get_data::<Rc<text::Slices>>() {
        slices.clear();
    }
    if let Some(subjects) = context.get_data::<Rc<regexp::Subjects>>() {
        subjects.clear();
    }
    boa_gc::force_collect();
    DUE.set(due_after(IN_USE.load(Ordering::Relaxed)));
}

fn due_after(in_use: usize) -> usize {
    in_use + (in_use / 4).clamp(LEAST_GROWTH, MOST_GROWTH)
}
