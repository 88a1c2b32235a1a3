//! The JavaScript runtime: one realm, one script, driven step by step.
//!
//! Owns everything a script sees. Must not know how it is hosted: the same code
//! runs natively under test and as Wasm, where `exports` is its only door.
//! Start at [`Runtime`].

pub(crate) mod builtins;
pub(crate) mod calls;
pub(crate) mod environment;
pub(crate) mod errors;
pub(crate) mod event_loop;
#[cfg(target_arch = "wasm32")]
mod exports;
mod inspection;
mod namespaces;
mod outcome;
mod scheduling;
pub(crate) mod source;

use std::cell::RefCell;
use std::path::Path;
use std::rc::Rc;

use boa_engine::builtins::function::OrdinaryFunction;
use boa_engine::builtins::promise::PromiseState;
use boa_engine::object::builtins::JsPromise;
use boa_engine::{Context, JsError, JsResult, JsString, JsValue, Script, Source};

use self::environment::Environment;
use self::environment::clock::StepClock;
use self::event_loop::{Hooks, Jobs, Rejections};
use self::inspection::Names;
use self::source::Prepared;
use crate::contract::{
    Api, GuestLimits, Inspection, Resume, ScriptError, Settled, Start, State, Step, VERSION, decode,
};

/// A realm ready for one script, and then that script at a wait.
///
/// [`start`](Self::start) is called once, [`resume`](Self::resume) while the
/// last step said `Waiting`; calls out of this order end in an error state.
pub struct Runtime {
    context: Context,
    environment: Rc<Environment>,
    rejections: Rc<Rejections>,
    phase: Phase,
    /// Whether the script chooses among calls, so that those it has not waited
    /// for at its end are no mistake.
    races: bool,
    /// Whether the script makes promises that it may forget to settle.
    promises: bool,
    /// Whether a function that is the script's value gets the globals.
    takes_globals: bool,
    /// The script that was inspected, with the limits it was prepared under.
    inspected: Option<(Prepared, GuestLimits)>,
}

/// Rejections nobody handled that are described, each of which costs a parse.
const REPORTED_REJECTIONS: usize = 20;

/// What a script chooses among calls with.
const RACES: [&str; 3] = ["Promise.race", "Promise.any", "AbortSignal"];

/// What a script makes promises with that may never settle.
const PROMISES: [&str; 4] = [
    "new Promise",
    "withResolvers",
    "extends Promise",
    "Promise.race",
];

/// How far the script has come.
enum Phase {
    /// No script yet.
    Fresh,
    /// The promise of its value is pending. A function as its value is called,
    /// unless that was done already or the script returned it by `return`.
    Running { promise: JsPromise, called: bool },
    /// It has a value, but calls it made are still under way.
    Finishing(JsValue),
    /// It ended.
    Ended,
}

impl Runtime {
    /// Builds the realm. Everything that does not depend on the script is done
    /// here, so that pre-initialisation can keep it.
    ///
    /// # Panics
    /// When the realm cannot be built, which no input can cause.
    pub fn new() -> Self {
        let clock = Rc::new(StepClock::new());
        let rejections = Rc::new(Rejections::default());
        let environment = Rc::new(Environment::new(clock.clone()));
        let mut context = Context::builder()
            .clock(clock)
            .job_executor(Rc::new(Jobs::default()))
            .host_hooks(Rc::new(Hooks {
                rejections: rejections.clone(),
                zone: environment.zone.clone(),
            }))
            .module_loader(Rc::new(boa_engine::module::IdleModuleLoader))
            .build()
            .expect("the engine builds a realm from fixed inputs");
        context.insert_data(environment.clone());
        install(&mut context).expect("the globals of a fresh realm can be defined");
        Self {
            context,
            environment,
            rejections,
            phase: Phase::Fresh,
            races: false,
            promises: false,
            takes_globals: true,
            inspected: None,
        }
    }

    /// Tells what can be told of a script without running it. A
    /// [`start`](Self::start) with the same message goes on from there.
    ///
    /// # Errors
    /// The error that starting the script would end with.
    pub fn inspect(&mut self, start: &Start<'_>) -> Result<Inspection, Box<ScriptError>> {
        let api = api_of(start)?;
        let (prepared, inspection) = self.prepare(start, &api)?;
        self.inspected = Some((prepared, start.limits.clone()));
        Ok(inspection)
    }

