//! The downstream servers: starting them, keeping them, calling their tools.
//!
//! One server is one task (`downstream/session.rs`); what they list becomes the catalog
//! (`downstream/roster.rs`); every call passes one gate (`downstream/call.rs`). Must not know who
//! calls, or that scripts exist. Start at [`Downstreams::start`].

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::catalog::{Catalog, ServerListing, ServerState};
use crate::server_config::ServerConfig;

mod answer;
mod call;
mod call_error;
mod handshake;
mod line;
mod listing;
mod message;
mod noise;
mod process;
mod roster;
mod session;
mod subscription;
mod wire;
mod writer;

#[cfg(test)]
mod fake;
#[cfg(test)]
mod tests;

use call::Heavy;
pub use call::{CallOutput, CallRequest};
pub use call_error::{CallError, CallErrorCode};
use roster::Roster;
use session::Session;

/// What applies to all servers.
#[derive(Debug, Clone)]
pub struct DownstreamOptions {
    /// The name servers are told.
    pub client_name: String,
    /// The version servers are told.
    pub client_version: String,
    /// How long a server may take to start, unless its block says otherwise.
    pub start_timeout: Duration,
    /// How long a call may take, unless its block or the call says otherwise.
    pub call_timeout: Duration,
    /// How many calls may be under way in one server, unless its block says otherwise.
    pub max_concurrency: usize,
    /// The largest arguments of one call, as JSON text.
    pub max_argument_bytes: usize,
    /// The largest answer of a server, as JSON text.
    pub max_result_bytes: usize,
    /// Whether calls of tools that promise no type tell the shape of what they gave.
    pub observe: bool,
}

impl Default for DownstreamOptions {
    fn default() -> Self {
        DownstreamOptions {
            client_name: "retort".to_owned(),
            client_version: env!("CARGO_PKG_VERSION").to_owned(),
            start_timeout: Duration::from_secs(30),
            call_timeout: Duration::from_mins(1),
            max_concurrency: 64,
            max_argument_bytes: 1024 * 1024,
            max_result_bytes: 8 * 1024 * 1024,
            observe: false,
        }
    }
}

/// Opens a new connection to a server inside this process and gives our end of it.
pub type Embedded = Arc<dyn Fn() -> tokio::io::DuplexStream + Send + Sync>;

/// Where a server's input and output come from.
#[derive(Clone)]
pub enum ServerSource {
    /// The program of the block, as a child process.
    Process,
    /// A server inside this process.
    Embedded(Embedded),
}

impl fmt::Debug for ServerSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            ServerSource::Process => "Process",
            ServerSource::Embedded(_) => "Embedded",
        })
    }
}

/// One server to start.
#[derive(Debug, Clone)]
pub struct DownstreamServer {
    /// Its name in the configuration.
    pub name: String,
    /// Its block.
    pub config: ServerConfig,
    /// Where it runs.
    pub source: ServerSource,
}

impl DownstreamServer {
    /// A server inside this process, with the defaults of a block.
    pub fn embedded(
        name: impl Into<String>,
        open: impl Fn() -> tokio::io::DuplexStream + Send + Sync + 'static,
    ) -> Self {
        DownstreamServer {
            name: name.into(),
            config: ServerConfig::default(),
            source: ServerSource::Embedded(Arc::new(open)),
        }
    }

    /// The state of a server that is not to be started.
    fn off(&self) -> Option<ServerState> {
        if self.config.is_disabled() {
            return Some(ServerState::Disabled);
        }
        match self.source {
            ServerSource::Process => {
                let reason = self.config.unsupported()?;
                Some(ServerState::Failed { reason })
            }
            ServerSource::Embedded(_) => None,
        }
    }
}

/// All downstream servers of the process; clones share them.
///
/// When the last clone is dropped, the servers are killed. [`shutdown`](Self::shutdown) lets them
/// end by themselves.
#[derive(Clone)]
pub struct Downstreams(Arc<Inner>);

