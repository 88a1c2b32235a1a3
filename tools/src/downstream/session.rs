//! One server, as those who call it see it.
//!
//! Owns its state, the waiting for it, and the way to wake the task that keeps it
//! (`session/task.rs`). Must not know how it is started. Start at [`Session::ready`].

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use rmcp::service::{Peer, RoleClient};
use tokio::sync::{Notify, Semaphore, watch};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::roster::Roster;
use super::{DownstreamOptions, DownstreamServer};
use crate::catalog::ServerState;
use task::Task;

mod task;

/// A call waits for a pause of at most this long, else it fails at once.
const PATIENCE: Duration = Duration::from_secs(5);
/// How long the reason of an end is waited for.
const INQUEST: Duration = Duration::from_secs(3);
/// More calls than this are under way in no server.
const MOST_CONCURRENCY: usize = 1024;

/// What all sessions share.
#[derive(Clone)]
pub(super) struct Environment {
    pub(super) roster: Arc<Roster>,
    pub(super) tasks: TaskTracker,
    pub(super) stop: CancellationToken,
    pub(super) options: DownstreamOptions,
}

/// The callers' side of a server.
pub(super) struct Session {
    /// One permit for each call that may be under way.
    pub(super) permits: Semaphore,
    pub(super) call_timeout: Duration,
    state: watch::Sender<State>,
    /// A call wants the server.
    wake: Arc<Notify>,
    grace_ms: AtomicU64,
}

/// Whether a server can be reached.
#[derive(Debug, Clone)]
enum State {
    Starting,
    Ready(Link),
    Down(Down),
    /// It will not be started: switched off, not possible, or all is being stopped.
    Off(Arc<str>),
}

/// The way to a running server.
#[derive(Debug, Clone)]
pub(super) struct Link {
    pub(super) peer: Peer<RoleClient>,
    /// Which start of the server this is.
    start: u64,
}

/// A server that has ended, or could not be started.
#[derive(Debug, Clone)]
struct Down {
    start: u64,
    reason: Arc<str>,
    next_start: Instant,
}

/// Why a server cannot be reached.
#[derive(Debug, Clone)]
pub(super) struct Unreachable {
    pub(super) reason: String,
    /// Whether a later call starts it again.
    pub(super) retryable: bool,
}

impl Session {
    /// Starts a server's task, unless the server is not to be started.
    pub(super) fn start(
        index: usize,
        server: DownstreamServer,
        environment: Environment,
    ) -> Arc<Session> {
        let config = &server.config;
        let options = &environment.options;
        let concurrency = config
            .max_concurrency
            .map_or(options.max_concurrency, |calls| calls.get() as usize);
        let off = match server.off() {
            Some(ServerState::Failed { reason }) => Some(reason),
            Some(_) => Some("it is disabled in the configuration".to_owned()),
            None => None,
        };
        let session = Arc::new(Session {
            permits: Semaphore::new(concurrency.clamp(1, MOST_CONCURRENCY)),
            call_timeout: config.call_timeout().unwrap_or(options.call_timeout),
            state: watch::Sender::new(match &off {
                Some(reason) => State::Off(reason.as_str().into()),
                None => State::Starting,
            }),
            wake: Arc::default(),
            grace_ms: AtomicU64::new(0),
        });
        if off.is_none() {
            let task = Task::new(index, server, &session, environment.clone());
            environment.tasks.spawn(task.run());
        }
        session
    }

    /// The way to the server, which is started if it is down.
    ///
    /// # Errors
    /// It cannot be started, or only after a pause that is not worth waiting for.
    pub(super) async fn ready(&self) -> Result<Link, Unreachable> {
        let mut state = self.state.subscribe();
        let mut woken = None;
        loop {
            let seen = state.borrow_and_update().clone();
            match seen {
                State::Ready(link) if !link.peer.is_transport_closed() => return Ok(link),
                State::Off(reason) => {
                    return Err(Unreachable {
                        reason: reason.to_string(),
                        retryable: false,
                    });
                }
                // One that has just ended says in a moment how.
                State::Starting | State::Ready(_) => {}
                State::Down(down) if woken.is_some_and(|start| start != down.start) => {
                    return Err(Unreachable {
                        reason: down.reason.to_string(),
                        retryable: true,
                    });
                }
                State::Down(down) => {
                    self.wake.notify_one();
                    woken = Some(down.start);
                    let pause = down.next_start.saturating_duration_since(Instant::now());
                    if pause > PATIENCE {
                        let seconds = pause.as_secs() + 1;
                        let reason = format!("{}; it is started again in {seconds} s", down.reason);
                        return Err(Unreachable {
                            reason,
                            retryable: true,
                        });
                    }
                }
            }
            // The session is its own sender: this cannot fail.
            let _ = state.changed().await;
        }
    }

    /// How the start that `link` belongs to came to its end, once that is known.
    pub(super) async fn end_of(&self, link: &Link) -> Option<Unreachable> {
        let mut state = self.state.subscribe();
        let over =
            state.wait_for(|state| !matches!(state, State::Ready(now) if now.start == link.start));
        let state = tokio::time::timeout(INQUEST, over)
            .await
            .ok()?
            .ok()?
            .clone();
        match state {
            State::Down(down) => Some(Unreachable {
                reason: down.reason.to_string(),
                retryable: true,
            }),
            State::Off(reason) => Some(Unreachable {
                reason: reason.to_string(),
                retryable: false,
            }),
            State::Starting | State::Ready(_) => None,
        }
    }

    /// How long the server may take to end by itself when all is being stopped.
    pub(super) fn set_grace(&self, grace: Duration) {
        let grace_ms = u64::try_from(grace.as_millis()).unwrap_or(u64::MAX);
        self.grace_ms.store(grace_ms, Ordering::Relaxed);
    }

    fn grace(&self) -> Duration {
        Duration::from_millis(self.grace_ms.load(Ordering::Relaxed))
    }
}
