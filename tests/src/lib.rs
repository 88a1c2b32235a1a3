//! What the integration tests stand on.
//!
//! [`client`] spawns a server and speaks JSON-RPC with it line by line, with no
//! MCP library in between, so that what is on the wire is what is tested.
//! [`setup`] writes configurations, [`case`] reads script cases and judges their
//! answers by [`transcript`] and [`pace`], [`corpus`] reads the scripts that checks are
//! judged by, [`judge`] finds the programs by other people that tests drive,
//! [`compiler`] runs one of them, [`process`] looks at a process from outside. None of
//! this may know what is inside Retort.

pub mod case;
pub mod client;
pub mod compiler;
pub mod corpus;
pub mod judge;
pub mod pace;
pub mod process;
pub mod setup;
pub mod transcript;
