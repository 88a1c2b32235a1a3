//! rmcp's transport over a server's input and output, with our own reading in front.
//!
//! Owns which requests are outstanding, so that every answer is given to the one it belongs to,
//! once, and anything else is logged and dropped. Requests of the server are answered here: we
//! declare no capabilities, so everything but a ping is refused. Start at [`WireEnd::receive_next`].

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

use rmcp::model::{
    ClientNotification, ClientRequest, ErrorCode, ErrorData, GetMeta, JsonRpcMessage, RequestId,
    ServerJsonRpcMessage, ServerNotification, ServerResult,
};
use rmcp::service::{RoleClient, RxJsonRpcMessage, TxJsonRpcMessage};
use rmcp::transport::Transport;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use super::answer::{Answer, Refusal, into_stand_in};
use super::line::{Line, LineReader};
use super::message::{self, Message, Payload, RpcError, Unreadable};
use super::noise::Noise;
use super::writer::{Writer, WriterError};

/// What a server writes.
pub(super) type Output = Box<dyn AsyncRead + Send + Unpin>;
/// What a server reads.
pub(super) type Input = Box<dyn AsyncWrite + Send + Unpin>;

/// How the answer to an outstanding request is decoded.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Expected {
    /// Not at all: its text goes to the caller.
    Raw,
    Initialize,
    /// By rmcp.
    Typed,
}

/// One connection, kept while rmcp's transports over it come and go.
pub(super) struct Wire {
    shared: Arc<Shared>,
    /// `None` while a [`WireEnd`] has it.
    reading: Arc<Mutex<Option<Reading>>>,
}

/// rmcp's transport over a connection, of which there is one at a time: it alone reads, and gives
/// back what it has read and not delivered.
pub(super) struct WireEnd {
    shared: Arc<Shared>,
    reading: Option<Reading>,
    give_back: Arc<Mutex<Option<Reading>>>,
}

struct Shared {
    server: Arc<str>,
    line_limit: usize,
    outstanding: Mutex<HashMap<i64, Expected>>,
    writer: Writer,
    /// Cancelled when nothing more can come or go.
    closed: CancellationToken,
    tools_changed: Arc<Notify>,
}

struct Reading {
    lines: LineReader<Output>,
    ready: VecDeque<ServerJsonRpcMessage>,
    noise: Noise,
}

impl Wire {
    pub(super) fn new(
        server: Arc<str>,
        output: Output,
        writer: Writer,
        line_limit: usize,
        closed: CancellationToken,
        tools_changed: Arc<Notify>,
    ) -> Wire {
        let reading = Reading {
            lines: LineReader::new(output, line_limit),
            ready: VecDeque::new(),
            noise: Noise::new(server.clone()),
        };
        let shared = Shared {
            server,
            line_limit,
            outstanding: Mutex::default(),
            writer,
            closed,
            tools_changed,
        };
        Wire {
            shared: Arc::new(shared),
            reading: Arc::new(Mutex::new(Some(reading))),
        }
    }

    /// A transport for rmcp.
    pub(super) fn transport(&self) -> WireEnd {
        let mut reading = self.reading.lock().unwrap_or_else(PoisonError::into_inner);
        WireEnd {
            shared: self.shared.clone(),
            reading: reading.take(),
            give_back: self.reading.clone(),
        }
    }
}

impl Drop for WireEnd {
    fn drop(&mut self) {
        let reading = self.reading.take();
        *self
            .give_back
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = reading;
    }
}

impl WireEnd {
    /// The next message for rmcp, or `None` once the connection is over.
    async fn receive_next(&mut self) -> Option<ServerJsonRpcMessage> {
        let Reading {
            lines,
            ready,
            noise,
        } = self.reading.as_mut()?;
        loop {
            if let Some(message) = ready.pop_front() {
                return Some(message);
            }
            let line = tokio::select! {
                biased;
                line = lines.next() => line,
                () = self.shared.closed.cancelled() => return None,
            };
            match line {
                Ok(Some(Line::Whole(bytes))) => self.shared.take_line(&bytes, ready, noise),
                Ok(Some(Line::TooLong { start, end, length })) => {
                    self.shared
                        .take_long_line(&start, &end, length, ready, noise);
                }
                Ok(None) => return None,
                Err(error) => {
                    tracing::debug!(target: "downstream", server = %self.shared.server, %error, "reading failed");
                    return None;
                }
            }
        }
    }
}

