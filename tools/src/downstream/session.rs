//! One server: one task that starts it, keeps it, and starts it again when it is wanted.
//!
//! Owns the server's state as callers see it, the memory of its era, and the pause before it is
//! started again. A server that ends stays down until a call wakes it; its tools stay in the
//! catalog meanwhile. Start at [`Session::ready`] for the callers' side and at [`Task::run`] for
//! the task's.

use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Weak};
use std::time::Duration;

use rmcp::service::{Peer, RoleClient};
use tokio::sync::{Semaphore, mpsc, watch};
use tokio::task::JoinSet;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::handshake::{self, Client, Era, Running};
use super::listing::{self, ListError};
use super::process::Process;
use super::roster::Roster;
use super::subscription;
use super::wire::{Input, Output, Wire};
use super::writer::Writer;
use super::{DownstreamOptions, DownstreamServer, ServerSource};
use crate::catalog::ServerState;
use crate::definition::ToolDefinition;

/// Room for the envelope around the largest result.
const ENVELOPE: usize = 64 * 1024;
/// A server that ran this long is healthy: the next start comes without a pause.
const HEALTHY: Duration = Duration::from_secs(30);
const LONGEST_PAUSE: Duration = Duration::from_mins(1);
/// A call waits for a pause of at most this long, else it fails at once.
const PATIENCE: Duration = Duration::from_secs(5);
/// What a server that exited may still have written is read for this long.
const DRAIN: Duration = Duration::from_millis(250);
/// How long a server that ended its output may take to exit before it is killed.
const LINGER: Duration = Duration::from_millis(500);
/// Lists of tools are asked for no more often than this.
const REFRESH_PAUSE: Duration = Duration::from_secs(1);
const REFRESH_TIMEOUT: Duration = Duration::from_mins(1);
/// The most characters of a server's last words in a reason.
const LAST_WORDS: usize = 1000;

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
    pub(super) permits: Arc<Semaphore>,
    pub(super) call_timeout: Duration,
    state: watch::Sender<State>,
    mailbox: mpsc::Sender<Command>,
    grace_ms: AtomicU64,
}

/// What a session can be told.
#[derive(Debug)]
pub(super) enum Command {
    /// A call wants the server.
    Wake,
    /// The server says that its tools have changed.
    ToolsChanged,
}

/// Whether a server can be reached.
#[derive(Debug, Clone)]
enum State {
    Starting,
    Ready(Link),
    Down(Down),
    /// It will not be started: switched off, or not possible.
    Off(Arc<str>),
}

/// The way to a running server.
#[derive(Debug, Clone)]
pub(super) struct Link {
    pub(super) peer: Peer<RoleClient>,
    /// Which start of the server this is.
    start: u64,
}

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
    pub(super) retryable: bool,
}

