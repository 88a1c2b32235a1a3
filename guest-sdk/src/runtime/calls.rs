//! Calls out of the sandbox: from a function call to a promise, and from the
//! host's answer to that promise's fate.

pub(super) mod arguments;
pub(crate) mod tool_error;

use std::borrow::Cow;

use boa_engine::object::builtins::JsPromise;
use boa_engine::{Context, JsResult, JsString, JsValue, js_string};

use self::arguments::Arguments;
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
    arguments: Result<Arguments, String>,
    context: &mut Context,
) -> JsResult<JsValue> {
    let environment = Environment::of(context);
    let limits = environment.limits();
    let (promise, resolvers) = JsPromise::new_pending(context);
    let position = errors::caller_position(context)?;
    let refused = match &arguments {
        Err(message) => Some(("invalid_arguments", format!("`{label}`: {message}"))),
        Ok(given) if given.json.len() > limits.argument_bytes as usize => Some((
            "argument_too_large",
            format!(
                "the arguments of `{label}` have {} bytes; {} are allowed",
                given.json.len(),
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
    let Arguments { json, remark } = arguments.unwrap_or_default();
    let id = environment.outbox.call(target, json, position);
    environment.pending.insert(
        id,
        PendingCall {
            resolvers,
            label,
            tool,
            position,
            remark,
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
            let mut error = Cow::Borrowed(error);
            if let Some(remark) = call.remark
                && error.code == "invalid_arguments"
            {
                error.to_mut().message += &format!("\n{remark}");
            }
            let error = tool_error::create(&error, &call.label, call.position, context)?;
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

/// A string property value, for natives that read options.
pub(super) fn string(value: &JsValue) -> Option<JsString> {
    value.as_string().filter(|text| *text != js_string!(""))
}
