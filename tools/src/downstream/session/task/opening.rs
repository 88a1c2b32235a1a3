//! The beginning of a server's life: its process or pipe, the session over it, its tools. Start at
//! [`Task::connect`], then [`Task::open`].

use std::sync::Arc;

use rmcp::service::{Peer, RoleClient};
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use super::{Ended, Task};
use crate::definition::ToolDefinition;
use crate::downstream::ServerSource;
use crate::downstream::handshake::{self, Client, Era, HandshakeError, Running};
use crate::downstream::listing::{self, ListError};
use crate::downstream::process::Process;
use crate::downstream::wire::{Input, Output, Wire};
use crate::downstream::writer::Writer;

/// Room for the envelope around the largest result.
const ENVELOPE: usize = 64 * 1024;

/// A server that has just been started.
pub(super) struct Connection {
    pub(super) input: Input,
    pub(super) output: Output,
    pub(super) process: Option<Process>,
}

/// A server that is ready to be called.
pub(super) struct Opened {
    pub(super) running: Running,
    pub(super) era: Era,
    pub(super) tools: Vec<ToolDefinition>,
}

impl Task {
    pub(super) fn connect(&self) -> Result<Connection, Ended> {
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
                let tasks = &self.environment.tasks;
                let (process, input, output) = Process::spawn(&self.name, &resolved, tasks)
                    .map_err(|error| {
                        // As configured: a variable's value may be a secret.
                        let program = self.server.config.command.as_deref().unwrap_or_default();
                        Ended::Died(format!("`{program}` cannot be started: {error}"))
                    })?;
                Ok(Connection {
                    input,
                    output,
                    process: Some(process),
                })
            }
        }
    }

    pub(super) fn wire(
        &self,
        output: Output,
        writer: Writer,
        closed: &CancellationToken,
        tools_changed: Arc<Notify>,
    ) -> Wire {
        let largest = self.environment.options.max_result_bytes;
        Wire::new(
            self.name.clone(),
            output,
            writer,
            largest.saturating_add(ENVELOPE),
            closed.clone(),
            tools_changed,
        )
    }

    /// Opens the session and lists the tools.
    pub(super) async fn open(
        &self,
        wire: &Wire,
        life: &CancellationToken,
    ) -> Result<Opened, Ended> {
        let options = &self.environment.options;
        let client = Client {
            name: options.client_name.clone(),
            version: options.client_version.clone(),
        };
        let (running, era) = handshake::open(&client, wire, self.era, life)
            .await
            .map_err(|error| match error {
                HandshakeError::Closed => Ended::Gone,
                error => Ended::Died(error.to_string()),
            })?;
        let tools = self
            .list(running.peer())
            .await
            .map_err(|error| match error {
                ListError::Closed => Ended::Gone,
                error => Ended::Died(error.to_string()),
            })?;
        Ok(Opened {
            running,
            era,
            tools,
        })
    }

    pub(super) fn list(
        &self,
        peer: &Peer<RoleClient>,
    ) -> impl Future<Output = Result<Vec<ToolDefinition>, ListError>> + use<> {
        let declared = peer
            .peer_info()
            .is_some_and(|info| info.capabilities.tools.is_some());
        let (peer, name, config) = (peer.clone(), self.name.clone(), self.server.config.clone());
        async move { listing::list(&peer, &name, &config, declared).await }
    }
}
