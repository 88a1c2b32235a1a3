//! The one gate that every call passes.
//!
//! Owns the order of its checks: name, arguments, room in the server, the server itself, time,
//! answer, size. A call that is no longer wanted is a dropped future, and the server is told. Must
//! not know who calls. Start at [`Downstreams::call`].

use std::sync::Arc;
use std::time::Duration;

use rmcp::model::{
    CallToolRequest, CallToolRequestParams, ClientRequest, JsonObject, ServerResult,
};
use rmcp::service::{PeerRequestOptions, RequestHandle, RoleClient, ServiceError};
use serde::Deserialize;
use serde_json::Value;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::answer::{Answer, Refusal, from_stand_in};
use super::message::shortened;
use super::session::{Link, Session, Unreachable};
use super::{CallError, CallErrorCode, Downstreams};
use crate::arguments::check_arguments;
use crate::catalog::{Catalog, NotFound, NotFoundKind, ServerState};
use crate::result::{ResultError, unwrap_result};

/// Work on more JSON text than this is moved off the async threads.
const BIG: usize = 512 * 1024;
/// The most of a server's own message in an error.
const LONGEST_MESSAGE: usize = 4000;

/// One call of one tool.
#[derive(Debug, Clone)]
pub struct CallRequest {
    /// The server's name or identifier.
    pub server: String,
    /// The tool's name or identifier.
    pub tool: String,
    /// JSON text of an object; empty for no arguments.
    pub arguments: String,
    /// The limit on this call, instead of the server's.
    pub timeout: Option<Duration>,
    /// Cancelled when the answer is no longer wanted.
    pub cancel: CancellationToken,
    /// The largest value this call may give, as JSON text.
    pub max_result_bytes: usize,
}

/// What a call gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallOutput {
    /// The unwrapped value, as JSON text.
    pub value: String,
    /// From the call's arrival to its value, with waiting for room in the server.
    pub duration: Duration,
}

/// A failure, before it knows the names it is about.
struct Failure {
    code: CallErrorCode,
    message: String,
    content: Option<String>,
    retryable: bool,
}

impl Failure {
    fn new(code: CallErrorCode, message: impl Into<String>) -> Self {
        Failure {
            code,
            message: message.into(),
            content: None,
            retryable: false,
        }
    }

    fn retryable(self, retryable: bool) -> Self {
        Failure { retryable, ..self }
    }
}

/// A call whose names and arguments are in order.
struct Prepared {
    session: Arc<Session>,
    tool: String,
    arguments: JsonObject,
    /// Whether the tool says that doing it twice does no harm.
    repeatable: bool,
}

impl Downstreams {
    /// Calls a tool, checking everything that can be checked before anything is sent.
    ///
    /// # Errors
    /// [`CallError`], whose code says what went wrong and whether to try again.
    ///
    /// # Cancel safety
    /// When the future is dropped or `cancel` is cancelled, a call under way is cancelled in the
    /// server; it may have happened.
    pub async fn call(&self, request: CallRequest) -> Result<CallOutput, CallError> {
        let began = Instant::now();
        let (server, tool) = (request.server.clone(), request.tool.clone());
        let cancel = request.cancel.clone();
        let outcome = tokio::select! {
            biased;
            () = cancel.cancelled() => Err(Failure::new(CallErrorCode::Cancelled, "the call was cancelled")),
            outcome = self.pass(request) => outcome,
        };
        match outcome {
            Ok(value) => Ok(CallOutput {
                value,
                duration: began.elapsed(),
            }),
            Err(Failure {
                code,
                message,
                content,
                retryable,
            }) => {
                tracing::debug!(target: "downstream", server, tool, %code, "a call failed");
                Err(CallError {
                    server,
                    tool,
                    code,
                    message,
                    content,
                    retryable,
                })
            }
        }
    }

    async fn pass(&self, request: CallRequest) -> Result<String, Failure> {
        let CallRequest {
            server,
            tool,
            arguments,
            timeout,
            max_result_bytes,
            cancel: _,
        } = request;
        let allowed = self.0.options.max_argument_bytes;
        if arguments.len() > allowed {
            let bytes = arguments.len();
            return Err(Failure::new(
                CallErrorCode::ArgumentTooLarge,
                format!("the arguments have {bytes} bytes, {allowed} are allowed"),
            ));
        }
        let catalog = self.catalog_with(&server, &tool).await?;
        let Prepared {
            session,
            tool: name,
            arguments,
            repeatable,
        } = self
            .prepare(catalog, server.clone(), tool, arguments)
            .await?;

        // Waiting for room is not counted: the time limit is on the server, not on its queue.
        let _permit = session
            .permits
            .acquire()
            .await
            .map_err(|_| shutting_down())?;
        let link = session
            .ready()
            .await
            .map_err(|unreachable| unavailable(&server, unreachable))?;
        let limit = timeout.unwrap_or(session.call_timeout);
        let sent = Sent {
            server: &server,
            tool: &name,
            repeatable,
            limit,
        };
        let answer = sent.send(arguments, &session, &link, &self.0.tasks).await?;
        sent.unwrap(answer, max_result_bytes).await
    }

