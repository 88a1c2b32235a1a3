//! The client's two streams as a transport: a line is a message, every request
//! is answered, and the end of either stream is noticed at once.
//!
//! It stands in for rmcp's own, which drops lines that it cannot read and so
//! leaves the client waiting.

use std::io;

use rmcp::RoleServer;
use rmcp::service::{RxJsonRpcMessage, TxJsonRpcMessage};
use rmcp::transport::Transport;
use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt};
use tokio::sync::{mpsc, oneshot};
use tokio_util::sync::CancellationToken;

use super::lines::{Line, Lines};
use super::unreadable;

/// The longest request; a script has 256 KiB, arguments 1 MiB.
const MAX_LINE_BYTES: usize = 16 << 20;
/// Messages that wait to be written.
const OUTBOX: usize = 64;

/// One message on its way out.
struct Outgoing {
    line: Vec<u8>,
    written: Option<oneshot::Sender<io::Result<()>>>,
}

/// A transport of one JSON-RPC message a line.
pub(super) struct LineTransport<R> {
    lines: Lines<R>,
    outbox: Option<mpsc::Sender<Outgoing>>,
    /// An answer to a line that could not be read, until there is room for it.
    reply: Option<Vec<u8>>,
    closed: CancellationToken,
}

impl<R: AsyncRead + Unpin> LineTransport<R> {
    /// Cancels `closed` when the client closes its end or nothing more can be
    /// written to it.
    pub(super) fn new<W>(read: R, write: W, closed: CancellationToken) -> Self
    where
        W: AsyncWrite + Send + Unpin + 'static,
    {
        let (outbox, queue) = mpsc::channel(OUTBOX);
        // Ends when the transport and all sends under way are gone.
        tokio::spawn(write_all(write, queue, closed.clone()));
        let lines = Lines::new(read, MAX_LINE_BYTES);
        Self {
            lines,
            outbox: Some(outbox),
            reply: None,
            closed,
        }
    }

    fn message(&mut self, line: Line) -> Option<RxJsonRpcMessage<RoleServer>> {
        let bytes = match line {
            Line::Whole(bytes) if bytes.is_empty() => return None,
            Line::Whole(bytes) => bytes,
            Line::TooLong { start, end } => {
                tracing::warn!("a request is longer than {MAX_LINE_BYTES} bytes");
                self.reply = unreadable::answer_to_ends(&start, &end, MAX_LINE_BYTES);
                return None;
            }
        };
        let error = match serde_json::from_slice(&bytes) {
            Ok(message) => return Some(message),
            Err(error) => error,
        };
        let line = String::from_utf8_lossy(&bytes);
        let line = line.strip_prefix('\u{feff}').unwrap_or(&line);
        let mended = unreadable::mended(line);
        let line = mended.as_deref().unwrap_or(line);
        if let Ok(message) = serde_json::from_str(line) {
            return Some(message);
        }
        tracing::warn!(bytes = line.len(), "a line of the client cannot be read");
        self.reply = unreadable::answer(line, &reason(line, &error));
        None
    }
}

/// What is wrong with a line; an untyped reading says it better.
fn reason(line: &str, error: &serde_json::Error) -> String {
    match serde_json::from_str::<serde_json::Value>(line) {
        Err(error) => error.to_string(),
        Ok(_) => error.to_string(),
    }
}

async fn write_all<W>(mut write: W, mut queue: mpsc::Receiver<Outgoing>, closed: CancellationToken)
where
    W: AsyncWrite + Unpin,
{
    while let Some(Outgoing { line, written }) = queue.recv().await {
        let mut result = write.write_all(&line).await;
        if result.is_ok() {
            result = write.flush().await;
        }
        let failed = result.is_err();
        if let Some(written) = written {
            // Nobody may be waiting for this any more.
            let _ = written.send(result);
        }
        if failed {
            closed.cancel();
            return;
        }
    }
}

fn gone() -> io::Error {
    io::Error::new(io::ErrorKind::BrokenPipe, "the client is gone")
}

impl<R: AsyncRead + Send + Unpin> Transport<RoleServer> for LineTransport<R> {
    type Error = io::Error;

    fn send(
        &mut self,
        message: TxJsonRpcMessage<RoleServer>,
    ) -> impl Future<Output = Result<(), io::Error>> + Send + 'static {
        let outbox = self.outbox.clone();
        async move {
            let mut line = serde_json::to_vec(&message)?;
            line.push(b'\n');
            let (written, done) = oneshot::channel();
            let outgoing = Outgoing {
                line,
                written: Some(written),
            };
            outbox
                .ok_or_else(gone)?
                .send(outgoing)
                .await
                .map_err(|_| gone())?;
            done.await.map_err(|_| gone())?
        }
    }

    /// # Cancel safety
    /// Neither a line nor a reply is lost.
    async fn receive(&mut self) -> Option<RxJsonRpcMessage<RoleServer>> {
        loop {
            if self.reply.is_some() {
                let room = self.outbox.as_ref()?.reserve().await.ok()?;
                if let Some(line) = self.reply.take() {
                    room.send(Outgoing {
                        line,
                        written: None,
                    });
                }
            }
            let next = tokio::select! {
                next = self.lines.next() => next,
                () = self.closed.cancelled() => Ok(None),
            };
            let Ok(Some(line)) = next else {
                self.closed.cancel();
                return None;
            };
            if let Some(message) = self.message(line) {
                return Some(message);
            }
        }
    }

    async fn close(&mut self) -> Result<(), io::Error> {
        self.outbox = None;
        Ok(())
    }
}
