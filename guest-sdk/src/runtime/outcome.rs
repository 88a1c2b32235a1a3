//! Taking the script's value out of the realm.
//!
//! Text stays text; anything else becomes JSON. What JSON drops but agents
//! return all the same is converted (`plain`), and what it cannot express is an
//! error that names the path (`problem`).

mod plain;
mod problem;

use boa_engine::{Context, JsValue};

use self::plain::Lost;
use super::builtins::json;
use super::environment::Environment;
use super::errors;
use crate::contract::{ErrorKind, ScriptError, Value};

/// What a promise prints as where a string was wanted.
pub(super) const PROMISE_TEXT: &str = "[object Promise]";

/// Expresses a script's value as text or JSON.
///
/// # Errors
/// A [`ScriptError`] of kind `Value` where it cannot be, or what a getter threw.
pub(super) fn take(value: &JsValue, context: &mut Context) -> Result<Value, Box<ScriptError>> {
    let environment = Environment::of(context);
    let taken = if value.is_undefined() {
        if let Some(absence) = environment.absences.take_returned()
            && let Some(what) = absence.describe(context)
        {
            let line = absence.position(context);
            let line = line.map_or_else(String::new, |at| format!(" (line {})", at.line));
            let warning = format!("the script's value is `undefined`{line}: {what}");
            environment.outbox.warn(warning);
        }
        Value::Undefined
    } else if let Some(text) = value.as_string() {
        Value::Text(text.to_std_string_lossy())
    } else {
        Value::Json(json_text(value, context)?)
    };
    let text = match &taken {
        Value::Undefined => "",
        Value::Text(text) | Value::Json(text) => text,
    };
    let (size, allowed) = (text.len(), environment.limits().value_bytes);
    if size > allowed as usize {
        return Err(unusable(
            format!("the value has {size} bytes; {allowed} are allowed"),
            "return only what is needed: select fields, count, or take the first few",
        ));
    }
    if text.contains(PROMISE_TEXT) {
        let warning = format!(
            "the value contains `{PROMISE_TEXT}`: a promise was used as text without `await`"
        );
        environment.outbox.warn(warning);
    }
    Ok(taken)
}

fn json_text(value: &JsValue, context: &mut Context) -> Result<String, Box<ScriptError>> {
    let depth = Environment::of(context).limits().nesting;
    let (written, is_too_deep) = json::stringify_within(value, depth, context);
    let text = match written {
        Ok(Some(text)) => text,
        Ok(None) => {
            let what = value.type_of();
            return Err(unusable(
                format!("the value is a {what}, which JSON cannot express"),
                "call the function, or return plain data",
            ));
        }
        Err(error) => {
            return Err(problem::find(value, context).unwrap_or_else(|| {
                if is_too_deep {
                    problem::too_deep(context)
                } else {
                    errors::uncaught(error, context)
                }
            }));
        }
    };
    if !plain::is_lossy(value, &text, context) {
        return Ok(text);
    }
    let error = match plain::convert(value, context) {
        Ok(plain) => match json::stringify(&plain, context) {
            Ok(converted) => return Ok(converted.unwrap_or(text)),
            Err(error) => error,
        },
        Err(Lost::TooDeep) => return Err(problem::too_deep(context)),
        Err(Lost::Threw(error)) => error,
    };
    Err(problem::find(value, context).unwrap_or_else(|| errors::uncaught(error, context)))
}

fn unusable(message: String, hint: &str) -> Box<ScriptError> {
    Box::new(ScriptError {
        kind: ErrorKind::Value,
        name: String::new(),
        message,
        position: None,
        source_line: None,
        hint: Some(hint.to_owned()),
        call: None,
    })
}
