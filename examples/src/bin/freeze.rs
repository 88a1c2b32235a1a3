//! A script that waits is a few kilobytes: freeze it, drop it, go on later.
//!
//! ```sh
//! cargo run --release -p retort-examples --bin freeze
//! ```

#![allow(clippy::print_stdout, reason = "an example shows what it does")]

use std::error::Error;

use retort_sandbox::contract::{Api, Now, Settled, encode};
use retort_sandbox::{Cancel, Engine, EngineOptions, Execution, Limits, Script, Snapshot};

const SCRIPT: &str = "
let visits = 0;
const count = () => ++visits;
count();
const answer = await callTool('people', 'ask', { question: 'Go on?' });
count();
return `${answer} after ${visits} visits`;
";

fn main() -> Result<(), Box<dyn Error>> {
    let engine = Engine::new(&EngineOptions::default())?;
    let now = Now {
        unix_ms: 0.0,
        elapsed_ms: 0.0,
    };
    let script = Script {
        source: SCRIPT,
        api: &encode(&Api::default()),
        seed: [0; 32],
        now,
        time_zone: "UTC",
    };
    let (mut execution, step) =
        Execution::start(&engine, &script, &Limits::default(), &Cancel::default())?;
    println!("it asks: {}", step.calls[0].arguments);

    let bytes = execution.snapshot()?.to_bytes();
    drop(execution);
    println!("frozen in {} bytes", bytes.len());

    // A crash, a week, another machine with the same program.
    let snapshot = Snapshot::from_bytes(&bytes)?;
    let mut execution = Execution::restore(&engine, &snapshot, &Cancel::default())?;
    let answer = Settled {
        call: snapshot.outstanding()[0],
        result: Ok("\"yes\""),
    };
    println!("{:?}", execution.resume(now, &[answer]).state);
    Ok(())
}
