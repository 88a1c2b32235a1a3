//! What is inside the vessel: the contract between host and guest and, behind
//! the feature `runtime`, the JavaScript runtime that speaks it.
//!
//! Start at [`contract`]. This crate must not know that MCP exists.

pub mod contract;
#[cfg(feature = "runtime")]
pub mod runtime;
