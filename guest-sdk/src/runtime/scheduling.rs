//! `setTimeout` and its relatives, and `queueMicrotask`.

use boa_engine::job::{Job, PromiseJob};
use boa_engine::object::builtins::JsFunction;
use boa_engine::{Context, JsArgs, JsResult, JsValue};

use super::builtins::define;
use super::environment::Environment;
use super::environment::timers::Timer;
use super::errors;

/// Defines the globals.
pub(super) fn install(context: &mut Context) -> JsResult<()> {
    let global = context.global_object();
    define::method(&global, "setTimeout", 2, set_timeout, context)?;
    define::method(&global, "setInterval", 2, set_interval, context)?;
    define::method(&global, "setImmediate", 1, set_immediate, context)?;
    define::method(&global, "clearTimeout", 1, clear, context)?;
    define::method(&global, "clearInterval", 1, clear, context)?;
    define::method(&global, "clearImmediate", 1, clear, context)?;
    define::method(&global, "queueMicrotask", 1, queue_microtask, context)
}

/// Calls a timer that is due and puts an interval back.
///
/// An exception of the callback does not end the script; it is reported.
pub(super) fn fire(timer: Timer, context: &mut Context) -> JsResult<()> {
    let environment = Environment::of(context);
    let result = timer
        .callback
        .call(&JsValue::undefined(), &timer.arguments, context);
    if timer.every_ms.is_some() && !environment.timers.was_cleared(timer.id) {
        let now_ms = environment.clock.read().elapsed_ms;
        environment.timers.again(now_ms, timer);
    }
    report(result, "a timer", context)
}

fn report(result: JsResult<JsValue>, what: &str, context: &mut Context) -> JsResult<()> {
    match result {
        Ok(_) => Ok(()),
        Err(error) if error.as_engine().is_some() => Err(error),
        Err(error) => {
            let error = errors::uncaught(error, context);
            Environment::of(context)
                .outbox
                .warn(format!("{what} threw {}", errors::summary(&error)));
            Ok(())
        }
    }
}

fn set_timeout(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let delay_ms = delay(arguments, context)?;
    schedule(
        "setTimeout",
        delay_ms,
        false,
        arguments,
        arguments.get(2..),
        context,
    )
}

fn set_interval(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let delay_ms = delay(arguments, context)?;
    schedule(
        "setInterval",
        delay_ms,
        true,
        arguments,
        arguments.get(2..),
        context,
    )
}

fn set_immediate(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    schedule(
        "setImmediate",
        0.0,
        false,
        arguments,
        arguments.get(1..),
        context,
    )
}

fn delay(arguments: &[JsValue], context: &mut Context) -> JsResult<f64> {
    arguments.get_or_undefined(1).to_number(context)
}

fn schedule(
    name: &str,
    delay_ms: f64,
    repeat: bool,
    arguments: &[JsValue],
    rest: Option<&[JsValue]>,
    context: &mut Context,
) -> JsResult<JsValue> {
    let callback = callback(name, arguments)?;
    let environment = Environment::of(context);
    let now_ms = environment.clock.read().elapsed_ms;
    let rest = rest.unwrap_or_default().to_vec();
    let id = environment
        .timers
        .add(now_ms, delay_ms, repeat, callback, rest)?;
    Ok(id.into())
}

fn callback(name: &str, arguments: &[JsValue]) -> JsResult<JsFunction> {
    let callback = arguments.get_or_undefined(0).as_object();
    callback.and_then(JsFunction::from_object).ok_or_else(|| {
        errors::type_error(&format!(
            "the first argument of `{name}` must be a function"
        ))
    })
}

fn clear(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let id = arguments.get_or_undefined(0);
    if id.is_number() {
        let id = id.to_number(context)?;
        Environment::of(context).timers.clear(id as u32);
    }
    Ok(JsValue::undefined())
}

fn queue_microtask(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let callback = callback("queueMicrotask", arguments)?;
    let job = PromiseJob::with_realm(
        move |context| {
            let result = callback.call(&JsValue::undefined(), &[], context);
            report(result, "a microtask", context)?;
            Ok(JsValue::undefined())
        },
        context.realm().clone(),
    );
    context.enqueue_job(Job::PromiseJob(job));
    Ok(JsValue::undefined())
}
