//! The clock that interrupts guests: increments the engine's epoch while a
//! guest runs, and sleeps when none does.

use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

/// Between two epochs: how late a limit or a cancellation may be noticed.
const PERIOD: Duration = Duration::from_millis(5);

#[derive(Debug)]
pub(crate) struct Ticker(Arc<Shared>);

#[derive(Debug, Default)]
struct Shared {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    running: u32,
    closed: bool,
}

impl Shared {
    fn lock(&self) -> std::sync::MutexGuard<'_, State> {
        // Two plain fields are never left half-written.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Ticker {
    /// Starts the thread. It ends when the ticker is dropped.
    pub(crate) fn start(engine: &wasmtime::Engine) -> std::io::Result<Self> {
        let shared = Arc::new(Shared::default());
        let of_thread = Arc::clone(&shared);
        let engine = engine.clone();
        std::thread::Builder::new()
            .name("retort-epoch".to_owned())
            .spawn(move || tick(&of_thread, &engine))?;
        Ok(Self(shared))
    }

    /// Keeps the epochs coming until the guard is dropped.
    pub(crate) fn running(&self) -> Running<'_> {
        let mut state = self.0.lock();
        state.running += 1;
        if state.running == 1 {
            self.0.changed.notify_one();
        }
        Running(self)
    }
}

impl Drop for Ticker {
    fn drop(&mut self) {
        self.0.lock().closed = true;
        self.0.changed.notify_one();
    }
}

/// A guest runs.
#[derive(Debug)]
pub(crate) struct Running<'a>(&'a Ticker);

impl Drop for Running<'_> {
    fn drop(&mut self) {
        self.0.0.lock().running -= 1;
    }
}

fn tick(shared: &Shared, engine: &wasmtime::Engine) {
    let mut state = shared.lock();
    loop {
        while state.running == 0 && !state.closed {
            state = shared
                .changed
                .wait(state)
                .unwrap_or_else(PoisonError::into_inner);
        }
        if state.closed {
            return;
        }
        drop(state);
        std::thread::sleep(PERIOD);
        engine.increment_epoch();
        state = shared.lock();
    }
}