impl Session {
    /// Starts a server's task, unless it is not to be started.
    pub(super) fn start(
        index: usize,
        server: DownstreamServer,
        environment: Environment,
    ) -> Arc<Session> {
        let options = &environment.options;
        let concurrency = server
            .config
            .max_concurrency
            .map_or(options.max_concurrency, |n| n.get() as usize);
        let (mailbox, commands) = mpsc::channel(8);
        let off = if server.config.is_disabled() {
            Some("it is disabled in the configuration".to_owned())
        } else if matches!(server.source, ServerSource::Process) {
            server.config.unsupported()
        } else {
            None
        };
        let session = Arc::new(Session {
            permits: Arc::new(Semaphore::new(concurrency.clamp(1, 1024))),
            call_timeout: server.config.call_timeout().unwrap_or(options.call_timeout),
            state: watch::Sender::new(match &off {
                Some(reason) => State::Off(reason.as_str().into()),
                None => State::Starting,
            }),
            mailbox,
            grace_ms: AtomicU64::new(0),
        });
        if off.is_none() {
            let task = Task {
                name: server.name.as_str().into(),
                index,
                start: 0,
                era: None,
                session: Arc::downgrade(&session),
                mailbox: session.mailbox.clone(),
                commands,
                server,
                environment: environment.clone(),
            };
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
                State::Ready(link) => return Ok(link),
                State::Off(reason) => {
                    return Err(Unreachable {
                        reason: reason.to_string(),
                        retryable: false,
                    });
                }
                State::Starting => {}
                State::Down(down) => {
                    let pause = down.next_start.saturating_duration_since(Instant::now());
                    if woken.is_some_and(|start| start != down.start) {
                        return Err(Unreachable {
                            reason: down.reason.to_string(),
                            retryable: true,
                        });
                    }
                    // A full mailbox holds a `Wake` already.
                    let _ = self.mailbox.try_send(Command::Wake);
                    if pause > PATIENCE {
                        let reason = format!(
                            "{}; it is started again in {} s",
                            down.reason,
                            pause.as_secs() + 1
                        );
                        return Err(Unreachable {
                            reason,
                            retryable: true,
                        });
                    }
                    woken = Some(down.start);
                }
            }
            if state.changed().await.is_err() {
                return Err(Unreachable {
                    reason: "it is shutting down".to_owned(),
                    retryable: false,
                });
            }
        }
    }

    /// How the start that `link` belongs to came to its end, once that is known.
    pub(super) async fn end_of(&self, link: &Link) -> Option<String> {
        let mut state = self.state.subscribe();
        let over =
            state.wait_for(|state| !matches!(state, State::Ready(now) if now.start == link.start));
        match &*tokio::time::timeout(Duration::from_secs(3), over)
            .await
            .ok()?
            .ok()?
        {
            State::Down(down) => Some(down.reason.to_string()),
            State::Off(reason) => Some(reason.to_string()),
            _ => None,
        }
    }

    /// How long the server may take to end by itself when it is shut down.
    pub(super) fn set_grace(&self, grace: Duration) {
        self.grace_ms.store(
            u64::try_from(grace.as_millis()).unwrap_or(u64::MAX),
            Ordering::Relaxed,
        );
    }
}

/// The task's side of a server.
struct Task {
    name: Arc<str>,
    index: usize,
    start: u64,
    era: Option<Era>,
    session: Weak<Session>,
    mailbox: mpsc::Sender<Command>,
    commands: mpsc::Receiver<Command>,
    server: DownstreamServer,
    environment: Environment,
}

/// How a life of the server ended.
enum Ended {
    Stopped,
    Died(String),
    /// Trying again cannot help.
    Impossible(String),
}

/// A server that has just been started.
struct Connection {
    input: Input,
    output: Output,
    process: Option<Process>,
}

impl Task {
    async fn run(mut self) {
        let mut failures = 0_u32;
        loop {
            self.start += 1;
            let began = Instant::now();
            let reason = match self.live().await {
                Ended::Stopped => break self.set_state(State::Off("it is shutting down".into())),
                Ended::Impossible(reason) => {
                    tracing::warn!(target: "downstream", server = %self.name, "cannot start: {reason}");
                    self.set_state(State::Off(reason.as_str().into()));
                    break self.publish(ServerState::Failed { reason }).await;
                }
                Ended::Died(reason) => reason,
            };
            tracing::warn!(target: "downstream", server = %self.name, "down: {reason}");
            failures = if began.elapsed() >= HEALTHY {
                0
            } else {
                failures.saturating_add(1)
            };
            let next_start = Instant::now() + pause_after(failures);
            // What was asked of the life that is over must not start the next one.
            while self.commands.try_recv().is_ok() {}
            self.publish(ServerState::Failed {
                reason: reason.clone(),
            })
            .await;
            self.set_state(State::Down(Down {
                start: self.start,
                reason: reason.into(),
                next_start,
            }));
            if !self.wait_for_wake(next_start).await {
                break;
            }
            self.set_state(State::Starting);
            self.publish(ServerState::Starting).await;
        }
    }

