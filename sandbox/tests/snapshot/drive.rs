//! Drives an execution with answers and an order of arrival that follow from
//! the calls alone, and records what can be seen of it.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::Read;

use retort_sandbox::contract::{Api, Call, Now, ServerApi, Settled, ToolApi, encode};
use retort_sandbox::{Cancel, Engine, Execution, Limits, Outcome, Script, Step, StepState};

/// What can be seen of an execution from outside, and its memory at each step.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Trace {
    pub(crate) outcome: String,
    pub(crate) seen: Vec<String>,
    pub(crate) memories: Vec<u64>,
}

impl Trace {
    /// A line that differs where traces do.
    pub(crate) fn digest(&self) -> String {
        format!(
            "{:016x} {}",
            hash(&(&self.seen, &self.memories)),
            self.outcome
        )
    }
}

/// An execution under way.
pub(crate) struct Run<E = Execution> {
    pub(crate) execution: E,
    pub(crate) state: StepState,
    open: Vec<u32>,
    trace: Trace,
    random: u64,
    elapsed_ms: f64,
}

impl Run {
    pub(crate) fn start(engine: &Engine, source: &str, order: u64) -> Self {
        let api = encode(&Api {
            servers: vec![ServerApi {
                name: "t".to_owned(),
                ident: "t".to_owned(),
                tools: encode(
                    &["echo", "fail"]
                        .map(|name| ToolApi {
                            name: name.to_owned(),
                            ident: name.to_owned(),
                        })
                        .to_vec(),
                ),
            }],
        });
        let script = Script {
            source,
            api: &api,
            seed: [7; 32],
            now: now(0.0),
            time_zone: "UTC",
        };
        let (execution, step) =
            Execution::start(engine, &script, &Limits::default(), &Cancel::default())
                .expect("there is an instance");
        let mut run = Self {
            execution,
            state: StepState::Waiting { wake_at_ms: None },
            open: Vec::new(),
            trace: Trace {
                outcome: String::new(),
                seen: Vec::new(),
                memories: Vec::new(),
            },
            random: order | 1,
            elapsed_ms: 0.0,
        };
        run.record(step);
        run
    }

    /// Runs to the end, with `between` at every wait.
    pub(crate) fn finish(mut self, between: impl Fn(Execution) -> Execution) -> Trace {
        while let StepState::Waiting { .. } = self.state {
            assert!(self.trace.seen.len() < 1000, "it ends");
            self.execution = between(self.execution);
            self.step();
        }
        self.trace
    }

    /// Lets one thing happen: a result of a call, picked at random, or a timer.
    pub(crate) fn step(&mut self) {
        let StepState::Waiting { wake_at_ms } = self.state else {
            return;
        };
        let timer_first = wake_at_ms.is_some() && self.random().is_multiple_of(3);
        let step = if self.open.is_empty() || timer_first {
            let wake_at_ms = wake_at_ms.expect("it waits for a call or for a timer");
            self.elapsed_ms = self.elapsed_ms.max(wake_at_ms);
            self.execution.resume(now(self.elapsed_ms), &[])
        } else {
            let index = self.random() as usize % self.open.len();
            let call = self.open.swap_remove(index);
            self.elapsed_ms += 0.25;
            let value = answer(call);
            let settled = Settled {
                call,
                result: Ok(&value),
            };
            self.execution.resume(now(self.elapsed_ms), &[settled])
        };
        self.record(step);
    }

    fn record(&mut self, step: Step) {
        self.open
            .extend(step.calls.iter().map(|Call { id, .. }| *id));
        self.trace.seen.push(format!(
            "{:?} {:?} {:?}",
            step.calls, step.console, step.warnings
        ));
        match &step.state {
            StepState::Waiting { .. } => {
                let memory = self.execution.memory().expect("it waits");
                self.trace.memories.push(hash(&memory));
            }
            StepState::Ended(outcome) => {
                assert!(!matches!(outcome, Outcome::Fault(_)), "{outcome:?}");
                self.trace.outcome = format!("{outcome:?}");
            }
        }
        self.state = step.state;
    }

    fn random(&mut self) -> u64 {
        // xorshift64: the order must be the same in every process.
        self.random ^= self.random << 13;
        self.random ^= self.random >> 7;
        self.random ^= self.random << 17;
        self.random
    }

    /// The driver's own state and a snapshot, for another process.
    pub(crate) fn to_message(&self, snapshot: &[u8]) -> Vec<u8> {
        let StepState::Waiting { wake_at_ms } = self.state else {
            panic!("only a waiting run can go on elsewhere");
        };
        encode(&(
            snapshot,
            (&self.open, self.random, self.elapsed_ms, wake_at_ms),
            (&self.trace.seen, &self.trace.memories),
        ))
    }
}

impl Run<()> {
    pub(crate) fn from_message(input: &mut impl Read, _order: u64) -> (Self, Vec<u8>) {
        type Driver = (Vec<u32>, u64, f64, Option<f64>);
        let mut bytes = Vec::new();
        input
            .read_to_end(&mut bytes)
            .expect("the first process writes");
        let (snapshot, (open, random, elapsed_ms, wake_at_ms), (seen, memories)): (
            Vec<u8>,
            Driver,
            (Vec<String>, Vec<u64>),
        ) = retort_sandbox::contract::decode(&bytes).expect("it wrote a message");
        let run = Self {
            execution: (),
            state: StepState::Waiting { wake_at_ms },
            open,
            trace: Trace {
                outcome: String::new(),
                seen,
                memories,
            },
            random,
            elapsed_ms,
        };
        (run, snapshot)
    }

    pub(crate) fn with(self, execution: Execution) -> Run {
        Run {
            execution,
            state: self.state,
            open: self.open,
            trace: self.trace,
            random: self.random,
            elapsed_ms: self.elapsed_ms,
        }
    }
}

/// Answers calls of an execution about which nothing is known.
pub(crate) fn settle(execution: &mut Execution, calls: &[u32]) {
    for call in calls {
        let value = answer(*call);
        execution.resume(
            now(1.0),
            &[Settled {
                call: *call,
                result: Ok(&value),
            }],
        );
    }
}

fn answer(call: u32) -> String {
    format!(r#"{{"call":{call},"list":[{call},2,3],"text":"result {call}"}}"#)
}

fn now(elapsed_ms: f64) -> Now {
    Now {
        unix_ms: 1_780_000_000_000.0 + elapsed_ms,
        elapsed_ms,
    }
}

fn hash(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}
