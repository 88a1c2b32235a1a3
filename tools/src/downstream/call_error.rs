//! Why a call has no value, in the words a script and a model can act on.

use std::fmt;

/// A call that gave no value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct CallError {
    /// The server, as the call named it.
    pub server: String,
    /// The tool, as the call named it.
    pub tool: String,
    /// The kind of failure.
    pub code: CallErrorCode,
    /// The whole message.
    pub message: String,
    /// What the tool itself said, as the JSON text of its content blocks or error data.
    pub content: Option<String>,
    /// Whether the same call may succeed later and cannot have happened twice if it is repeated.
    pub retryable: bool,
}

/// The kinds of [`CallError`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CallErrorCode {
    /// The tool ran and says that it failed.
    ToolError,
    /// No server has that name.
    UnknownServer,
    /// The server has no tool of that name.
    UnknownTool,
    /// The arguments are not what the tool takes.
    InvalidArguments,
    /// The arguments are larger than allowed.
    ArgumentTooLarge,
    /// The result is larger than allowed.
    ResultTooLarge,
    /// No answer within the time limit.
    Timeout,
    /// The server is not running, so the call was not sent.
    ServerUnavailable,
    /// The server ended while the call was under way.
    ServerExited,
    /// The answer breaks the protocol.
    Protocol,
    /// The caller no longer wants the answer.
    Cancelled,
    /// A fault of ours.
    Internal,
}

impl CallErrorCode {
    /// The code as scripts see it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ToolError => "tool_error",
            Self::UnknownServer => "unknown_server",
            Self::UnknownTool => "unknown_tool",
            Self::InvalidArguments => "invalid_arguments",
            Self::ArgumentTooLarge => "argument_too_large",
            Self::ResultTooLarge => "result_too_large",
            Self::Timeout => "timeout",
            Self::ServerUnavailable => "server_unavailable",
            Self::ServerExited => "server_exited",
            Self::Protocol => "protocol",
            Self::Cancelled => "cancelled",
            Self::Internal => "internal",
        }
    }
}

impl fmt::Display for CallErrorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
