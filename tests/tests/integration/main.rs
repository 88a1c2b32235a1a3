//! Drives the whole program over stdio, as clients do.
//!
//! [`cases`] runs every script of `tests/cases`; the others each take one side
//! of the program. Judges by other people are in [`real_servers`] and
//! [`sdk_clients`].

#![allow(clippy::unwrap_used)] // Helpers of tests too.

mod cases;
mod commands;
mod corpora;
mod downstreams;
mod fairness;
mod learning;
mod protocol;
mod real_servers;
mod sdk_clients;
mod stopping;
mod types;

use retort_tests::client::{Client, Era};
use retort_tests::setup::{Binaries, Setup};

/// Where Cargo put the binaries of this package.
const BINARIES: Binaries = Binaries {
    retort: env!("CARGO_BIN_EXE_retort-under-test"),
    fake: env!("CARGO_BIN_EXE_fake-downstream"),
    scratch: env!("CARGO_TARGET_TMPDIR"),
};

/// The older era, as most clients speak it.
const LEGACY: Era = Era::Legacy("2025-06-18");

/// `retort serve` with one fake downstream, `fake`.
fn with_fake(name: &str) -> Client {
    let setup = Setup::new(BINARIES, name).fake("fake", &[]);
    Client::connect(setup.serve(), LEGACY)
}

/// Asks again and again until it holds, with a call of 100 ms for a clock.
fn eventually(client: &Client, what: &str, mut holds: impl FnMut() -> bool) {
    for _ in 0..100 {
        if holds() {
            return;
        }
        client.value_of("return await fake.sleep_ms({ ms: 100 })");
    }
    panic!("it never came about that {what}");
}