impl Shared {
    fn take_line(
        &self,
        bytes: &[u8],
        ready: &mut VecDeque<ServerJsonRpcMessage>,
        noise: &mut Noise,
    ) {
        let line = String::from_utf8_lossy(bytes);
        for message in message::read(&line) {
            match message {
                Ok(Message::Response { id, payload }) => match self.take_outstanding(id) {
                    Some(expected) => ready.push_back(decode(id, expected, payload)),
                    None => noise.report("it answers no request of ours", bytes.len() as u64),
                },
                Ok(Message::Request { id, method }) => self.refuse(id.get(), &method, noise),
                Ok(Message::Notification { method, text }) => self.notified(&method, text, ready),
                Ok(Message::LooseError(error)) => self.loose_error(error, ready, noise),
                Err(Unreadable { id, why }) => {
                    match id.and_then(|id| Some((id, self.take_outstanding(id)?))) {
                        Some((id, expected)) => {
                            let refusal = Refusal::Unreadable {
                                why: why.to_owned(),
                            };
                            ready.push_back(refuse_to_caller(id, expected, refusal));
                        }
                        None => noise.report(why, bytes.len() as u64),
                    }
                }
            }
        }
    }

    fn take_long_line(
        &self,
        start: &[u8],
        end: &[u8],
        bytes: u64,
        ready: &mut VecDeque<ServerJsonRpcMessage>,
        noise: &mut Noise,
    ) {
        let (start, end) = (String::from_utf8_lossy(start), String::from_utf8_lossy(end));
        match message::find_id(&start, &end).and_then(|id| Some((id, self.take_outstanding(id)?))) {
            Some((id, expected)) => {
                let refusal = Refusal::TooLarge {
                    bytes,
                    allowed: self.line_limit as u64,
                };
                ready.push_back(refuse_to_caller(id, expected, refusal));
            }
            None => noise.report("it is over the limit and answers no request of ours", bytes),
        }
    }

    /// An error without an id can only be meant for the one request there is.
    fn loose_error(
        &self,
        error: RpcError,
        ready: &mut VecDeque<ServerJsonRpcMessage>,
        noise: &mut Noise,
    ) {
        let only = {
            let outstanding = self.outstanding();
            let mut ids = outstanding.keys();
            ids.next().copied().filter(|_| ids.next().is_none())
        };
        match only.and_then(|id| Some((id, self.take_outstanding(id)?))) {
            Some((id, expected)) => ready.push_back(decode(id, expected, Payload::Error(error))),
            None => noise.report("it is an error without an `id`", 0),
        }
    }

    fn refuse(&self, id: &str, method: &str, noise: &mut Noise) {
        let answer = if method == "ping" {
            format!("{{\"jsonrpc\":\"2.0\",\"id\":{id},\"result\":{{}}}}")
        } else {
            tracing::debug!(target: "downstream", server = %self.server, "refused a request of the server");
            format!(
                "{{\"jsonrpc\":\"2.0\",\"id\":{id},\"error\":{{\"code\":-32601,\"message\":\"method not found\"}}}}"
            )
        };
        if self.writer.push(answer.into_bytes()).is_err() {
            noise.report("its request could not be answered", 0);
        }
    }

    fn notified(&self, method: &str, text: &str, ready: &mut VecDeque<ServerJsonRpcMessage>) {
        match method {
            "notifications/tools/list_changed" => self.tools_changed.notify_one(),
            // The two that rmcp needs for a `subscriptions/listen` stream.
            "notifications/subscriptions/acknowledged" | "notifications/cancelled" => {
                if let Ok(message @ JsonRpcMessage::Notification(_)) =
                    serde_json::from_str::<RxJsonRpcMessage<RoleClient>>(text)
                    && is_for_subscriptions(&message)
                {
                    ready.push_back(message);
                }
            }
            _ => {}
        }
    }

    fn outstanding(&self) -> std::sync::MutexGuard<'_, HashMap<i64, Expected>> {
        self.outstanding
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    fn take_outstanding(&self, id: i64) -> Option<Expected> {
        self.outstanding().remove(&id)
    }

