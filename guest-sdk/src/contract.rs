//! The messages between host and guest: plain data, one copy of each type.
//!
//! The host sends a [`Start`] once and then any number of [`Resume`]s; the
//! guest answers each with a [`Step`]. Asked beforehand, it answers a [`Start`]
//! with an [`Inspection`] and runs nothing. Messages are encoded with `postcard`;
//! JavaScript values inside them are JSON text. Bytes from the other side are
//! untrusted: [`decode`] returns an error and never panics.

mod inspection;

use serde::{Deserialize, Serialize};

pub use self::inspection::{
    ApiTarget, ApiUse, AsyncCallback, CallUse, DroppedCall, Exposure, Field, Handling, Inspection,
    Key, Literal, Place, PromiseUse, PromiseUseKind, ResultRead, WaitFor, WaitKind,
};

/// Version of this contract; a guest and a host that differ refuse each other.
pub const VERSION: u32 = 1;

/// What starts an execution. All inputs of a script are here and in [`Resume`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Start<'a> {
    /// [`VERSION`] of the sender.
    pub version: u32,
    /// The script as the agent wrote it: markdown fences, TypeScript and all.
    #[serde(borrow)]
    pub source: &'a str,
    /// Seed of `Math.random` and `crypto` (ChaCha20).
    pub seed: [u8; 32],
    /// The clock, which stands still until the next message.
    pub now: Now,
    /// An encoded [`Api`], decoded only as far as the script names it.
    #[serde(borrow, with = "serde_bytes")]
    pub api: &'a [u8],
    /// What the guest itself counts.
    pub limits: GuestLimits,
    /// IANA name of the time zone of `Date` and `Intl`; `UTC` unless configured.
    pub time_zone: &'a str,
}

/// The two clocks of a script. They move only between steps.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Now {
    /// Milliseconds since the Unix epoch (`Date.now`).
    pub unix_ms: f64,
    /// Milliseconds since the start of the run (`performance.now`, timers).
    pub elapsed_ms: f64,
}

/// Limits that only the guest can see being reached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GuestLimits {
    /// Bytes of source text.
    pub source_bytes: u32,
    /// Nesting of the source and of JSON.
    pub nesting: u32,
    /// Depth of JavaScript calls.
    pub recursion: u32,
    /// Tool calls over the whole run.
    pub calls: u32,
    /// Bytes of one call's arguments, as JSON.
    pub argument_bytes: u32,
    /// Bytes of console text over the whole run.
    pub console_bytes: u32,
    /// Bytes of the returned value, as JSON.
    pub value_bytes: u32,
    /// Bytes of the blocks given to `emit`, together.
    pub emitted_bytes: u32,
    /// Timers that may be waiting at once.
    pub timers: u32,
}

impl Default for GuestLimits {
    fn default() -> Self {
        Self {
            source_bytes: 256 << 10,
            nesting: 500,
            recursion: 20_000,
            calls: 256,
            argument_bytes: 1 << 20,
            console_bytes: 64 << 10,
            value_bytes: 16 << 20,
            emitted_bytes: 8 << 20,
            timers: 10_000,
        }
    }
}

/// The servers a script sees. Names only; what a tool takes is the host's concern.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Api {
    /// In catalogue order.
    pub servers: Vec<ServerApi>,
}

/// One server's namespace.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServerApi {
    /// The raw name (`my-server`).
    pub name: String,
    /// The name as a JavaScript identifier (`my_server`), unique in the [`Api`].
    pub ident: String,
    /// An encoded `Vec<ToolApi>`, decoded when the script touches the server.
    #[serde(with = "serde_bytes")]
    pub tools: Vec<u8>,
}

/// One function of a namespace.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ToolApi {
    /// The raw name (`get-item`).
    pub name: String,
    /// The name as a JavaScript identifier (`get_item`), unique in its server.
    pub ident: String,
}

/// What continues an execution that waits.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Resume<'a> {
    /// The clock of this step.
    pub now: Now,
    /// Calls that settled since the last step, in the order they did. Due timers
    /// run after them.
    #[serde(borrow)]
    pub settled: Vec<Settled<'a>>,
}

/// One call's result.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Settled<'a> {
    /// [`Call::id`].
    pub call: u32,
    /// JSON text of the value the promise is fulfilled with, or the error it is
    /// rejected with.
    #[serde(borrow)]
    pub result: Result<&'a str, CallError>,
}

/// Why a call failed, as the script sees it: an `Error` named `ToolError` with
/// these properties.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallError {
    /// Server as configured; empty where the call names none.
    pub server: String,
    /// Raw tool name.
    pub tool: String,
    /// Stable code: `tool_error`, `timeout`, `invalid_arguments`, ….
    pub code: String,
    /// For the reader.
    pub message: String,
    /// JSON text of the result's content blocks, where there were any.
    pub content: Option<String>,
    /// Whether the same call may succeed later.
    pub retryable: bool,
}

