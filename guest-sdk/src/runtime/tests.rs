use super::*;
use crate::contract::{GuestLimits, Now, ServerApi, Settled, ToolApi, Value, encode};

mod errors;
mod forms;
mod globals;
mod mistakes;
mod recursion;
mod steps;
mod values;

/// A runtime with one server `my-server` that has the tools `get-item` and `list`.
pub(crate) fn api() -> Vec<u8> {
    let tool = |name: &str, ident: &str| ToolApi {
        name: name.to_owned(),
        ident: ident.to_owned(),
    };
    let tools = encode(&vec![tool("get-item", "get_item"), tool("list", "list")]);
    encode(&Api {
        servers: vec![ServerApi {
            name: "my-server".to_owned(),
            ident: "my_server".to_owned(),
            tools,
        }],
    })
}

/// A script in mid-run, with steps taken by hand.
pub(crate) struct Driver {
    pub(crate) runtime: Runtime,
    pub(crate) elapsed_ms: f64,
}

impl Driver {
    pub(crate) fn start(source: &str) -> (Self, Step) {
        Self::start_with(
            source,
            GuestLimits {
                recursion: 300,
                ..GuestLimits::default()
            },
        )
    }

    pub(crate) fn start_with(source: &str, limits: GuestLimits) -> (Self, Step) {
        let mut runtime = Runtime::new();
        let api = api();
        let step = runtime.start(&Start {
            version: VERSION,
            source,
            seed: [7; 32],
            now: Now {
                unix_ms: 1.7e12,
                elapsed_ms: 0.0,
            },
            api: &api,
            limits,
            time_zone: "UTC",
        });
        (
            Self {
                runtime,
                elapsed_ms: 0.0,
            },
            step,
        )
    }

    pub(crate) fn resume(&mut self, settled: Vec<Settled<'_>>) -> Step {
        let now = Now {
            unix_ms: 1.7e12 + self.elapsed_ms,
            elapsed_ms: self.elapsed_ms,
        };
        self.runtime.resume(&Resume { now, settled })
    }
}

/// Runs a script to its end, answering every call with its own arguments.
pub(crate) fn run(source: &str) -> (State, Vec<String>) {
    finish(Driver::start(source))
}

/// Takes a script to its end, answering every call with its own arguments.
pub(crate) fn finish((mut driver, mut step): (Driver, Step)) -> (State, Vec<String>) {
    let mut warnings = Vec::new();
    loop {
        warnings.append(&mut step.warnings);
        let State::Waiting { wake_at_ms } = step.state else {
            return (step.state, warnings);
        };
        if step.calls.is_empty() {
            driver.elapsed_ms =
                wake_at_ms.expect("a script that waits for no call waits for a timer");
        }
        let settled = step.calls.iter().map(|call| Settled {
            call: call.id,
            result: Ok(&call.arguments),
        });
        step = driver.resume(settled.collect());
    }
}

/// The value of a script that ends well: text as it is, JSON behind `=`.
pub(crate) fn value(source: &str) -> String {
    match run(source).0 {
        State::Returned(Value::Undefined) => "undefined".to_owned(),
        State::Returned(Value::Text(text)) => text,
        State::Returned(Value::Json(json)) => format!("={json}"),
        other => format!("{other:?}"),
    }
}

/// The error a script ends with.
pub(crate) fn error(source: &str) -> ScriptError {
    match run(source).0 {
        State::Threw(error) => error,
        other => panic!("the script should have failed: {other:?}"),
    }
}
