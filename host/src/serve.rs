//! The MCP server that a client sees: one connection over any pair of streams.
//!
//! Start at [`serve_on`]. `handler` speaks the protocol, `definitions` says
//! what the four tools are, `tools` does what they promise and knows nothing of
//! the protocol.

mod arguments;
mod definitions;
mod handler;
mod lines;
mod meant;
mod progress;
mod tools;
mod transport;
mod unreadable;

#[cfg(test)]
mod tests;

use std::pin::pin;
use std::time::Duration;

use rmcp::ServiceExt;
use rmcp::service::{QuitReason, ServerInitializeError};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

pub use self::definitions::{Surface, instructions_and_tools};
use self::handler::Connection;
pub(crate) use self::meant::unknown_server;
pub use self::tools::{
    Asker, DescribeArguments, ExecuteCodeArguments, ExecuteToolArguments, Patience,
    SearchArguments, describe_tools, execute_code, execute_tool, search_tools,
};
use self::transport::LineTransport;
use crate::app::App;

/// What is still running when the client closes its end has this long to end
/// by itself; a client that pipes requests in gets its quick answers.
const EOF_GRACE: Duration = Duration::from_secs(1);

/// Why a connection failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ServeError {
    /// The first message was neither `initialize` nor a request of the
    /// stateless protocol.
    #[error("the client did not open the connection as MCP asks")]
    NotMcp,
    /// The answer could not be written.
    #[error("the client went away while the connection was opened")]
    Disconnected,
    /// A fault of ours.
    #[error("the connection's task failed")]
    Internal,
}

/// Serves one client until it closes its end or `stop` is cancelled, then
/// cancels what it still runs. The downstream servers stay up.
///
/// # Errors
/// [`ServeError`] when the connection could not be opened.
pub async fn serve_on<R, W>(
    app: App,
    read: R,
    write: W,
    stop: CancellationToken,
) -> Result<(), ServeError>
where
    R: AsyncRead + Send + Unpin + 'static,
    W: AsyncWrite + Send + Unpin + 'static,
{
    let runs = CancellationToken::new();
    let _cancelled_at_the_end = runs.clone().drop_guard();
    let closed = CancellationToken::new();
    let connection = Connection::new(app, runs.clone());
    let transport = LineTransport::new(read, write, closed.clone());
    let service = match connection
        .serve_with_ct(transport, stop.child_token())
        .await
    {
        Ok(service) => service,
        Err(ServerInitializeError::ConnectionClosed(_) | ServerInitializeError::Cancelled) => {
            return Ok(());
        }
        Err(ServerInitializeError::TransportError { .. }) => return Err(ServeError::Disconnected),
        Err(_) => return Err(ServeError::NotMcp),
    };
    let mut waiting = pin!(service.waiting());
    let reason = tokio::select! {
        reason = &mut waiting => reason,
        () = stop.cancelled() => {
            runs.cancel();
            waiting.await
        }
        () = closed.cancelled() => {
            if let Ok(reason) = timeout(EOF_GRACE, &mut waiting).await {
                reason
            } else {
                runs.cancel();
                waiting.await
            }
        }
    };
    match reason {
        Ok(QuitReason::Closed | QuitReason::Cancelled) => Ok(()),
        _ => Err(ServeError::Internal),
    }
}
