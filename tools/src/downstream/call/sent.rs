//! A call that has passed the checks: sending it, waiting for its answer, reading that. Start at
//! [`Sent::send`].

use std::time::Duration;

use rmcp::model::{
    CallToolRequest, CallToolRequestParams, ClientRequest, JsonObject, ServerResult,
};
use rmcp::service::{PeerRequestOptions, RequestHandle, RoleClient, ServiceError};
use serde::Deserialize;
use tokio_util::task::TaskTracker;

use super::{BIG, Failure, Heavy, decoded, unavailable};
use crate::downstream::CallErrorCode;
use crate::downstream::answer::{Answer, Refusal, from_stand_in};
use crate::downstream::message::shortened;
use crate::downstream::session::{Link, Session, Unreachable};
use crate::observed::Shape;
use crate::result::{ResultError, depth, unwrap_result};

/// The most of a server's own message in an error.
const LONGEST_MESSAGE: usize = 4000;

/// What the errors of a call that has passed the checks are about.
pub(super) struct Sent<'a> {
    pub(super) server: &'a str,
    pub(super) tool: &'a str,
    /// Whether the tool says that doing it twice does no harm.
    pub(super) repeatable: bool,
    pub(super) limit: Duration,
    /// What the answer's value may have at most.
    pub(super) max_result_bytes: usize,
    pub(super) max_result_depth: usize,
    /// Whether the value's shape is wanted.
    pub(super) observe: bool,
}

impl Sent<'_> {
    /// Sends the request and waits for its answer, within the time limit.
    pub(super) async fn send(
        &self,
        arguments: String,
        session: &Session,
        link: &Link,
        heavy: &Heavy,
        tasks: &TaskTracker,
    ) -> Result<Answer, Failure> {
        let big = arguments.len() > BIG;
        let decode = move || decoded::<JsonObject>(&arguments);
        let arguments = if big {
            heavy.run(decode).await?
        } else {
            decode()
        };
        let arguments = arguments
            .map_err(|error| Failure::new(CallErrorCode::InvalidArguments, error.to_string()))?;
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
            Ok(Some(Err(ServiceError::TransportSend(error)))) => {
                // Without rmcp's words around it.
                Err(not_sent(&error.error.to_string()))
            }
            Ok(_) => Err(self.ended(session.end_of(link).await)),
        }
    }

    fn ended(&self, end: Option<Unreachable>) -> Failure {
        let (reason, hint) = match &end {
            Some(Unreachable {
                reason,
                retryable: true,
            }) => (reason.as_str(), "; the next call starts it again"),
            Some(Unreachable {
                reason,
                retryable: false,
            }) => (reason.as_str(), ""),
            None => ("it closed the connection", ""),
        };
        Failure::new(
            CallErrorCode::ServerExited,
            format!(
                "the server `{}` ended while `{}` was under way, which may have taken effect: {reason}{hint}",
                self.server, self.tool
            ),
        )
        .retryable(self.repeatable)
    }

    /// Makes the value of an answer and its shape, or the error it stands for.
    pub(super) async fn unwrap(
        &self,
        answer: Answer,
        heavy: &Heavy,
    ) -> Result<(String, Option<Shape>), Failure> {
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
        let is_big = raw.len() > BIG;
        let (max_bytes, max_depth) = (self.max_result_bytes, self.max_result_depth);
        let observe = self.observe;
        let measured = move || {
            unwrap_result(&raw, max_depth).map(|unwrapped| {
                let value = unwrapped.value_json;
                let depth = depth(&value);
                let observe = observe && value.len() <= max_bytes && depth <= max_depth;
                let shape = observe.then(|| Shape::of_json(&value)).flatten();
                (value, depth, shape)
            })
        };
        let unwrapped = if is_big {
            heavy.run(measured).await?
        } else {
            measured()
        };
        match unwrapped {
            Ok((value, ..)) if value.len() > max_bytes => Err(self.too_large(value.len() as u64)),
            Ok((_, depth, _)) if depth > max_depth => Err(self.too_deep(depth)),
            Ok((value, _, shape)) => Ok((value, shape)),
            Err(ResultError::Tool {
                message,
                content_json,
            }) => Err(Failure {
                code: CallErrorCode::ToolError,
                message,
                content: content_json.filter(|content| content.len() <= self.max_result_bytes),
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
            Refusal::TooLarge { bytes, .. } => self.too_large(bytes),
            Refusal::Unreadable { why } => self.protocol(&why),
        }
    }

    fn too_large(&self, bytes: u64) -> Failure {
        let allowed = self.max_result_bytes;
        Failure::new(
            CallErrorCode::ResultTooLarge,
            format!(
                "the result of `{}.{}` has {bytes} bytes, {allowed} are allowed; ask it for less",
                self.server, self.tool
            ),
        )
    }

    fn too_deep(&self, depth: usize) -> Failure {
        let allowed = self.max_result_depth;
        Failure::new(
            CallErrorCode::ResultTooLarge,
            format!(
                "the result of `{}.{}` is nested {depth} levels deep, {allowed} are allowed",
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
