//! Writes lines to a server in the order they were queued.
//!
//! Owns the bounds on what a server may leave unread: the queue is limited in bytes, and a write
//! that makes no headway ends the connection. Must not know what the lines say. Start at
//! [`Writer::start`].

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::io::AsyncWriteExt;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::wire::Input;

/// How many lines may wait.
const QUEUED_LINES: usize = 1024;
/// How many bytes may wait; a line is taken whatever its size while none does.
const QUEUED_BYTES: usize = 16 * 1024 * 1024;
/// How long a server may leave its input unread while something waits.
const STALLED: Duration = Duration::from_mins(1);

/// Why a line is not sent.
#[derive(Debug, thiserror::Error)]
pub(super) enum WriterError {
    #[error("it does not read its input")]
    Full,
    #[error("its connection is closed")]
    Closed,
    #[error("the message cannot be written as JSON")]
    Unwritable,
}

/// The queue to one server's input.
#[derive(Clone)]
pub(super) struct Writer {
    queue: mpsc::Sender<Vec<u8>>,
    waiting: Arc<AtomicUsize>,
    hang_up: CancellationToken,
}

impl Writer {
    /// Starts writing to `input`; `closed` is cancelled when that is no longer possible.
    pub(super) fn start(input: Input, closed: CancellationToken, tasks: &TaskTracker) -> Writer {
        let (queue, lines) = mpsc::channel(QUEUED_LINES);
        let writer = Writer {
            queue,
            waiting: Arc::new(AtomicUsize::new(0)),
            hang_up: CancellationToken::new(),
        };
        tasks.spawn(write(
            input,
            lines,
            writer.waiting.clone(),
            writer.hang_up.clone(),
            closed,
        ));
        writer
    }

    /// Queues a line, without its end.
    pub(super) fn push(&self, mut line: Vec<u8>) -> Result<(), WriterError> {
        line.push(b'\n');
        let bytes = line.len();
        let before = self.waiting.fetch_add(bytes, Ordering::Relaxed);
        let queued = if before > 0 && before + bytes > QUEUED_BYTES {
            Err(WriterError::Full)
        } else {
            self.queue.try_send(line).map_err(|error| match error {
                mpsc::error::TrySendError::Full(_) => WriterError::Full,
                mpsc::error::TrySendError::Closed(_) => WriterError::Closed,
            })
        };
        if queued.is_err() {
            self.waiting.fetch_sub(bytes, Ordering::Relaxed);
        }
        queued
    }

    /// Closes the server's input once the queue is written.
    pub(super) fn hang_up(&self) {
        self.hang_up.cancel();
    }
}

async fn write(
    mut input: Input,
    mut lines: mpsc::Receiver<Vec<u8>>,
    waiting: Arc<AtomicUsize>,
    hang_up: CancellationToken,
    closed: CancellationToken,
) {
    loop {
        let line = tokio::select! {
            biased;
            line = lines.recv() => line,
            () = hang_up.cancelled(), if !lines.is_closed() => {
                lines.close();
                continue;
            }
        };
        let Some(line) = line else { break };
        let written = async {
            input.write_all(&line).await?;
            input.flush().await
        };
        let written = tokio::time::timeout(STALLED, written).await;
        waiting.fetch_sub(line.len(), Ordering::Relaxed);
        if !matches!(written, Ok(Ok(()))) {
            closed.cancel();
            break;
        }
    }
    let _ = input.shutdown().await;
}