    /// `false` when there will be no next start.
    async fn wait_for_wake(&mut self, next_start: Instant) -> bool {
        let stop = self.environment.stop.clone();
        let woken = async {
            while !matches!(self.commands.recv().await?, Command::Wake) {}
            tokio::time::sleep_until(next_start).await;
            Some(())
        };
        tokio::select! {
            woken = woken => woken.is_some(),
            () = stop.cancelled() => false,
        }
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

    fn connect(&self, stop: &CancellationToken) -> Result<Connection, Ended> {
        match &self.server.source {
            ServerSource::Embedded(open) => {
                let (output, input) = tokio::io::split(open());
                Ok(Connection {
                    input: Box::new(input),
                    output: Box::new(output),
                    process: None,
                })
            }
            ServerSource::Process => {
                let resolved = self
                    .server
                    .config
                    .resolve()
                    .map_err(|error| Ended::Impossible(error.to_string()))?;
                let (process, input, output) = Process::spawn(
                    &self.name,
                    &resolved,
                    &self.environment.tasks,
                    stop,
                )
                .map_err(|error| {
                    Ended::Died(format!("`{}` cannot be started: {error}", resolved.program))
                })?;
                Ok(Connection {
                    input,
                    output,
                    process: Some(process),
                })
            }
        }
    }

    /// From start to end.
    async fn live(&mut self) -> Ended {
        let stop = self.environment.stop.clone();
        let life = stop.child_token();
        let _end_of_life = life.clone().drop_guard();
        let Connection {
            input,
            output,
            mut process,
        } = match self.connect(&life) {
            Ok(connection) => connection,
            Err(ended) => return ended,
        };
        let closed = life.child_token();
        let writer = Writer::start(input, closed.clone(), &self.environment.tasks);
        let wire = {
            let mailbox = self.mailbox.clone();
            let limit = self.environment.options.max_result_bytes + ENVELOPE;
            Wire::new(
                self.name.clone(),
                output,
                writer.clone(),
                limit,
                closed.clone(),
                move || {
                    // A full mailbox means that the session has plenty to do already.
                    let _ = mailbox.try_send(Command::ToolsChanged);
                },
            )
        };

        let limit = self
            .server
            .config
            .start_timeout()
            .unwrap_or(self.environment.options.start_timeout);
        let ended = tokio::select! {
            biased;
            () = stop.cancelled() => Ended::Stopped,
            opened = tokio::time::timeout(limit, self.open(&wire, &life)) => match opened {
                Ok(Ok((running, tools))) => {
                    self.begin(&running, tools).await;
                    self.serve(running, &mut process, &closed).await
                }
                Ok(Err(reason)) => Ended::Died(reason),
                Err(_) => Ended::Died(format!("it did not finish starting within {} s", limit.as_secs_f32())),
            },
            exit = exit_of(&mut process) => Ended::Died(format!("it exited while starting ({exit})")),
        };
        writer.hang_up();
        self.bury(ended, process).await
    }

    /// Opens the session and lists the tools.
    async fn open(
        &self,
        wire: &Wire,
        stop: &CancellationToken,
    ) -> Result<((Running, Era), Vec<ToolDefinition>), String> {
        let client = Client {
            name: self.environment.options.client_name.clone(),
            version: self.environment.options.client_version.clone(),
        };
        let (running, era) = handshake::open(&client, wire, self.era, stop)
            .await
            .map_err(|error| error.to_string())?;
        let tools = self
            .list(running.peer())
            .await
            .map_err(|error| error.to_string())?;
        Ok(((running, era), tools))
    }

    fn list(
        &self,
        peer: &Peer<RoleClient>,
    ) -> impl Future<Output = Result<Vec<ToolDefinition>, ListError>> + use<> {
        let declared = peer
            .peer_info()
            .is_some_and(|info| info.capabilities.tools.is_some());
        let (peer, name, config) = (peer.clone(), self.name.clone(), self.server.config.clone());
        async move { listing::list(&peer, &name, &config, declared).await }
    }

    /// Makes a server that has started visible, in the catalog first.
    async fn begin(&mut self, (running, era): &(Running, Era), tools: Vec<ToolDefinition>) {
        self.era = Some(*era);
        let instructions = running
            .peer()
            .peer_info()
            .and_then(|info| info.instructions.clone());
        tracing::info!(target: "downstream", server = %self.name, ?era, tools = tools.len(), "ready");
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
        (running, era): (Running, Era),
        process: &mut Option<Process>,
        closed: &CancellationToken,
    ) -> Ended {
        let stop = self.environment.stop.clone();
        let peer = running.peer().clone();
        let mut background = JoinSet::new();
        if era == Era::Modern {
            background.spawn(subscription::keep(
                peer.clone(),
                self.name.clone(),
                self.mailbox.clone(),
            ));
        }
        let mut refreshing: JoinSet<Result<Vec<ToolDefinition>, ListError>> = JoinSet::new();
        let mut next_refresh = Instant::now();
        let mut changed = false;
        let mut drained: Option<Pin<Box<tokio::time::Sleep>>> = None;
        let mut over = std::pin::pin!(running.waiting());
        loop {
            if changed && refreshing.is_empty() {
                changed = false;
                let listed = self.list(&peer);
                refreshing.spawn(async move {
                    tokio::time::sleep_until(next_refresh).await;
                    tokio::time::timeout(REFRESH_TIMEOUT, listed)
                        .await
                        .unwrap_or(Err(ListError::Closed))
                });
            }
            tokio::select! {
                () = stop.cancelled() => {
                    let _ = tokio::time::timeout(DRAIN, &mut over).await;
                    return Ended::Stopped;
                }
                _ = &mut over => {
                    return Ended::Died(if drained.is_some() { "it exited" } else { "it closed its output" }.to_owned());
                }
                _ = exit_of(process), if drained.is_none() => {
                    drained = Some(Box::pin(tokio::time::sleep(DRAIN)));
                }
                () = async { if let Some(drained) = &mut drained { drained.await } }, if drained.is_some() && !closed.is_cancelled() => {
                    closed.cancel();
                }
                Some(command) = self.commands.recv() => changed |= matches!(command, Command::ToolsChanged),
                Some(listed) = refreshing.join_next(), if !refreshing.is_empty() => {
                    next_refresh = Instant::now() + REFRESH_PAUSE;
                    match listed {
                        Ok(Ok(tools)) => self.refreshed(tools).await,
                        Ok(Err(error)) => {
                            tracing::warn!(target: "downstream", server = %self.name, "kept the old list of tools: {error}");
                        }
                        Err(error) => tracing::error!(target: "downstream", server = %self.name, %error, "listing failed"),
                    }
                }
            }
        }
    }

    async fn refreshed(&self, tools: Vec<ToolDefinition>) {
        tracing::info!(target: "downstream", server = %self.name, tools = tools.len(), "tools changed");
        self.environment
            .roster
            .update(self.index, |listing| listing.tools = tools)
            .await;
    }

    /// Sees to it that nothing of the process is left, and completes the reason with its last words.
    async fn bury(&self, ended: Ended, process: Option<Process>) -> Ended {
        let Some(mut process) = process else {
            return ended;
        };
        let Ended::Died(mut reason) = ended else {
            let grace = self
                .session
                .upgrade()
                .map_or(0, |session| session.grace_ms.load(Ordering::Relaxed));
            process.end(Duration::from_millis(grace)).await;
            return ended;
        };
        if let Some(exit) = process.end(LINGER).await
            && !reason.contains(&exit)
        {
            reason = format!("it exited ({exit})");
        }
        let last_words = process.last_words().await.join(" | ");
        if !last_words.is_empty() {
            let cut = last_words.len().saturating_sub(LAST_WORDS);
            let cut = (cut..=last_words.len())
                .find(|at| last_words.is_char_boundary(*at))
                .unwrap_or(0);
            reason = format!("{reason}; its last words: {}", &last_words[cut..]);
        }
        Ended::Died(reason)
    }
}

/// Waits for the exit of a process; a server inside this process has none.
async fn exit_of(process: &mut Option<Process>) -> String {
    match process {
        Some(process) => process.exited().await,
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