    /// The catalog in which the tool is to be looked up: with the server's tools, if it has any.
    async fn catalog_with(&self, server: &str, tool: &str) -> Result<Arc<Catalog>, Failure> {
        let catalog = self.catalog();
        let index = match catalog.tool(server, tool) {
            Ok(_) => return Ok(catalog),
            Err(not_found) => match catalog
                .servers()
                .iter()
                .position(|s| s.name == server || s.ident == server)
            {
                Some(index) if catalog.servers()[index].state != ServerState::Ready => index,
                _ => return Err(unknown(&not_found)),
            },
        };
        let Some(session) = self.0.sessions.get(index) else {
            return Err(shutting_down());
        };
        session
            .ready()
            .await
            .map_err(|unreachable| unavailable(server, unreachable))?;
        Ok(self.catalog())
    }

    async fn prepare(
        &self,
        catalog: Arc<Catalog>,
        server: String,
        tool: String,
        arguments: String,
    ) -> Result<Prepared, Failure> {
        let big = arguments.len() > BIG;
        let check = move || check(&catalog, &server, &tool, &arguments);
        let (index, tool, arguments, repeatable) = if big {
            off_thread(check).await??
        } else {
            check()?
        };
        let Some(session) = self.0.sessions.get(index).cloned() else {
            return Err(shutting_down());
        };
        Ok(Prepared {
            session,
            tool,
            arguments,
            repeatable,
        })
    }
}

/// Looks the tool up and checks its arguments; gives the server's index and the tool's own name.
fn check(
    catalog: &Catalog,
    server: &str,
    tool: &str,
    arguments: &str,
) -> Result<(usize, String, JsonObject, bool), Failure> {
    let found = catalog
        .tool(server, tool)
        .map_err(|not_found| unknown(&not_found))?;
    let arguments = if arguments.trim().is_empty() {
        "{}"
    } else {
        arguments
    };
    let arguments: Value = serde_json::from_str(arguments).map_err(|error| {
        Failure::new(
            CallErrorCode::InvalidArguments,
            format!("the arguments cannot be sent as JSON: {error}"),
        )
    })?;
    check_arguments(found, &arguments)
        .map_err(|error| Failure::new(CallErrorCode::InvalidArguments, error.to_string()))?;
    let Value::Object(arguments) = arguments else {
        return Err(Failure::new(
            CallErrorCode::InvalidArguments,
            format!("the arguments of `{}` must be one object", found.path()),
        ));
    };
    let index = catalog
        .servers()
        .iter()
        .position(|server| std::ptr::eq(server, found.server));
    let definition = &found.tool.definition;
    let repeatable = definition.annotations.read_only == Some(true)
        || definition.annotations.idempotent == Some(true);
    Ok((
        index.unwrap_or(usize::MAX),
        definition.name.clone(),
        arguments,
        repeatable,
    ))
}

/// What the errors of a call that has passed the checks are about.
struct Sent<'a> {
    server: &'a str,
    tool: &'a str,
    repeatable: bool,
    limit: Duration,
}

