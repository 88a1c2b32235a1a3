//! A downstream MCP server for tests, written by hand so that it can misbehave.
//!
//! It speaks JSON-RPC on stdin and stdout with no MCP library in between. What
//! it is told on the command line ([`flags`]) decides how it starts and which
//! protocol eras it knows; its tools are in [`polite`] and [`rude`], or in a file
//! ([`tables`]). It must not know anything about Retort. Start with
//! [`protocol::serve`].

mod flags;
mod polite;
mod protocol;
mod rude;
mod state;
mod tables;

use std::process::ExitCode;
use std::thread;

fn main() -> ExitCode {
    let flags = match flags::Flags::parse(std::env::args().skip(1)) {
        Ok(flags) => flags,
        Err(message) => {
            protocol::log(&message);
            return ExitCode::from(2);
        }
    };
    protocol::log("fake downstream started");
    if flags.opening == flags::Opening::Dies {
        protocol::log("dying at start, as told");
        return ExitCode::from(3);
    }
    thread::sleep(flags.slow_start);
    let tables = match flags.tools.as_deref().map(tables::Tables::read) {
        None => None,
        Some(Ok(tables)) => Some(tables),
        Some(Err(message)) => {
            protocol::log(&message);
            return ExitCode::from(2);
        }
    };
    protocol::serve(flags, tables);
    ExitCode::SUCCESS
}