    /// Notes what a message that is about to be sent does to the outstanding requests.
    fn note(&self, message: &mut TxJsonRpcMessage<RoleClient>) {
        match message {
            JsonRpcMessage::Request(request) => {
                let RequestId::Number(id) = request.id else {
                    return;
                };
                let expected = match &request.request {
                    ClientRequest::CallToolRequest(_) | ClientRequest::ListToolsRequest(_) => {
                        Expected::Raw
                    }
                    ClientRequest::InitializeRequest(_) => Expected::Initialize,
                    _ => Expected::Typed,
                };
                // Nobody listens for progress, so no server needs to report any.
                request.request.get_meta_mut().shift_remove("progressToken");
                self.outstanding().insert(id, expected);
            }
            JsonRpcMessage::Notification(notification) => {
                if let ClientNotification::CancelledNotification(cancelled) =
                    &notification.notification
                    && let Some(RequestId::Number(id)) = cancelled.params.request_id
                {
                    self.outstanding().remove(&id);
                }
            }
            JsonRpcMessage::Response(_) | JsonRpcMessage::Error(_) => {}
        }
    }
}

fn is_for_subscriptions(message: &ServerJsonRpcMessage) -> bool {
    matches!(message, JsonRpcMessage::Notification(notification) if matches!(
        notification.notification,
        ServerNotification::SubscriptionsAcknowledgedNotification(_) | ServerNotification::CancelledNotification(_)
    ))
}

fn decode(id: i64, expected: Expected, payload: Payload<'_>) -> ServerJsonRpcMessage {
    let refusal = match (expected, payload) {
        (Expected::Raw, Payload::Result(text)) => return answer(id, Ok(text.to_owned())),
        (Expected::Initialize, Payload::Result(text)) => {
            match super::handshake::read_initialize(text) {
                Some(result) => return response(id, ServerResult::InitializeResult(result)),
                None => Refusal::Unreadable {
                    why: "its answer to `initialize` is malformed".to_owned(),
                },
            }
        }
        (Expected::Typed, Payload::Result(text)) => {
            match serde_json::from_str::<ServerResult>(text) {
                Ok(result) => return response(id, result),
                Err(_) => Refusal::Unreadable {
                    why: "its answer is malformed".to_owned(),
                },
            }
        }
        (
            _,
            Payload::Error(RpcError {
                code,
                message,
                data,
            }),
        ) => Refusal::Error {
            code,
            message,
            data,
        },
        (_, Payload::Unreadable(why)) => Refusal::Unreadable {
            why: why.to_owned(),
        },
    };
    refuse_to_caller(id, expected, refusal)
}

fn refuse_to_caller(id: i64, expected: Expected, refusal: Refusal) -> ServerJsonRpcMessage {
    if expected == Expected::Raw {
        return answer(id, Err(refusal));
    }
    let error = match refusal {
        Refusal::Error {
            code,
            message,
            data,
        } => ErrorData::new(
            ErrorCode(code),
            message,
            data.and_then(|data| serde_json::from_str(&data).ok()),
        ),
        Refusal::TooLarge { bytes, allowed } => ErrorData::internal_error(
            format!("the answer has {bytes} bytes, {allowed} are allowed"),
            None,
        ),
        Refusal::Unreadable { why } => ErrorData::internal_error(why, None),
    };
    JsonRpcMessage::error(error, Some(RequestId::Number(id)))
}

fn answer(id: i64, answer: Answer) -> ServerJsonRpcMessage {
    response(id, into_stand_in(answer))
}

fn response(id: i64, result: ServerResult) -> ServerJsonRpcMessage {
    JsonRpcMessage::response(result, RequestId::Number(id))
}

impl Transport<RoleClient> for WireEnd {
    type Error = WriterError;

    fn send(
        &mut self,
        mut item: TxJsonRpcMessage<RoleClient>,
    ) -> impl Future<Output = Result<(), WriterError>> + Send + 'static {
        // Queued before the future is polled: rmcp polls these in any order, and a cancellation
        // must not overtake its request.
        self.shared.note(&mut item);
        let queued = match serde_json::to_vec(&item) {
            Ok(line) => self.shared.writer.push(line),
            Err(_) => Err(WriterError::Unwritable),
        };
        if queued.is_err()
            && let JsonRpcMessage::Request(request) = &item
            && let RequestId::Number(id) = request.id
        {
            self.shared.take_outstanding(id);
        }
        std::future::ready(queued)
    }

    async fn receive(&mut self) -> Option<ServerJsonRpcMessage> {
        self.receive_next().await
    }

    async fn close(&mut self) -> Result<(), WriterError> {
        self.shared.writer.hang_up();
        Ok(())
    }
}