/// What the guest answers when nothing is left to do without the host.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// Calls to make, in the order the script made them.
    pub calls: Vec<Call>,
    /// Console lines of this step.
    pub console: Vec<ConsoleLine>,
    /// Console lines dropped in this step because the limit was reached.
    pub console_dropped: u32,
    /// JSON text of the content blocks given to `emit` in this step.
    pub emitted: Vec<String>,
    /// Things that went wrong beside the result (an unhandled rejection, a
    /// promise dropped), each one sentence.
    pub warnings: Vec<String>,
    /// Whether the script goes on.
    pub state: State,
}

/// Where the script stands at the end of a step.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[expect(
    clippy::large_enum_variant,
    reason = "there is one at a time, and it is decoded at once"
)]
pub enum State {
    /// It waits for calls, for a timer, or both.
    Waiting {
        /// [`Now::elapsed_ms`] at which the next timer is due.
        wake_at_ms: Option<f64>,
    },
    /// It ended with a value.
    Returned(Value),
    /// It ended with an error.
    Threw(ScriptError),
}

/// A script's final value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Value {
    /// `undefined`: the script returned nothing.
    Undefined,
    /// A string, as it is.
    Text(String),
    /// Anything else, as JSON text.
    Json(String),
}

/// One call a script makes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Call {
    /// Counts from 1 within the run.
    pub id: u32,
    /// What is called.
    pub target: Target,
    /// JSON text of the arguments, an object.
    pub arguments: String,
    /// Where in the source, if known.
    pub position: Option<Position>,
}

/// What a script can call outside itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Target {
    /// A downstream tool, by raw names.
    Tool {
        /// Server as the script named it.
        server: String,
        /// Tool as the script named it.
        tool: String,
    },
    /// `searchTools(query, options?)`: arguments `{query, server?, limit?}`.
    SearchTools,
    /// `describeTools(names, options?)`: arguments `{tools, detail?}`.
    DescribeTools,
    /// `results.get(id)`: arguments `{id}`.
    StoredResult,
}

/// A line printed by the script.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsoleLine {
    /// `log`, `warn`, `error`, ….
    pub level: ConsoleLevel,
    /// The formatted text.
    pub text: String,
}

/// Which console function printed a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ConsoleLevel {
    /// `console.debug` and `console.trace`.
    Debug,
    /// `console.log`, `console.info`, `console.table`, ….
    Log,
    /// `console.warn`.
    Warn,
    /// `console.error` and a failed `console.assert`.
    Error,
}

/// A place in the source as the agent wrote it; both count from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Position {
    /// Line.
    pub line: u32,
    /// Column, in UTF-16 code units.
    pub column: u32,
}

/// How a script failed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScriptError {
    /// What kind of failure.
    pub kind: ErrorKind,
    /// The JavaScript error's `name` (`TypeError`), or empty for other values.
    pub name: String,
    /// The message.
    pub message: String,
    /// Where in the source, if known.
    pub position: Option<Position>,
    /// The source line at [`Self::position`], cut to 200 characters.
    pub source_line: Option<String>,
    /// What to do about it, if something useful can be said.
    pub hint: Option<String>,
    /// The failed call, where an uncaught `ToolError` ended the script.
    pub call: Option<CallError>,
}

/// Kinds of script failure the guest tells apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ErrorKind {
    /// The source does not parse, or uses what is not supported.
    Syntax,
    /// An exception nobody caught.
    Thrown,
    /// The source is larger than [`GuestLimits::source_bytes`].
    SourceSize,
    /// The source is nested deeper than [`GuestLimits::nesting`].
    Nesting,
    /// Calls nested deeper than [`GuestLimits::recursion`].
    Stack,
    /// A promise nothing will ever settle: no jobs, no calls, no timers.
    Stalled,
    /// The value cannot be expressed as JSON, or is too large.
    Value,
}

/// Why the guest gave up, told to the import `abort` before it traps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[repr(u32)]
pub enum AbortKind {
    /// An allocation failed.
    OutOfMemory = 1,
    /// A panic: a fault of ours.
    Panic = 2,
    /// A message of the host did not decode: a fault of ours.
    BadMessage = 3,
    /// A recursion without end, where the engine panics at it.
    Stack = 4,
}

impl AbortKind {
    /// The kind for a number that crossed the boundary.
    pub fn from_code(code: u32) -> Option<Self> {
        match code {
            1 => Some(Self::OutOfMemory),
            2 => Some(Self::Panic),
            3 => Some(Self::BadMessage),
            4 => Some(Self::Stack),
            _ => None,
        }
    }
}

/// A message that is not what it should be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("undecodable message of {len} bytes")]
pub struct DecodeError {
    /// Its length.
    pub len: usize,
}

/// Encodes a message.
pub fn encode<T: Serialize>(message: &T) -> Vec<u8> {
    postcard::to_allocvec(message)
        .expect("messages are plain data, which postcard can always encode")
}

/// Decodes a message that fills `bytes` exactly.
///
/// # Errors
/// [`DecodeError`] when `bytes` are not such a message or something follows it.
pub fn decode<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Result<T, DecodeError> {
    match postcard::take_from_bytes(bytes) {
        Ok((message, [])) => Ok(message),
        _ => Err(DecodeError { len: bytes.len() }),
    }
}
