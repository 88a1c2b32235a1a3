//! What is learned from use, for one configuration: which words led to which tools, and
//! what tools that promise no type have returned.
//!
//! Owns the state in memory and when it is written. What the file is, is in `store`; what
//! one client asked lately in `searches`. Must not know what an answer looks like. Start at
//! [`Learning`].

mod searches;
mod store;

#[cfg(test)]
mod tests;

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use retort_tools::{CallOutput, Differences, Learned, Observed, SearchOptions};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

pub use self::searches::Searches;
pub(crate) use self::store::{Store, Stored};

use self::store::Stamp;
use crate::config::Config;
use crate::platform;

/// From the first thing learned to its being written, with all that follows meanwhile.
const SAVE_AFTER: Duration = Duration::from_secs(2);
/// The file is looked at for what others have written no more often than this.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// Uses of searches that wait to be written; beyond them the oldest is lost.
const PENDING: usize = 500;

/// What a process learns. A cheap handle; the default learns nothing.
#[derive(Clone, Default)]
pub struct Learning(Option<Arc<Inner>>);

struct Inner {
    /// `None` where nothing outlives the process.
    store: Option<Store>,
    state: Mutex<State>,
    /// Held by whoever reads or writes the file.
    disk: Mutex<()>,
    tasks: TaskTracker,
    stop: CancellationToken,
}

#[derive(Default)]
struct State {
    lessons: Lessons,
    /// What the file does not have yet.
    pending: Pending,
    is_saving: bool,
    has_failed: bool,
    looked: Option<Instant>,
    stamp: Option<Stamp>,
}

/// What was learned so far.
#[derive(Debug, Clone, Default)]
pub struct Lessons {
    /// Which words led to which tools.
    pub learned: Arc<Learned>,
    /// What tools returned.
    pub observed: Observed,
}

impl Lessons {
    /// What a search takes from it.
    pub fn for_search(&self) -> SearchOptions<'_> {
        SearchOptions {
            learned: Some(&self.learned),
            observed: Some(&self.observed),
            ..SearchOptions::default()
        }
    }
}

#[derive(Default)]
struct Pending {
    /// Query, server and tool.
    led: Vec<(String, String, String)>,
    observed: Observed,
}

impl Pending {
    fn add_to(&self, learned: &mut Learned, observed: &mut Observed) {
        for (query, server, tool) in &self.led {
            learned.record(query, server, tool);
        }
        observed.merge(&self.observed);
    }

    fn is_empty(&self) -> bool {
        self.led.is_empty() && self.observed.is_empty()
    }

    fn followed_by(&mut self, later: Self) {
        self.led.extend(later.led);
        self.observed.merge(&later.observed);
        self.trim();
    }

    fn trim(&mut self) {
        let beyond = self.led.len().saturating_sub(PENDING);
        self.led.drain(..beyond);
    }
}

impl fmt::Debug for Learning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let store = self.0.as_ref().map(|inner| &inner.store);
        f.debug_tuple("Learning").field(&store).finish()
    }
}

impl Learning {
    /// What `config` has learned so far. Reads a file.
    pub fn open(config: &Config) -> Self {
        if config.no_learning {
            return Self::default();
        }
        let state = platform::folders().map(|folders| folders.state);
        let path = config.path.as_deref();
        Self::over(
            path.zip(state)
                .and_then(|(path, state)| Store::of(path, &state)),
        )
    }

    /// Learning that is kept in `store`, or with the process where there is none.
    fn over(store: Option<Store>) -> Self {
        let mut state = State::default();
        if let Some(store) = &store {
            state.stamp = store.stamp();
            let Stored { learned, observed } = store.read();
            let learned = Arc::new(learned);
            state.lessons = Lessons { learned, observed };
        }
        Self(Some(Arc::new(Inner {
            store,
            state: Mutex::new(state),
            disk: Mutex::default(),
            tasks: TaskTracker::new(),
            stop: CancellationToken::new(),
        })))
    }

    /// What was learned so far; `None` where nothing is learned. What other processes
    /// write is seen by a later call.
    ///
    /// # Panics
    /// Outside a tokio runtime.
    pub fn lessons(&self) -> Option<Lessons> {
        let inner = self.0.as_ref()?;
        let lessons = {
            let mut state = inner.state();
            let due = state.looked.is_none_or(|at| at.elapsed() >= LOOK_EVERY);
            if due && inner.store.is_some() {
                state.looked = Some(Instant::now());
                let inner = Arc::clone(inner);
                inner.tasks.clone().spawn_blocking(move || inner.look());
            }
            state.lessons.clone()
        };
        Some(lessons)
    }

