//! The one gate that every call passes.
//!
//! Owns the order of its checks: name, arguments, room in the server, the server itself, time,
//! answer, size. A call that is no longer wanted is a dropped future, and the server is told. Must
//! not know who calls. Start at [`Downstreams::call`].

use std::sync::Arc;
use std::time::Duration;

use serde::de::DeserializeOwned;
use serde_json::Value;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::session::{Session, Unreachable};
use super::{CallError, CallErrorCode, Downstreams};
use crate::arguments::{check_arguments, is_quick};
use crate::catalog::{Catalog, NotFound, NotFoundKind, ServerState};
use crate::observed::Shape;
pub(super) use heavy::Heavy;
use sent::Sent;

mod heavy;
mod sent;

/// Work on more JSON text than this is moved off the async threads.
const BIG: usize = 64 * 1024;

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
    /// How deep that value may be nested.
    pub max_result_depth: usize,
}

/// What a call gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallOutput {
    /// The server's name.
    pub server: String,
    /// The tool's name as its server knows it.
    pub tool: String,
    /// The unwrapped value, as JSON text.
    pub value: String,
    /// The value's shape, if it is to be observed.
    pub shape: Option<Shape>,
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
    server: String,
    tool: String,
    /// JSON text of an object: decoded arguments would take much more room while the call waits.
    arguments: String,
    /// Whether the tool says that doing it twice does no harm.
    repeatable: bool,
    /// Whether it promises a type.
    is_typed: bool,
}

/// What a call gave that passed the gate.
struct Passed {
    server: String,
    tool: String,
    value: String,
    shape: Option<Shape>,
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
            Ok(passed) => Ok(CallOutput {
                server: passed.server,
                tool: passed.tool,
                value: passed.value,
                shape: passed.shape,
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

    async fn pass(&self, request: CallRequest) -> Result<Passed, Failure> {
        let CallRequest {
            server,
            tool,
            arguments,
            timeout,
            max_result_bytes,
            max_result_depth,
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
            server: known_as,
            tool: name,
            arguments,
            repeatable,
            is_typed,
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
            max_result_bytes,
            max_result_depth,
            observe: self.0.options.observe && !is_typed,
        };
        let answer = sent
            .send(arguments, &session, &link, &self.0.heavy, &self.0.tasks)
            .await?;
        let (value, shape) = sent.unwrap(answer, &self.0.heavy).await?;
        Ok(Passed {
            server: known_as,
            tool: name,
            value,
            shape,
        })
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
        let quick = arguments.len() <= BIG
            && catalog
                .tool(&server, &tool)
                .is_ok_and(|found| is_quick(found, arguments.len()));
        let check = move || {
            let found = check(&catalog, &server, &tool, &arguments)?;
            Ok((found, arguments))
        };
        let (
            Checked {
                index,
                server,
                name,
                repeatable,
                is_typed,
            },
            arguments,
        ) = if quick {
            check()?
        } else {
            self.0.heavy.run(check).await??
        };
        let Some(session) = self.0.sessions.get(index).cloned() else {
            return Err(shutting_down());
        };
        Ok(Prepared {
            session,
            server,
            tool: name,
            arguments,
            repeatable,
            is_typed,
        })
    }
}

/// The tool that a call whose arguments are in order is for.
struct Checked {
    /// Of its server.
    index: usize,
    server: String,
    /// As the server knows it.
    name: String,
    repeatable: bool,
    is_typed: bool,
}

/// Looks the tool up and checks its arguments.
fn check(catalog: &Catalog, server: &str, tool: &str, arguments: &str) -> Result<Checked, Failure> {
    let found = catalog
        .tool(server, tool)
        .map_err(|not_found| unknown(&not_found))?;
    let arguments: Value = decoded(arguments).map_err(|error| {
        Failure::new(
            CallErrorCode::InvalidArguments,
            format!("the arguments cannot be sent as JSON: {error}"),
        )
    })?;
    check_arguments(found, &arguments)
        .map_err(|error| Failure::new(CallErrorCode::InvalidArguments, error.to_string()))?;
    let index = catalog
        .servers()
        .iter()
        .position(|server| std::ptr::eq(server, found.server));
    let definition = &found.tool.definition;
    let repeatable = definition.annotations.read_only == Some(true)
        || definition.annotations.idempotent == Some(true);
    Ok(Checked {
        index: index.unwrap_or(usize::MAX),
        server: found.server.name.clone(),
        name: definition.name.clone(),
        repeatable,
        is_typed: definition.output_schema.is_some(),
    })
}

/// The arguments of a call; no text is no arguments.
fn decoded<T: DeserializeOwned>(arguments: &str) -> serde_json::Result<T> {
    let text = match arguments.trim() {
        "" => "{}",
        text => text,
    };
    serde_json::from_str(text)
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
