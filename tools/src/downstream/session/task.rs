//! The task of one server: starts it, keeps it, and starts it again when it is wanted.
//!
//! Owns the memory of its era, the pause before the next start, and the order in which a change
//! becomes visible: first in the catalog, then to callers. A server that ends stays down until a
//! call wakes it; its tools stay in the catalog meanwhile. Start at [`Task::run`].

use std::sync::{Arc, Weak};
use std::time::Duration;

use tokio::sync::Notify;
use tokio::task::JoinSet;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::{Down, Environment, Link, Session, State};
use crate::catalog::ServerState;
use crate::definition::ToolDefinition;
use crate::downstream::DownstreamServer;
use crate::downstream::handshake::{Era, Running};
use crate::downstream::listing::ListError;
use crate::downstream::message::shortened;
use crate::downstream::process::Process;
use crate::downstream::subscription;
use crate::downstream::writer::Writer;
use opening::{Connection, Opened};

mod opening;

/// A server that ran this long is healthy: the next start comes without a pause.
const HEALTHY: Duration = Duration::from_secs(30);
const LONGEST_PAUSE: Duration = Duration::from_mins(1);
/// What a server that exited may still have written is read for this long.
const DRAIN: Duration = Duration::from_millis(250);
/// How long a server whose connection is over may take to exit before it is killed.
const LINGER: Duration = Duration::from_millis(500);
/// Lists of tools are asked for no more often than this.
const REFRESH_PAUSE: Duration = Duration::from_secs(1);
/// The most bytes of a server's last words in a reason.
const LAST_WORDS: usize = 1000;
/// The most bytes that are kept of what a server says about itself.
const LONGEST_INSTRUCTIONS: usize = 64 * 1024;

pub(super) struct Task {
    name: Arc<str>,
    index: usize,
    server: DownstreamServer,
    environment: Environment,
    session: Weak<Session>,
    wake: Arc<Notify>,
    start: u64,
    /// When the present life became ready to be called.
    ready_at: Option<Instant>,
    era: Option<Era>,
}

/// How a life of the server ended.
enum Ended {
    /// All is being stopped.
    Stopped,
    /// The connection is over, and nothing says why.
    Gone,
    Died(String),
    /// Trying again cannot help.
    Impossible(String),
}

impl Task {
    pub(super) fn new(
        index: usize,
        server: DownstreamServer,
        session: &Arc<Session>,
        environment: Environment,
    ) -> Task {
        Task {
            name: server.name.as_str().into(),
            index,
            server,
            environment,
            session: Arc::downgrade(session),
            wake: session.wake.clone(),
            start: 0,
            ready_at: None,
            era: None,
        }
    }

    /// Runs until all is being stopped.
    pub(super) async fn run(mut self) {
        let mut failures = 0_u32;
        loop {
            self.start += 1;
            self.ready_at = None;
            let reason = match self.live().await {
                Ended::Stopped => return,
                Ended::Impossible(reason) => {
                    tracing::warn!(target: "downstream", server = %self.name, "cannot start: {reason}");
                    self.set_state(State::Off(reason.as_str().into()));
                    return self.publish(ServerState::Failed { reason }).await;
                }
                Ended::Died(reason) => reason,
                Ended::Gone => "it closed the connection".to_owned(),
            };
            tracing::warn!(target: "downstream", server = %self.name, "down: {reason}");
            let healthy = self.ready_at.is_some_and(|at| at.elapsed() >= HEALTHY);
            failures = if healthy {
                0
            } else {
                failures.saturating_add(1)
            };
            let next_start = Instant::now() + pause_after(failures);
            self.publish(ServerState::Failed {
                reason: reason.clone(),
            })
            .await;
            self.forget_wakes();
            self.set_state(State::Down(Down {
                start: self.start,
                reason: reason.into(),
                next_start,
            }));
            if !self.wait_for_wake(next_start).await {
                return;
            }
            self.set_state(State::Starting);
            self.publish(ServerState::Starting).await;
        }
    }

