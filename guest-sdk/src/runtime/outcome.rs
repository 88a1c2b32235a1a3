//! Taking the script's value out of the realm.

use boa_engine::{Context, JsValue};

use super::builtins::json;
use super::environment::Environment;
use super::errors;
use crate::contract::{ErrorKind, ScriptError, Value};

/// Expresses a script's value as text or JSON.
///
/// # Errors
/// A [`ScriptError`] of kind `Value` where it cannot be, or what a getter threw.
pub(super) fn take(value: &JsValue, context: &mut Context) -> Result<Value, Box<ScriptError>> {
    let taken = if value.is_undefined() {
        Value::Undefined
    } else if let Some(text) = value.as_string() {
        Value::Text(text.to_std_string_lossy())
    } else {
        match json::stringify(value, context) {
            Ok(Some(text)) => Value::Json(text),
            Ok(None) => return Err(unusable(format!("a {} has no JSON form", value.type_of()))),
            Err(error) => return Err(errors::uncaught(error, context)),
        }
    };
    let allowed = Environment::of(context).limits().value_bytes;
    let size = match &taken {
        Value::Undefined => 0,
        Value::Text(text) | Value::Json(text) => text.len(),
    };
    if size > allowed as usize {
        return Err(unusable(format!(
            "the value has {size} bytes; {allowed} are allowed"
        )));
    }
    Ok(taken)
}

fn unusable(message: String) -> Box<ScriptError> {
    Box::new(ScriptError {
        kind: ErrorKind::Value,
        name: String::new(),
        message,
        position: None,
        source_line: None,
        hint: Some("return only what is needed, as plain data".to_owned()),
        call: None,
    })
}
