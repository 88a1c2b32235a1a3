//! Declarations as a real compiler sees them: TypeScript from npm, found by `judge`,
//! is asked what it accepts.

#![allow(clippy::unwrap_used)] // Helpers of tests too.
#![expect(
    clippy::print_stdout,
    reason = "what is measured, and what is skipped, is said"
)]

mod both_ways;
#[path = "../../../tests/src/compiler.rs"]
#[expect(unreachable_pub, reason = "it is a module of another package")]
mod compiler;
mod corpus;
#[path = "../../../tests/src/judge.rs"]
#[expect(
    dead_code,
    unreachable_pub,
    reason = "it is a module of another package"
)]
mod judge;
mod names;
mod random;

use std::fs;
use std::path::{Path, PathBuf};

/// An empty folder for files.
fn scratch(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}
