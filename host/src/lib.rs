//! One MCP server in front of many: agents write code, only the result comes
//! back.
//!
//! The program is `cli`. To embed Retort, make an [`app::App`] from a
//! [`config::Config`] and serve connections with [`serve::serve_on`].

pub mod app;
pub mod cli;
mod commands;
pub mod config;
mod demo;
pub mod failure;
pub mod learning;
mod logging;
mod platform;
pub mod render;
pub mod results;
pub mod run;
pub mod serve;
mod trust;
