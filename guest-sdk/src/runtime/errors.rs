//! From what the engine throws to an error an agent can act on.

mod describe;
mod expression;
mod guarded;
pub(crate) mod hints;
mod promises;
mod receiver;
pub(crate) mod stack;

use std::error::Error;
use std::iter;

use boa_engine::error::RuntimeLimitError;
use boa_engine::{
    Context, JsError, JsNativeError, JsObject, JsResult, JsString, JsValue, js_string,
};

use self::describe::Place;
use super::builtins::json;
use super::calls::tool_error;
use super::environment::Environment;
use crate::contract::{ErrorKind, Position, ScriptError};

/// How far back the causes of an error are told.
const TOLD_CAUSES: usize = 3;
/// Characters of a thrown value that are shown.
const SHOWN_CHARS: usize = 2_000;

/// Whether a panic at a file of the code is one of the engine at a recursion that
/// does not end: async generators assert that what they run can be caught.
#[cfg(any(test, target_arch = "wasm32"))]
pub(super) fn is_recursion(file: &str) -> bool {
    let file = file.replace('\\', "/");
    file.ends_with("/src/builtins/async_generator/mod.rs")
}

/// Replaces what the engine shows of a stack by the source's own positions.
pub(super) fn install(context: &mut Context) -> JsResult<()> {
    stack::install(context)?;
    guarded::install(context)?;
    describe::install(context)
}

pub(super) use self::guarded::Absence;

/// A `TypeError` to throw.
pub(super) fn type_error(message: &str) -> JsError {
    JsNativeError::typ().with_message(message.to_owned()).into()
}

/// A fault of ours, as a script's error.
pub(super) fn internal(message: &str) -> Box<ScriptError> {
    plain(ErrorKind::Thrown, "InternalError", message.to_owned())
}

/// The script waits for what will never come.
///
/// The engine drops an async function whose calls are nested too deep after an
/// `await`: where the script makes no promises itself, that is what stalls it.
pub(super) fn stalled(makes_promises: bool, context: &Context) -> Box<ScriptError> {
    if !makes_promises {
        return too_deep(Environment::of(context).limits().recursion);
    }
    let mut error = plain(
        ErrorKind::Stalled,
        "",
        "the script awaits a promise that nothing will ever settle".to_owned(),
    );
    error.hint = Some(
        "no call and no timer is left: check that every `new Promise` calls `resolve`, and that \
         every recursion ends"
            .to_owned(),
    );
    error
}

/// An error in one line.
pub(super) fn summary(error: &ScriptError) -> String {
    let name = if error.name.is_empty() {
        String::new()
    } else {
        format!("{}: ", error.name)
    };
    let place = error
        .position
        .map_or_else(String::new, |at| format!(" (line {})", at.line));
    format!("{name}{}{place}", error.message)
}

/// The warning about a rejection nobody handled.
pub(super) fn unhandled(error: &ScriptError) -> String {
    format!(
        "a promise was rejected and nobody handled it: {}",
        summary(error)
    )
}

/// Describes an exception nobody caught.
pub(super) fn uncaught(error: JsError, context: &mut Context) -> Box<ScriptError> {
    match error.as_engine() {
        Some(_) if is_runaway(&error) => return runaway(&error, context),
        Some(engine) => return internal(&engine.to_string()),
        None => {}
    }
    let Ok(value) = error.into_opaque(context) else {
        return internal("an exception has no value");
    };
    let stack = value
        .as_object()
        .and_then(|object| Some((object.clone(), stack::of(&object, context)?)));
    let Some((object, stack)) = stack else {
        return thrown_value(&value, context);
    };
    let position = stack::first_position(&stack);
    let message = text(&object, "message", context).unwrap_or_default();
    let name = text(&object, "name", context).unwrap_or_else(|| "Error".to_owned());
    let call = tool_error::call_of(&object, context);
    let described = match call {
        Some(_) => describe::Described::default(),
        None => describe::error(&object, &name, &message, context),
    };
    let message = described.message.unwrap_or(message) + &causes(&object, context);
    let position = match described.place {
        Place::Engine => position,
        Place::At(position) => Some(position),
        Place::Unknown => None,
    };
    let positions = Environment::of(context).positions();
    let source_line = position.and_then(|at| positions.as_ref()?.line_text(at));
    Box::new(ScriptError {
        kind: ErrorKind::Thrown,
        name,
        message,
        position,
        source_line,
        hint: described.hint,
        call,
    })
}