impl Sent<'_> {
    async fn send(
        &self,
        arguments: JsonObject,
        session: &Session,
        link: &Link,
        tasks: &TaskTracker,
    ) -> Result<Answer, Failure> {
        let params = CallToolRequestParams::new(self.tool.to_owned()).with_arguments(arguments);
        let request = ClientRequest::CallToolRequest(CallToolRequest::new(params));
        let not_sent = |reason: &str| {
            unavailable(
                self.server,
                Unreachable {
                    reason: reason.to_owned(),
                    retryable: true,
                },
            )
        };
        let handle = link
            .peer
            .send_request_with_option(request, PeerRequestOptions::no_options())
            .await
            .map_err(|_| not_sent("it has just ended"))?;
        let mut flight = InFlight {
            handle: Some(handle),
            tasks,
        };
        match tokio::time::timeout(self.limit, flight.answer()).await {
            Err(_) => Err(Failure::new(
                CallErrorCode::Timeout,
                format!(
                    "`{}.{}` did not answer within {} s; it was told to stop, but may have taken effect",
                    self.server,
                    self.tool,
                    self.limit.as_secs_f32()
                ),
            )
            .retryable(self.repeatable)),
            Ok(Some(Ok(result))) => Ok(from_stand_in(result)),
            Ok(Some(Err(ServiceError::TransportSend(error)))) => Err(not_sent(&error.to_string())),
            Ok(_) => {
                let end = session.end_of(link).await;
                let end = end.as_deref().unwrap_or("it closed the connection");
                Err(Failure::new(
                    CallErrorCode::ServerExited,
                    format!(
                        "the server `{}` ended while `{}` was under way, which may have taken effect: {end}; \
                         the next call starts it again",
                        self.server, self.tool
                    ),
                )
                .retryable(self.repeatable))
            }
        }
    }

    async fn unwrap(&self, answer: Answer, max_result_bytes: usize) -> Result<String, Failure> {
        let raw = answer.map_err(|refusal| self.refused(refusal))?;
        if let Some(kind) = unfinished(&raw) {
            return Err(Failure::new(
                CallErrorCode::ToolError,
                format!(
                    "`{}.{}` did not finish: it answered with `{kind}`, which needs something of its client \
                     that is not supported yet",
                    self.server, self.tool
                ),
            ));
        }
        let unwrapped = if raw.len() > BIG {
            off_thread(move || unwrap_result(&raw)).await?
        } else {
            unwrap_result(&raw)
        };
        match unwrapped {
            Ok(unwrapped) if unwrapped.value_json.len() > max_result_bytes => {
                Err(self.too_large(unwrapped.value_json.len() as u64, max_result_bytes as u64))
            }
            Ok(unwrapped) => Ok(unwrapped.value_json),
            Err(ResultError::Tool {
                message,
                content_json,
            }) => Err(Failure {
                code: CallErrorCode::ToolError,
                message,
                content: content_json.filter(|content| content.len() <= max_result_bytes),
                retryable: false,
            }),
            Err(error) => Err(self.protocol(&error.to_string())),
        }
    }

    fn refused(&self, refusal: Refusal) -> Failure {
        match refusal {
            Refusal::Error {
                code,
                message,
                data,
            } => {
                let message = shortened(&message, LONGEST_MESSAGE);
                let (code, message) = match code {
                    -32602 => (
                        CallErrorCode::InvalidArguments,
                        format!(
                            "`{}.{}` refused its arguments: {message}",
                            self.server, self.tool
                        ),
                    ),
                    -32601 | -32600 | -32700 => {
                        return self.protocol(&format!("error {code}, {message}"));
                    }
                    _ => (CallErrorCode::ToolError, message.into_owned()),
                };
                Failure {
                    code,
                    message,
                    content: data,
                    retryable: false,
                }
            }
            Refusal::TooLarge { bytes, allowed } => self.too_large(bytes, allowed),
            Refusal::Unreadable { why } => self.protocol(&why),
        }
    }

    fn too_large(&self, bytes: u64, allowed: u64) -> Failure {
        Failure::new(
            CallErrorCode::ResultTooLarge,
            format!(
                "the result of `{}.{}` has {bytes} bytes, {allowed} are allowed; ask it for less",
                self.server, self.tool
            ),
        )
    }

    fn protocol(&self, what: &str) -> Failure {
        Failure::new(
            CallErrorCode::Protocol,
            format!(
                "the answer of `{}.{}` cannot be used: {what}",
                self.server, self.tool
            ),
        )
    }
}

/// A request under way; dropping it tells the server that the answer is no longer wanted.
struct InFlight<'a> {
    handle: Option<RequestHandle<RoleClient>>,
    tasks: &'a TaskTracker,
}

impl InFlight<'_> {
    /// `None` if the connection ended first.
    async fn answer(&mut self) -> Option<Result<ServerResult, ServiceError>> {
        let answer = (&mut self.handle.as_mut()?.rx).await.ok();
        self.handle = None;
        answer
    }
}

impl Drop for InFlight<'_> {
    fn drop(&mut self) {
        if let Some(handle) = self.handle.take()
            && let Ok(runtime) = tokio::runtime::Handle::try_current()
        {
            let cancelled = async move {
                let _ = handle.cancel(Some("no longer wanted".to_owned())).await;
            };
            self.tasks.spawn_on(cancelled, &runtime);
        }
    }
}

/// The kind of an answer that is not a result yet: from 2026-07-28 a tool may ask for more input.
fn unfinished(raw: &str) -> Option<String> {
    #[derive(Deserialize)]
    struct Kind {
        #[serde(default, rename = "resultType")]
        result_type: Option<String>,
    }
    if !raw.contains("\"resultType\"") {
        return None;
    }
    let kind = serde_json::from_str::<Kind>(raw).ok()?.result_type?;
    (kind != "complete").then(|| shortened(&kind, 100).into_owned())
}

fn unknown(not_found: &NotFound) -> Failure {
    let code = match not_found.kind {
        NotFoundKind::Server => CallErrorCode::UnknownServer,
        NotFoundKind::Tool => CallErrorCode::UnknownTool,
    };
    Failure::new(code, not_found.to_string())
}

fn unavailable(server: &str, Unreachable { reason, retryable }: Unreachable) -> Failure {
    Failure::new(
        CallErrorCode::ServerUnavailable,
        format!("the server `{server}` is not available: {reason}"),
    )
    .retryable(retryable)
}

fn shutting_down() -> Failure {
    Failure::new(
        CallErrorCode::ServerUnavailable,
        "the servers are being shut down",
    )
}

async fn off_thread<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Failure> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|_| shutting_down())
}