struct Inner {
    options: DownstreamOptions,
    roster: Arc<Roster>,
    /// In the order of the catalog's servers.
    sessions: Vec<Arc<Session>>,
    heavy: Heavy,
    tasks: TaskTracker,
    stop: CancellationToken,
}

impl Drop for Inner {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}

impl Downstreams {
    /// Starts the servers in the background and returns at once.
    ///
    /// # Panics
    /// Outside a tokio runtime.
    pub fn start(servers: Vec<(String, ServerConfig)>, options: DownstreamOptions) -> Downstreams {
        let servers = servers
            .into_iter()
            .map(|(name, config)| DownstreamServer {
                name,
                config,
                source: ServerSource::Process,
            })
            .collect();
        Downstreams::start_servers(servers, options)
    }

    /// Like [`start`](Self::start), for servers that may be inside this process.
    ///
    /// # Panics
    /// Outside a tokio runtime.
    pub fn start_servers(
        servers: Vec<DownstreamServer>,
        options: DownstreamOptions,
    ) -> Downstreams {
        let stop = CancellationToken::new();
        let tasks = TaskTracker::new();
        let listings = servers.iter().map(first_listing).collect();
        let roster = Arc::new(Roster::new(listings, stop.clone()));
        tasks.spawn(roster.clone().publish());
        let environment = session::Environment {
            roster: roster.clone(),
            tasks: tasks.clone(),
            stop: stop.clone(),
            options: options.clone(),
        };
        let sessions = servers
            .into_iter()
            .enumerate()
            .map(|(index, server)| Session::start(index, server, environment.clone()))
            .collect();
        Downstreams(Arc::new(Inner {
            options,
            roster,
            sessions,
            heavy: Heavy::new(),
            tasks,
            stop,
        }))
    }

    /// The servers and tools as they are now.
    pub fn catalog(&self) -> Arc<Catalog> {
        self.0.roster.catalog()
    }

    /// Waits until none of the servers (all, if `None`; by name or identifier) is starting, but no
    /// longer than `at_most`. Gives the names of those that still are.
    pub async fn wait_ready(&self, servers: Option<&[String]>, at_most: Duration) -> Vec<String> {
        let mut published = self.0.roster.watch();
        let done = published.wait_for(|published| starting(&published.catalog, servers).is_empty());
        let _ = tokio::time::timeout(at_most, done).await;
        starting(&self.catalog(), servers)
    }

    /// Ends all servers: their input is closed, and what is left after `grace` is killed.
    pub async fn shutdown(&self, grace: Duration) {
        for session in &self.0.sessions {
            session.set_grace(grace);
        }
        self.0.stop.cancel();
        self.0.tasks.close();
        let at_most = grace.saturating_add(Duration::from_secs(2));
        if tokio::time::timeout(at_most, self.0.tasks.wait())
            .await
            .is_err()
        {
            let abandoned = self.0.tasks.len();
            tracing::warn!(target: "downstream", abandoned, "tasks of servers did not end in time");
        }
    }
}

impl fmt::Debug for Downstreams {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Downstreams")
            .field("servers", &self.0.sessions.len())
            .finish_non_exhaustive()
    }
}

fn starting(catalog: &Catalog, servers: Option<&[String]>) -> Vec<String> {
    catalog
        .servers()
        .iter()
        .filter(|server| server.state == ServerState::Starting)
        .filter(|server| {
            servers.is_none_or(|wanted| {
                wanted
                    .iter()
                    .any(|name| *name == server.name || *name == server.ident)
            })
        })
        .map(|server| server.name.clone())
        .collect()
}

fn first_listing(server: &DownstreamServer) -> ServerListing {
    ServerListing {
        name: server.name.clone(),
        state: server.off().unwrap_or(ServerState::Starting),
        instructions: None,
        tools: Vec::new(),
    }
}