    /// `false` when there will be no next start.
    async fn wait_for_wake(&self, next_start: Instant) -> bool {
        let woken = async {
            self.wake.notified().await;
            tokio::time::sleep_until(next_start).await;
        };
        tokio::select! {
            () = woken => true,
            () = self.environment.stop.cancelled() => false,
        }
    }

    /// What was asked of a life that is over must not start the next one.
    fn forget_wakes(&self) {
        std::pin::pin!(self.wake.notified()).enable();
    }

    fn set_state(&self, state: State) {
        if let Some(session) = self.session.upgrade() {
            session.state.send_replace(state);
        }
    }

    async fn publish(&self, state: ServerState) {
        self.environment
            .roster
            .update(self.index, |listing| listing.state = state)
            .await;
    }

    /// One life of the server, from start to end.
    async fn live(&mut self) -> Ended {
        let stop = self.environment.stop.clone();
        let life = stop.child_token();
        let _end_of_life = life.clone().drop_guard();
        let Connection {
            input,
            output,
            mut process,
        } = match self.connect() {
            Ok(connection) => connection,
            Err(ended) => return ended,
        };
        let closed = life.child_token();
        let writer = Writer::start(input, closed.clone(), &self.environment.tasks);
        let tools_changed = Arc::new(Notify::new());
        let wire = self.wire(output, writer.clone(), &closed, tools_changed.clone());
        let limit = self
            .server
            .config
            .start_timeout()
            .unwrap_or(self.environment.options.start_timeout);
        let opened = tokio::select! {
            biased;
            () = stop.cancelled() => Err(Ended::Stopped),
            opened = tokio::time::timeout(limit, self.open(&wire, &life)) => opened.unwrap_or_else(|_| {
                Err(Ended::Died(format!("it did not finish starting within {} s", limit.as_secs_f32())))
            }),
            _ = exit_of(&mut process) => Err(Ended::Gone),
        };
        let ended = match opened {
            Ok(opened) => {
                let Opened {
                    running,
                    era,
                    tools,
                } = opened;
                self.begin(&running, era, tools).await;
                self.serve(running, &mut process, &closed, tools_changed)
                    .await
            }
            Err(ended) => {
                // It may be another program by now, of the other era.
                self.era = None;
                ended
            }
        };
        writer.hang_up();
        match process {
            Some(process) => self.bury(ended, process).await,
            None => ended,
        }
    }

    /// Makes a server that has started visible, in the catalog first.
    async fn begin(&mut self, running: &Running, era: Era, tools: Vec<ToolDefinition>) {
        self.era = Some(era);
        self.ready_at = Some(Instant::now());
        tracing::info!(target: "downstream", server = %self.name, ?era, tools = tools.len(), "ready");
        let instructions = running.peer().peer_info().and_then(|info| {
            let words = info.instructions.as_deref()?;
            Some(shortened(words, LONGEST_INSTRUCTIONS).into_owned())
        });
        self.environment
            .roster
            .update(self.index, |listing| {
                listing.state = ServerState::Ready;
                listing.instructions = instructions;
                listing.tools = tools;
            })
            .await;
        self.set_state(State::Ready(Link {
            peer: running.peer().clone(),
            start: self.start,
        }));
    }

