//! Declarations as a real compiler sees them: TypeScript from npm, found by `judge`,
//! is asked what it accepts.

#![allow(clippy::unwrap_used)] // Helpers of tests too.
#![expect(
    clippy::print_stdout,
    reason = "what is measured, and what is skipped, is said"
)]

mod compiler;
mod corpus;
#[path = "../../../tests/src/judge.rs"]
#[expect(
    dead_code,
    unreachable_pub,
    reason = "it is a module of another package"
)]
mod judge;