    /// Starts a script and runs it to its first wait or its end.
    pub fn start(&mut self, start: &Start<'_>) -> Step {
        self.environment.begin(start);
        self.races = RACES.iter().any(|race| start.source.contains(race));
        self.promises = makes_promises(start.source);
        let limits = self.context.runtime_limits_mut();
        limits.set_recursion_limit(start.limits.recursion as usize);
        limits.set_stack_size_limit(start.limits.recursion as usize * 64);
        let prepared = api_of(start).and_then(|api| {
            let inspected = self.inspected.take().filter(|(prepared, limits)| {
                prepared.positions.source() == start.source && *limits == start.limits
            });
            let prepared = match inspected {
                Some((prepared, _)) => prepared,
                None => self.prepare(start, &api)?.0,
            };
            Ok((prepared, api))
        });
        let (prepared, api) = match prepared {
            Ok(prepared) => prepared,
            Err(error) => return self.end(Err(error)),
        };
        let positions = Rc::new(prepared.positions);
        self.environment.set_positions(positions.clone());
        if let Err(error) = namespaces::install(api, start.source, &mut self.context) {
            return self.fail(error);
        }
        let source = Source::from_bytes(positions.code()).with_path(Path::new(source::SCRIPT_NAME));
        let script = match Script::parse(source, None, &mut self.context) {
            Ok(script) => script,
            Err(error) => {
                let error = errors::unparsable(error, &mut self.context);
                return self.end(Err(error));
            }
        };
        let evaluated = script.evaluate(&mut self.context);
        match evaluated.and_then(|value| promise_of(&value)) {
            Ok(promise) => {
                self.takes_globals = prepared.takes_globals;
                self.phase = Phase::Running {
                    promise,
                    called: prepared.returns,
                };
                self.run(&[])
            }
            Err(error) => self.fail(error),
        }
    }

    /// Makes a script ready to run, and inspects it.
    fn prepare(
        &mut self,
        start: &Start<'_>,
        api: &Api,
    ) -> Result<(Prepared, Inspection), Box<ScriptError>> {
        let global = self.context.global_object();
        let context = RefCell::new(&mut self.context);
        let is_global = |name: &str| {
            let name = JsString::from(name);
            let found = global.has_property(name, &mut context.borrow_mut());
            found.unwrap_or(true)
        };
        let names = Names {
            servers: &api.servers,
            is_global: &is_global,
        };
        source::prepare(start.source, &start.limits, names)
    }

    /// Continues a script that waits.
    pub fn resume(&mut self, resume: &Resume<'_>) -> Step {
        self.environment.clock.set(resume.now);
        self.run(&resume.settled)
    }

