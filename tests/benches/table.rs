//! `just bench`: what things cost, as a table, on the program as it is shipped.
//!
//! Rows that run a script are measured twice: here, through `retort serve` and
//! its stdio, and in QuickJS, native and in-process, as a yardstick for the
//! script alone (no server, no sandbox, no transport). Every row is a median.
//! Rows of text work are also run at half the size: twice the input should
//! cost about twice the time.

#![allow(clippy::print_stdout, reason = "the table is what this program is for")]

#[path = "table/checks.rs"]
mod checks;
#[path = "table/program.rs"]
mod program;
#[path = "table/quickjs.rs"]
mod quickjs;
#[path = "table/sandbox.rs"]
mod sandbox;
#[path = "table/scripts.rs"]
mod scripts;

use std::time::{Duration, Instant};

/// One line of the table.
struct Row {
    name: String,
    retort: String,
    quickjs: String,
    note: String,
}

impl Row {
    fn new(name: impl Into<String>, retort: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            retort: retort.into(),
            quickjs: String::new(),
            note: String::new(),
        }
    }

    fn note(mut self, note: impl Into<String>) -> Self {
        self.note = note.into();
        self
    }
}

fn main() {
    // `cargo test --benches` asks only whether this builds.
    if std::env::args().any(|argument| argument == "--test") {
        return;
    }
    let mut rows = sandbox::rows();
    rows.extend(program::rows());
    rows.extend(checks::rows());
    rows.extend(scripts::rows());
    print(&rows);
}

/// The median of `runs` timings of `work`, after one that is not counted.
fn median(runs: usize, mut work: impl FnMut()) -> Duration {
    work();
    let mut timings: Vec<Duration> = (0..runs)
        .map(|_| {
            let began = Instant::now();
            work();
            began.elapsed()
        })
        .collect();
    timings.sort();
    timings[runs / 2]
}

fn ms(duration: Duration) -> String {
    if duration < Duration::from_micros(50) {
        return format!("{:.1} µs", duration.as_secs_f64() * 1e6);
    }
    format!("{:.2} ms", duration.as_secs_f64() * 1e3)
}

fn print(rows: &[Row]) {
    let width = |of: fn(&Row) -> &str, title: &str| {
        let longest = rows.iter().map(|row| of(row).chars().count()).max();
        longest.unwrap_or_default().max(title.len())
    };
    let name = width(|row| &row.name, "what");
    let retort = width(|row| &row.retort, "retort");
    let quickjs = width(|row| &row.quickjs, "quickjs");
    println!(
        "{:name$}  {:>retort$}  {:>quickjs$}  note",
        "what", "retort", "quickjs"
    );
    for row in rows {
        println!(
            "{:name$}  {:>retort$}  {:>quickjs$}  {}",
            row.name, row.retort, row.quickjs, row.note
        );
    }
}
