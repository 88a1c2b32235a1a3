//! An execution is a value: start a script, make the calls it asks for, feed
//! the results back in any order, take what it returns.
//!
//! ```sh
//! cargo run --release -p retort-examples --bin step
//! ```

#![allow(clippy::print_stdout, reason = "an example shows what it does")]

use std::error::Error;

use retort_sandbox::contract::{Api, Now, ServerApi, Settled, ToolApi, encode};
use retort_sandbox::{Cancel, Engine, EngineOptions, Execution, Limits, Script, StepState};

const SCRIPT: &str = "
const [paris, oslo] = await Promise.all([
  weather.temperature({ city: 'Paris' }),
  weather.temperature({ city: 'Oslo' }),
]);
return `Paris is ${paris - oslo} degrees warmer than Oslo`;
";

fn main() -> Result<(), Box<dyn Error>> {
    let engine = Engine::new(&EngineOptions::default())?;
    let temperature = ToolApi {
        name: "temperature".to_owned(),
        ident: "temperature".to_owned(),
    };
    let api = encode(&Api {
        servers: vec![ServerApi {
            name: "weather".to_owned(),
            ident: "weather".to_owned(),
            tools: encode(&vec![temperature]),
        }],
    });
    let now = Now {
        unix_ms: 0.0,
        elapsed_ms: 0.0,
    };
    let script = Script {
        source: SCRIPT,
        api: &api,
        seed: [0; 32],
        now,
        time_zone: "UTC",
    };
    let (mut execution, mut step) =
        Execution::start(&engine, &script, &Limits::default(), &Cancel::default())?;
    loop {
        match step.state {
            StepState::Ended(outcome) => {
                println!("{outcome:?}");
                return Ok(());
            }
            StepState::Waiting { .. } => {}
        }
        // Both calls are here at once; their results may come in any order.
        let mut results = Vec::new();
        for call in step.calls.iter().rev() {
            println!("call {}: {:?} {}", call.id, call.target, call.arguments);
            let degrees = if call.arguments.contains("Oslo") {
                "4"
            } else {
                "15"
            };
            results.push(Settled {
                call: call.id,
                result: Ok(degrees),
            });
        }
        step = execution.resume(now, &results);
    }
}