    /// Drains what can run now and says where the script stands.
    fn run(&mut self, settled: &[Settled<'_>]) -> Step {
        match self.drain(settled) {
            Ok(()) => self.advance(),
            Err(error) => self.fail(error),
        }
    }

    /// Microtasks, then each settlement, then each due timer, with the
    /// microtasks drained after each.
    fn drain(&mut self, settled: &[Settled<'_>]) -> JsResult<()> {
        self.context.run_jobs()?;
        for one in in_order(settled) {
            calls::settle(one, &mut self.context)?;
            self.context.run_jobs()?;
        }
        let now_ms = self.environment.clock.read().elapsed_ms;
        while let Some(timer) = self.environment.timers.take_due(now_ms) {
            scheduling::fire(timer, &mut self.context)?;
            self.context.run_jobs()?;
        }
        Ok(())
    }

    /// The step, once nothing can run without the host.
    fn advance(&mut self) -> Step {
        loop {
            match std::mem::replace(&mut self.phase, Phase::Ended) {
                Phase::Running { promise, called } => match promise.state() {
                    PromiseState::Pending => {
                        let wake_at_ms = self.environment.timers.next_due_ms();
                        if wake_at_ms.is_none() && self.environment.pending.is_empty() {
                            let error = errors::stalled(self.promises, &self.context);
                            return self.end(Err(error));
                        }
                        self.phase = Phase::Running { promise, called };
                        return self.step(State::Waiting { wake_at_ms });
                    }
                    PromiseState::Fulfilled(value) if !called && is_script_function(&value) => {
                        match self.call_value(&value) {
                            Ok(promise) => {
                                self.phase = Phase::Running {
                                    promise,
                                    called: true,
                                }
                            }
                            Err(error) => return self.fail(error),
                        }
                    }
                    PromiseState::Fulfilled(value) => self.phase = Phase::Finishing(value),
                    PromiseState::Rejected(reason) => {
                        return self.fail(JsError::from_opaque(reason));
                    }
                },
                Phase::Finishing(value) => {
                    if !self.environment.pending.is_empty() {
                        let waits = !self.races;
                        self.environment
                            .pending
                            .warn_unfinished(waits, &self.environment.outbox);
                        if waits {
                            self.phase = Phase::Finishing(value);
                            let wake_at_ms = self.environment.timers.next_due_ms();
                            return self.step(State::Waiting { wake_at_ms });
                        }
                    }
                    let taken = outcome::take(&value, &mut self.context);
                    // Those that were made while it was taken.
                    self.environment
                        .pending
                        .warn_unfinished(false, &self.environment.outbox);
                    return self.end(taken);
                }
                Phase::Fresh | Phase::Ended => {
                    return self.end(Err(errors::internal("no script is running")));
                }
            }
        }
    }

    /// Calls a function that a script has as its value: `async () => {…}`.
    fn call_value(&mut self, function: &JsValue) -> JsResult<JsPromise> {
        let function = function
            .as_callable()
            .ok_or_else(|| errors::type_error("the value is no function"))?;
        let global: JsValue = self.context.global_object().into();
        let arguments = self.takes_globals.then_some(global);
        let arguments = arguments.as_slice();
        let promise = match function.call(&JsValue::undefined(), arguments, &mut self.context) {
            Ok(value) => JsPromise::resolve(value, &mut self.context)?,
            Err(error) if error.as_engine().is_some() => return Err(error),
            Err(error) => JsPromise::reject(error, &mut self.context)?,
        };
        self.context.run_jobs()?;
        Ok(promise)
    }

    fn fail(&mut self, error: JsError) -> Step {
        let error = errors::uncaught(error, &mut self.context);
        self.end(Err(error))
    }

    fn end(&mut self, ended: Result<crate::contract::Value, Box<ScriptError>>) -> Step {
        self.phase = Phase::Ended;
        self.environment.timers.clear_all();
        for promise in self.rejections.take().into_iter().take(REPORTED_REJECTIONS) {
            if let PromiseState::Rejected(reason) = JsPromise::from(promise).state() {
                let error = errors::uncaught(JsError::from_opaque(reason), &mut self.context);
                if ended.as_ref().err() != Some(&error) {
                    self.environment.outbox.warn(errors::unhandled(&error));
                }
            }
        }
        self.step(match ended {
            Ok(value) => State::Returned(value),
            Err(error) => State::Threw(*error),
        })
    }

    fn step(&self, state: State) -> Step {
        let outgoing = self.environment.outbox.take();
        Step {
            calls: outgoing.calls,
            console: outgoing.console,
            console_dropped: outgoing.console_dropped,
            emitted: outgoing.emitted,
            warnings: outgoing.warnings,
            state,
        }
    }
}

impl Default for Runtime {
    fn default() -> Self {
        Self::new()
    }
}

/// Settlements in the order they came; of those that failed, the call made first
/// comes first, so that the same mistakes are told each time.
fn in_order<'s, 'r>(settled: &'s [Settled<'r>]) -> Vec<&'s Settled<'r>> {
    let mut failed: Vec<_> = settled.iter().filter(|one| one.result.is_err()).collect();
    failed.sort_by_key(|one| one.call);
    let mut failed = failed.into_iter();
    let in_turn = |one: &'s Settled<'r>| match one.result {
        Ok(_) => Some(one),
        Err(_) => failed.next(),
    };
    settled.iter().filter_map(in_turn).collect()
}

/// The API that a script is started with.
fn api_of(start: &Start<'_>) -> Result<Api, Box<ScriptError>> {
    match decode(start.api) {
        Ok(api) if start.version == VERSION => Ok(api),
        _ => Err(errors::internal(
            "host and guest do not speak the same contract",
        )),
    }
}

fn install(context: &mut Context) -> JsResult<()> {
    builtins::install(context)?;
    errors::install(context)?;
    scheduling::install(context)?;
    calls::install(context)
}

/// Whether a script makes promises or thenables of its own. A `then` that is not
/// read from something is the name of a method.
fn makes_promises(source: &str) -> bool {
    let is_name = |letter: char| letter.is_alphanumeric() || letter == '_' || letter == '$';
    let names_then = source.match_indices("then").any(|(at, then)| {
        let before = source[..at].chars().next_back();
        let after = source[at + then.len()..].chars().next();
        !before.is_some_and(|letter| is_name(letter) || letter == '.')
            && !after.is_some_and(is_name)
    });
    names_then || PROMISES.iter().any(|made| source.contains(made))
}

/// Whether a value is a function that the script itself wrote.
fn is_script_function(value: &JsValue) -> bool {
    value
        .as_object()
        .is_some_and(|object| object.is::<OrdinaryFunction>())
}

/// The value as a promise; the prepared script always evaluates to one.
fn promise_of(value: &JsValue) -> JsResult<JsPromise> {
    let object = value
        .as_object()
        .ok_or_else(|| errors::type_error("the script has no promise"))?;
    JsPromise::from_object(object.clone())
}

#[cfg(test)]
mod tests;