    /// Notes a call that succeeded: credits the search that led to it, and adds the shape
    /// of its value. Gives how that differs from what was always returned; `before` are
    /// the lessons the caller knew of, where these are not the newest.
    ///
    /// # Panics
    /// Outside a tokio runtime.
    pub fn called(
        &self,
        output: &CallOutput,
        searches: Option<&Searches>,
        before: Option<&Lessons>,
    ) -> Option<Differences> {
        let inner = self.0.as_ref()?;
        let (server, tool) = (&*output.server, &*output.tool);
        let query = searches.and_then(|searches| searches.led_to(server, tool));
        if query.is_none() && output.shape.is_none() {
            return None;
        }
        let mut state = inner.state();
        if let Some(query) = query {
            Arc::make_mut(&mut state.lessons.learned).record(&query, server, tool);
            let led = (query, server.to_owned(), tool.to_owned());
            state.pending.led.push(led);
            state.pending.trim();
        }
        let mut differences = None;
        if let Some(shape) = &output.shape {
            let was_known = before.is_none_or(|before| before.observed.is_settled(server, tool));
            let observed = &mut state.lessons.observed;
            differences = was_known
                .then(|| observed.differences(server, tool, shape))
                .flatten();
            observed.record(server, tool, shape);
            state.pending.observed.record(server, tool, shape);
        }
        inner.save_soon(&mut state);
        differences
    }

    /// Writes what is not written yet, but takes no longer than `grace`.
    pub async fn close(&self, grace: Duration) {
        let Some(inner) = &self.0 else { return };
        inner.stop.cancel();
        inner.tasks.close();
        if tokio::time::timeout(grace, inner.tasks.wait())
            .await
            .is_err()
        {
            tracing::warn!("what was learned last is not written: the disk is slow");
        }
    }
}

impl Inner {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn disk(&self) -> MutexGuard<'_, ()> {
        self.disk.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// One write for all that is learned within a while.
    fn save_soon(self: &Arc<Self>, state: &mut State) {
        if self.store.is_none() {
            state.pending = Pending::default();
            return;
        }
        if std::mem::replace(&mut state.is_saving, true) {
            return;
        }
        let inner = Arc::clone(self);
        self.tasks.spawn(async move {
            let wait = tokio::time::sleep(SAVE_AFTER);
            inner.stop.run_until_cancelled(wait).await;
            let saving = Arc::clone(&inner);
            let saved = tokio::task::spawn_blocking(move || saving.save()).await;
            if let Err(error) = saved {
                tracing::error!(%error, "what was learned could not be written");
            }
        });
    }

    /// Adds what is pending to what is in the file by now.
    fn save(&self) {
        let Some(store) = &self.store else { return };
        let _disk = self.disk();
        let pending = {
            let mut state = self.state();
            state.is_saving = false;
            std::mem::take(&mut state.pending)
        };
        let updated = store.update(|stored| {
            pending.add_to(&mut stored.learned, &mut stored.observed);
        });
        match updated {
            Ok((stored, stamp)) => {
                self.state().has_failed = false;
                self.take_over(stored, stamp);
            }
            Err(error) => {
                let mut state = self.state();
                let later = std::mem::replace(&mut state.pending, pending);
                state.pending.followed_by(later);
                if !std::mem::replace(&mut state.has_failed, true) {
                    tracing::warn!(file = %store.file().display(), %error, "what is learned cannot be written");
                }
            }
        }
    }

    /// Takes over what other processes wrote or erased.
    fn look(&self) {
        let Some(store) = &self.store else { return };
        let _disk = self.disk();
        let stamp = store.stamp();
        if self.state().stamp != stamp {
            self.take_over(store.read(), stamp);
        }
    }

    /// What is in the file, and what it does not have yet, is what was learned.
    fn take_over(&self, stored: Stored, stamp: Option<Stamp>) {
        let Stored {
            mut learned,
            mut observed,
        } = stored;
        let mut state = self.state();
        if !state.pending.is_empty() {
            state.pending.add_to(&mut learned, &mut observed);
        }
        let learned = Arc::new(learned);
        state.lessons = Lessons { learned, observed };
        state.stamp = stamp;
    }
}
