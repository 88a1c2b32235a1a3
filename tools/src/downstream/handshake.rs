//! Opens a connection in the era the server speaks.
//!
//! Owns the order in which the eras are tried and what is read from the answers. `initialize` comes
//! first: every server up to 2025-11-25 and every one of both eras answers it at once, whereas some
//! ignore or die from a `server/discover` they do not know. A server of 2026-07-28 alone refuses
//! `initialize` at once and is then asked by `server/discover` on the same connection. Start at
//! [`open`].

use std::time::Duration;

use rmcp::ClientHandler;
use rmcp::model::{
    ClientCapabilities, ClientConfig, Implementation, InitializeResult, ProtocolVersion,
    ServerCapabilities,
};
use rmcp::service::{
    ClientInitializeError, ClientLifecycleMode, RoleClient, RunningService,
    serve_client_with_lifecycle_and_ct,
};
use tokio_util::sync::CancellationToken;

use super::message::shortened;
use super::wire::Wire;
use crate::raw_object::RawObject;

/// How long a server that has refused one era may be silent in the other.
const GUESS: Duration = Duration::from_secs(10);

/// Which of the two lifecycles a server speaks. Remembered from one start to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Era {
    /// `initialize`, up to 2025-11-25.
    Legacy,
    /// `server/discover`, from 2026-07-28.
    Modern,
}

/// An open connection.
pub(super) type Running = RunningService<RoleClient, Client>;

/// Why a connection could not be opened.
#[derive(Debug, thiserror::Error)]
pub(super) enum HandshakeError {
    #[error("it closed the connection before it was open")]
    Closed,
    #[error("it refused to open a session: {0}")]
    Refused(String),
    #[error("its answers do not follow the protocol")]
    Protocol,
}

/// What we tell servers about ourselves: a name, and no capabilities.
#[derive(Debug, Clone)]
pub(super) struct Client {
    pub(super) name: String,
    pub(super) version: String,
}

impl ClientHandler for Client {
    fn get_info(&self) -> ClientConfig {
        ClientConfig::new(
            ClientCapabilities::default(),
            Implementation::new(self.name.clone(), self.version.clone()),
        )
        .with_protocol_version(ProtocolVersion::LATEST_WITH_INITIALIZE)
    }
}

/// Opens the connection, in the era known from before or in whichever the server takes.
pub(super) async fn open(
    client: &Client,
    wire: &Wire,
    known: Option<Era>,
    stop: &CancellationToken,
) -> Result<(Running, Era), HandshakeError> {
    let first = known.unwrap_or(Era::Legacy);
    let refused = match open_in(client, wire, first, stop).await {
        Ok(running) => return Ok((running, first)),
        Err(error @ HandshakeError::Refused(_)) => error,
        Err(error) => return Err(error),
    };
    let second = match first {
        Era::Legacy => Era::Modern,
        Era::Modern => Era::Legacy,
    };
    match tokio::time::timeout(GUESS, open_in(client, wire, second, stop)).await {
        Ok(Ok(running)) => Ok((running, second)),
        // What it does in an era that was only a guess explains nothing.
        _ => Err(refused),
    }
}

async fn open_in(
    client: &Client,
    wire: &Wire,
    era: Era,
    stop: &CancellationToken,
) -> Result<Running, HandshakeError> {
    let lifecycle = match era {
        Era::Legacy => ClientLifecycleMode::Initialize,
        Era::Modern => ClientLifecycleMode::Discover {
            preferred_versions: vec![ProtocolVersion::V_2026_07_28],
        },
    };
    serve_client_with_lifecycle_and_ct(
        client.clone(),
        wire.transport(),
        lifecycle,
        stop.child_token(),
    )
    .await
    .map_err(|error| match error {
        ClientInitializeError::JsonRpcError(error) => HandshakeError::Refused(format!(
            "{} (error {})",
            shortened(&error.message, 500),
            error.code.0
        )),
        ClientInitializeError::ConnectionClosed(_)
        | ClientInitializeError::TransportError { .. }
        | ClientInitializeError::Cancelled => HandshakeError::Closed,
        ClientInitializeError::NoCompatibleProtocolVersion { .. } => {
            HandshakeError::Refused("it speaks no protocol version known here".to_owned())
        }
        _ => HandshakeError::Protocol,
    })
}

/// Reads the answer to `initialize`; what is malformed but not needed is replaced.
pub(super) fn read_initialize(json: &str) -> Option<InitializeResult> {
    let members = RawObject::read(json)?;
    let version = members.decode::<ProtocolVersion>("protocolVersion")?;
    let capabilities = members.decode::<ServerCapabilities>("capabilities");
    let capabilities = capabilities.unwrap_or_default();
    let server_info = members
        .decode("serverInfo")
        .unwrap_or_else(|| Implementation::new("unknown", "unknown"));
    let result = InitializeResult::new(capabilities)
        .with_protocol_version(version)
        .with_server_info(server_info);
    Some(match members.decode::<String>("instructions") {
        Some(instructions) => result.with_instructions(instructions),
        None => result,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_to_initialize_needs_no_more_than_a_version() {
        let result = read_initialize(
            r#"{"protocolVersion":"2025-06-18","capabilities":{"tools":{"listChanged":true},"x":[1e400]},
                "serverInfo":{"name":"a"},"instructions":"use it"}"#,
        )
        .unwrap();
        assert_eq!(result.protocol_version, ProtocolVersion::V_2025_06_18);
        assert_eq!(result.instructions.as_deref(), Some("use it"));
        assert!(read_initialize(r#"{"protocolVersion":"2024-11-05","capabilities":7}"#).is_some());
        assert!(read_initialize("{}").is_none());
        assert!(read_initialize("[]").is_none());
    }
}