    /// Keeps a running server until it or everything ends.
    async fn serve(
        &mut self,
        running: Running,
        process: &mut Option<Process>,
        closed: &CancellationToken,
        tools_changed: Arc<Notify>,
    ) -> Ended {
        let stop = self.environment.stop.clone();
        let peer = running.peer().clone();
        let mut listening = JoinSet::new();
        if self.era == Some(Era::Modern) {
            listening.spawn(subscription::keep(
                peer.clone(),
                self.name.clone(),
                tools_changed.clone(),
            ));
        }
        let mut refreshing = JoinSet::new();
        let mut next_refresh = Instant::now();
        let mut changed = false;
        let mut exited_at = None;
        let mut over = std::pin::pin!(running.waiting());
        loop {
            if changed && refreshing.is_empty() {
                changed = false;
                let listed = self.list(&peer);
                refreshing.spawn(async move {
                    tokio::time::sleep_until(next_refresh).await;
                    listed.await
                });
            }
            let drained = exited_at.map(|at| at + DRAIN);
            tokio::select! {
                // Being stopped ends the connection too: that is no death of the server.
                biased;
                () = stop.cancelled() => {
                    // rmcp closes the server's input on its way out.
                    let _ = tokio::time::timeout(DRAIN, &mut over).await;
                    return Ended::Stopped;
                }
                _ = &mut over => return Ended::Gone,
                _ = exit_of(process), if exited_at.is_none() => exited_at = Some(Instant::now()),
                () = until(drained), if !closed.is_cancelled() => closed.cancel(),
                Some(listed) = refreshing.join_next(), if !refreshing.is_empty() => {
                    next_refresh = Instant::now() + REFRESH_PAUSE;
                    match listed {
                        Ok(listed) => self.refreshed(listed).await,
                        Err(error) => {
                            tracing::error!(target: "downstream", server = %self.name, %error, "listing failed");
                        }
                    }
                }
                () = tools_changed.notified() => changed = true,
            }
        }
    }

    async fn refreshed(&self, listed: Result<Vec<ToolDefinition>, ListError>) {
        match listed {
            Ok(tools) => {
                tracing::info!(target: "downstream", server = %self.name, tools = tools.len(), "tools changed");
                self.environment
                    .roster
                    .update(self.index, |listing| listing.tools = tools)
                    .await;
            }
            Err(error) => {
                tracing::warn!(target: "downstream", server = %self.name, "kept the old list of tools: {error}");
            }
        }
    }

    /// Sees to it that nothing of the process is left, and completes the reason of its end.
    async fn bury(&self, ended: Ended, mut process: Process) -> Ended {
        let reason = match ended {
            Ended::Stopped | Ended::Impossible(_) => {
                let grace = self
                    .session
                    .upgrade()
                    .map_or(Duration::ZERO, |session| session.grace());
                process.end(grace).await;
                return ended;
            }
            Ended::Gone => match process.end(LINGER).await {
                Some(exit) => format!("it exited ({exit})"),
                None => "it closed its output".to_owned(),
            },
            Ended::Died(reason) => {
                process.end(LINGER).await;
                // It may hold the server's own words.
                process.redacted(&reason)
            }
        };
        let last_words = process.last_words().await.join(" | ");
        if last_words.is_empty() {
            return Ended::Died(reason);
        }
        let cut = last_words.ceil_char_boundary(last_words.len().saturating_sub(LAST_WORDS));
        Ended::Died(format!("{reason}; its last words: {}", &last_words[cut..]))
    }
}

/// However the task ends, nobody waits for the server any more.
impl Drop for Task {
    fn drop(&mut self) {
        if let Some(session) = self.session.upgrade() {
            session.state.send_if_modified(|state| {
                let off = matches!(state, State::Off(_));
                if !off {
                    *state = State::Off("it is shutting down".into());
                }
                !off
            });
        }
    }
}

/// Waits for the exit of a process; a server inside this process has none.
async fn exit_of(process: &mut Option<Process>) -> String {
    match process {
        Some(process) => process.exited().await,
        None => std::future::pending().await,
    }
}

async fn until(instant: Option<Instant>) {
    match instant {
        Some(instant) => tokio::time::sleep_until(instant).await,
        None => std::future::pending().await,
    }
}

/// None after the first failure in a row, then 1 s, 2 s, 4 s and so on.
fn pause_after(failures: u32) -> Duration {
    match failures {
        0 | 1 => Duration::ZERO,
        more => Duration::from_secs(1_u64 << (more - 2).min(10)).min(LONGEST_PAUSE),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pause_before_the_next_start_doubles_up_to_a_minute() {
        let pauses: Vec<u64> = [0, 1, 2, 3, 4, 7, 8, 9, u32::MAX]
            .map(|n| pause_after(n).as_secs())
            .into();
        assert_eq!(pauses, [0, 0, 1, 2, 4, 32, 60, 60, 60]);
    }
}
