//! Calls out of the sandbox: from a function call to a promise, and from the
//! host's answer to that promise's fate.

pub(crate) mod tool_error;

use boa_engine::object::builtins::JsPromise;
use boa_engine::{Context, JsResult, JsString, JsValue, js_string};

use super::builtins::json;
use super::environment::Environment;
use super::environment::pending::PendingCall;
use super::errors;
use crate::contract::{CallError, Settled, Target};

/// Defines `ToolError`.
pub(super) fn install(context: &mut Context) -> JsResult<()> {
    tool_error::install(context)
}

/// Makes a call and returns the promise of its result.
///
/// `label` is how the script names it. What is wrong with the arguments
/// rejects the promise; only what a script cannot catch is an `Err`.
pub(super) fn make(
    target: Target,
    label: String,
    arguments: Result<String, String>,
    context: &mut Context,
) -> JsResult<JsValue> {
    let environment = Environment::of(context);
    let limits = environment.limits();
    let (promise, resolvers) = JsPromise::new_pending(context);
    let position = errors::caller_position(context)?;
    let refused = match &arguments {
        Err(message) => Some(("invalid_arguments", format!("`{label}`: {message}"))),
        Ok(json) if json.len() > limits.argument_bytes as usize => Some((
            "argument_too_large",
            format!(
                "the arguments of `{label}` have {} bytes; {} are allowed",
                json.len(),
                limits.argument_bytes
            ),
        )),
        Ok(_) if environment.outbox.calls_made() >= limits.calls => Some((
            "too_many_calls",
            format!(
                "`{label}` would be call {} of this script; {} are allowed",
                limits.calls + 1,
                limits.calls
            ),
        )),
        Ok(_) => None,
    };
    let tool = match &target {
        Target::Tool { server, tool } => (server.clone(), tool.clone()),
        _ => (String::new(), label.clone()),
    };
    if let Some((code, message)) = refused {
        let error = call_error(tool, code, message);
        let error = tool_error::create(&error, &label, position, context)?;
        resolvers
            .reject
            .call(&JsValue::undefined(), &[error], context)?;
        return Ok(promise.into());
    }
    let id = environment
        .outbox
        .call(target, arguments.unwrap_or_default(), position);
    environment.pending.insert(
        id,
        PendingCall {
            resolvers,
            label,
            tool,
            position,
            warned: false,
        },
    );
    Ok(promise.into())
}

/// Settles the promise of a call; ids that are not under way are ignored.
pub(super) fn settle(settled: &Settled<'_>, context: &mut Context) -> JsResult<()> {
    let Some(call) = Environment::of(context).pending.take(settled.call) else {
        return Ok(());
    };
    let undefined = JsValue::undefined();
    match &settled.result {
        Ok(text) => match json::parse(text, context) {
            Ok(value) => call.resolvers.resolve.call(&undefined, &[value], context)?,
            Err(error) if error.as_engine().is_some() => return Err(error),
            Err(error) => {
                let problem = errors::uncaught(error, context).message;
                let message = format!("the answer of `{}` cannot be used: {problem}", call.label);
                let error = call_error(call.tool, "protocol", message);
                let error = tool_error::create(&error, &call.label, call.position, context)?;
                call.resolvers.reject.call(&undefined, &[error], context)?
            }
        },
        Err(error) => {
            let error = tool_error::create(error, &call.label, call.position, context)?;
            call.resolvers.reject.call(&undefined, &[error], context)?
        }
    };
    Ok(())
}

/// A failure that is found on this side of the boundary.
fn call_error((server, tool): (String, String), code: &str, message: String) -> CallError {
    CallError {
        server,
        tool,
        code: code.to_owned(),
        message,
        content: None,
        retryable: false,
    }
}

/// The JSON text of a call's arguments: one plain object or nothing. The inner
/// error says what is wrong with them.
pub(super) fn arguments_json(
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<Result<String, String>> {
    let given = arguments
        .iter()
        .rposition(|argument| !argument.is_undefined())
        .map_or(0, |last| last + 1);
    let argument = match given {
        0 => return Ok(Ok("{}".to_owned())),
        1 => &arguments[0],
        more => {
            return Ok(Err(format!(
                "takes one object with named arguments, got {more} arguments"
            )));
        }
    };
    if argument.is_null() {
        return Ok(Ok("{}".to_owned()));
    }
    if let Some(wrong) = not_plain(argument) {
        return Ok(Err(format!(
            "takes one object with named arguments, got {wrong}"
        )));
    }
    match json::stringify(argument, context) {
        Ok(Some(text)) if text.starts_with('{') => Ok(Ok(text)),
        Ok(_) => Ok(Err(
            "takes one object with named arguments, got a value that is none in JSON".to_owned(),
        )),
        Err(error) if error.as_engine().is_some() => Err(error),
        Err(error) => {
            let error = errors::uncaught(error, context);
            Ok(Err(format!(
                "the arguments cannot be expressed as JSON: {}",
                error.message
            )))
        }
    }
}

/// What an argument is, where it is not a plain object.
fn not_plain(argument: &JsValue) -> Option<String> {
    let Some(object) = argument.as_object() else {
        return Some(format!("a {}", argument.type_of()));
    };
    if object.is_array() {
        Some("an array".to_owned())
    } else if object.is_callable() {
        Some("a function".to_owned())
    } else if object.is::<boa_engine::builtins::promise::Promise>() {
        Some("a promise (`await` it first)".to_owned())
    } else {
        let named = [
            (
                boa_engine::object::builtins::JsMap::from_object(object.clone()).is_ok(),
                "a Map",
            ),
            (
                boa_engine::object::builtins::JsSet::from_object(object.clone()).is_ok(),
                "a Set",
            ),
        ];
        named
            .into_iter()
            .find_map(|(is, what)| is.then(|| what.to_owned()))
    }
}

/// A string property value, for natives that read options.
pub(super) fn string(value: &JsValue) -> Option<JsString> {
    value.as_string().filter(|text| *text != js_string!(""))
}
