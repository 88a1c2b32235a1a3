//! Values kept for later scripts, under short ids (`r1`, `r2`, …).
//!
//! Owns what an answer had to cut and what a failed run had already received.
//! Knows nothing of runs or of rendering: it keeps JSON text and forgets the
//! oldest. Start at [`ResultStore`].

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

/// How much a [`ResultStore`] keeps; all three hold at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StoreLimits {
    /// Values kept.
    pub values: usize,
    /// Bytes of JSON text over all values.
    pub bytes: usize,
    /// Bytes of one value. What is larger is not kept at all, because no
    /// script could load it.
    pub value_bytes: usize,
}

impl Default for StoreLimits {
    fn default() -> Self {
        Self {
            values: 64,
            bytes: 16 << 20,
            value_bytes: 8 << 20,
        }
    }
}

/// Name of a kept value, unique in its store and never given twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ResultId(u64);

impl ResultId {
    /// The id that `text` spells (`r12`), if it spells one.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('r')?;
        if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        digits.parse().ok().map(Self)
    }
}

impl fmt::Display for ResultId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "r{}", self.0)
    }
}

/// Why a value is not there.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ResultError {
    /// Nothing that could be an id.
    #[error("`{0}` is no result id; ids look like `r1`")]
    Malformed(String),
    /// No value was ever kept under this id.
    #[error("there is no result `{id}`; {kept}")]
    Unknown {
        /// As asked for.
        id: ResultId,
        /// What there is.
        kept: Kept,
    },
    /// Newer values took its place.
    #[error("result `{id}` is no longer kept; {kept}")]
    Forgotten {
        /// As asked for.
        id: ResultId,
        /// What there is.
        kept: Kept,
    },
}

/// The ids a store holds, for messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kept(Option<(ResultId, ResultId)>);

impl fmt::Display for Kept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            None => f.write_str("nothing is kept"),
            Some((first, last)) if first == last => write!(f, "kept is `{first}`"),
            Some((first, last)) => write!(f, "kept are `{first}` to `{last}`"),
        }
    }
}

/// The newest values, bounded in number and in bytes. Shared by all runs of a
/// process and lost with it.
#[derive(Debug, Default)]
pub struct ResultStore {
    limits: StoreLimits,
    state: Mutex<State>,
}

/// Ids are consecutive: the front of `values` has `next - values.len()`.
#[derive(Debug, Default)]
struct State {
    given: u64,
    bytes: usize,
    values: VecDeque<Arc<str>>,
}

impl ResultStore {
    /// An empty store.
    pub fn new(limits: StoreLimits) -> Self {
        Self {
            limits,
            state: Mutex::default(),
        }
    }

    /// Keeps a value, given as JSON text, and forgets the oldest as needed.
    /// `None` if it is too large to be kept.
    pub fn put(&self, json: impl Into<Arc<str>>) -> Option<ResultId> {
        let json = json.into();
        if json.len() > self.limits.value_bytes.min(self.limits.bytes) || self.limits.values == 0 {
            return None;
        }
        let mut state = self.lock();
        state.given += 1;
        state.bytes += json.len();
        state.values.push_back(json);
        while state.values.len() > self.limits.values || state.bytes > self.limits.bytes {
            let Some(oldest) = state.values.pop_front() else {
                break;
            };
            state.bytes -= oldest.len();
        }
        Some(ResultId(state.given))
    }

    /// The value kept under `id`, as JSON text.
    ///
    /// # Errors
    /// [`ResultError`], whose message is for the script.
    pub fn get(&self, id: &str) -> Result<Arc<str>, ResultError> {
        let Some(id) = ResultId::parse(id) else {
            let shown: String = id.chars().take(40).collect();
            return Err(ResultError::Malformed(shown));
        };
        let state = self.lock();
        let forgotten = state.given - state.values.len() as u64;
        if id.0 == 0 || id.0 > state.given {
            return Err(ResultError::Unknown {
                id,
                kept: state.kept(),
            });
        }
        let found =
            id.0.checked_sub(forgotten + 1)
                .and_then(|index| state.values.get(index as usize));
        found.cloned().ok_or_else(|| ResultError::Forgotten {
            id,
            kept: state.kept(),
        })
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, State> {
        // Every change of the state is complete before anything can panic.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn kept(&self) -> Kept {
        let forgotten = self.given - self.values.len() as u64;
        Kept((!self.values.is_empty()).then_some((ResultId(forgotten + 1), ResultId(self.given))))
    }
}

#[cfg(test)]
mod tests;
