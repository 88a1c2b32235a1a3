//! Downstream tools: what they are, how a script names them, how they are found,
//! checked and called.
//!
//! The pure half starts at [`Catalog`], an immutable picture of all servers that
//! is built anew on each change. Nothing here knows wasm or who the client is.

pub mod arguments;
pub mod catalog;
pub mod check;
mod data_like;
pub mod definition;
pub mod downstream;
mod likeness;
pub mod names;
pub mod observed;
mod platform;
mod prose;
mod raw_object;
pub mod result;
pub mod search;
pub mod server_config;
pub mod typescript;

pub use arguments::{ArgumentsError, check_arguments};
pub use catalog::{
    Catalog, NotFound, NotFoundKind, Server, ServerListing, ServerState, Tool, ToolRef,
};
pub use check::{Effect, Finding, FindingKind, Findings, Plan, Severity, check, check_with, plan};
pub use definition::{Annotations, DefinitionError, ToolDefinition};
pub use downstream::{
    CallError, CallErrorCode, CallOutput, CallRequest, DownstreamOptions, DownstreamServer,
    Downstreams, Embedded, ServerSource,
};
pub use observed::{Differences, Observation, Observed, ObservedEntry, ObservedError, Shape};
pub use result::{ResultError, Unwrapped, unwrap_result};
pub use search::{
    Learned, LearnedEntry, LearnedError, Ranking, SearchAnswer, SearchOptions, SearchQuery,
    SearchRow,
};
pub use server_config::ServerConfig;
pub use typescript::Detail;