/// Describes what the engine says about code that it does not parse.
pub(super) fn unparsable(error: JsError, context: &mut Context) -> Box<ScriptError> {
    let mut error = uncaught(error, context);
    error.kind = ErrorKind::Syntax;
    let message = std::mem::take(&mut error.message);
    let (message, place) = message.rsplit_once(" at line ").unwrap_or((&message, ""));
    message.clone_into(&mut error.message);
    error.hint = Some("this is not supported here: write it another way".to_owned());
    let place = place
        .split_once(", col ")
        .and_then(|(line, column)| Some((line.parse().ok()?, column.parse().ok()?)));
    if let (Some((line, column)), Some(positions)) = (place, Environment::of(context).positions()) {
        error.position = positions.of_generated(line, column);
        error.source_line = error.position.and_then(|at| positions.line_text(at));
    }
    error
}

/// Where the script called the native that is running.
pub(super) fn caller_position(context: &mut Context) -> JsResult<Option<Position>> {
    let error = context.intrinsics().constructors().error().constructor();
    let error = error.construct(&[], None, context)?;
    Ok(stack::of(&error, context).and_then(|stack| stack::first_position(&stack)))
}

/// Whether a limit of the engine is at the bottom of an error: where nothing was
/// expected to fail, it stands behind a fault of the engine.
fn is_runaway(error: &JsError) -> bool {
    let first: &dyn Error = error;
    iter::successors(Some(first), |&error| error.source()).any(<dyn Error>::is::<RuntimeLimitError>)
}

fn runaway(error: &JsError, context: &Context) -> Box<ScriptError> {
    let environment = Environment::of(context);
    let limit = environment.limits().recursion;
    let positions = environment.positions();
    let position = positions
        .as_ref()
        .and_then(|positions| stack::first_position(&stack::mapped(&error.to_string(), positions)));
    let mut described = too_deep(limit);
    described.position = position;
    described.source_line = position.and_then(|at| positions.as_ref()?.line_text(at));
    described
}

fn too_deep(limit: u32) -> Box<ScriptError> {
    let message = format!("calls are nested deeper than {limit}");
    let mut error = plain(ErrorKind::Stack, "RangeError", message);
    error.hint = Some("check that the recursion ends, or use a loop".to_owned());
    error
}

fn plain(kind: ErrorKind, name: &str, message: String) -> Box<ScriptError> {
    Box::new(ScriptError {
        kind,
        name: name.to_owned(),
        message,
        position: None,
        source_line: None,
        hint: None,
        call: None,
    })
}

/// What caused an error, and what caused that: ` (caused by …)`, or nothing.
fn causes(error: &JsObject, context: &mut Context) -> String {
    let mut told = String::new();
    let mut error = error.clone();
    for _ in 0..TOLD_CAUSES {
        let cause = match error.get(js_string!("cause"), context) {
            Ok(cause) if !cause.is_undefined() => cause,
            _ => break,
        };
        let Some(object) = cause.as_object() else {
            told += &format!(" (caused by {})", shown(&cause, context));
            break;
        };
        let name = text(&object, "name", context).unwrap_or_else(|| "Error".to_owned());
        let message = text(&object, "message", context).unwrap_or_default();
        told += &format!(" (caused by {name}: {message})");
        error = object.clone();
    }
    told
}

/// Describes a value that was thrown and is no error.
fn thrown_value(value: &JsValue, context: &mut Context) -> Box<ScriptError> {
    let mut error = plain(ErrorKind::Thrown, "", shown(value, context));
    let environment = Environment::of(context);
    if let (Some(offset), Some(positions)) = (
        environment.absences.thrown_at(value),
        environment.positions(),
    ) {
        let at = positions.of_offset(offset);
        error.position = Some(at);
        error.source_line = positions.line_text(at);
    }
    error.hint = Some(
        "the script threw a value that is no error: `throw new Error(…)` says where".to_owned(),
    );
    error
}

/// A thrown value that is no error, as JSON where it has any.
fn shown(value: &JsValue, context: &mut Context) -> String {
    let text = match json::stringify(value, context) {
        Ok(Some(text)) => text,
        _ => value.display().to_string(),
    };
    match text.char_indices().nth(SHOWN_CHARS) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

/// A property as text; a getter that throws counts as absent.
fn text(object: &JsObject, name: &str, context: &mut Context) -> Option<String> {
    let value = object.get(JsString::from(name), context).ok()?;
    if value.is_undefined() {
        return None;
    }
    let text = value.as_string().unwrap_or(js_string!("?"));
    Some(text.to_std_string_escaped())
}
