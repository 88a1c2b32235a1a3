//! The arguments of a call, as JSON text, and what is wrong with them.

use std::collections::VecDeque;

use boa_engine::{Context, JsResult, JsString, JsValue};

use crate::runtime::builtins::json::{self, promises};
use crate::runtime::environment::Environment;
use crate::runtime::errors::{self, Absence};

/// What a call is made with.
#[derive(Default)]
pub(crate) struct Arguments {
    /// JSON text of an object.
    pub(super) json: String,
    /// What the script passed on without a value, for the error that may come of it.
    pub(super) remark: Option<String>,
}

impl Arguments {
    fn none() -> Self {
        Self {
            json: "{}".to_owned(),
            remark: None,
        }
    }
}

/// The arguments of a call: one plain object or nothing. The inner error says
/// what is wrong with them.
pub(crate) fn read(
    arguments: &[JsValue],
    context: &mut Context,
) -> JsResult<Result<Arguments, String>> {
    let absences = Environment::of(context).absences.take_passed();
    let given = arguments
        .iter()
        .rposition(|argument| !argument.is_undefined())
        .map_or(0, |last| last + 1);
    let argument = match given {
        0 => return Ok(Ok(Arguments::none())),
        1 => &arguments[0],
        more => {
            return Ok(Err(format!(
                "takes one object with named arguments, got {more} arguments"
            )));
        }
    };
    if argument.is_null() {
        return Ok(Ok(Arguments::none()));
    }
    if let Some(wrong) = not_plain(argument) {
        return Ok(Err(format!(
            "takes one object with named arguments, got {wrong}"
        )));
    }
    let remark = match absent(argument, absences, context) {
        Ok(remark) => remark,
        Err(promise) => return Ok(Err(promise)),
    };
    match json::stringify(argument, context) {
        Ok(Some(json)) if json.starts_with('{') => {
            Ok(match promises::printed(argument, &json, context) {
                Some(path) => Err(format!(
                    "`args{path}` is a promise: put `await` before the call that gives it"
                )),
                None => Ok(Arguments { json, remark }),
            })
        }
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

/// What to say of the properties that the script read for the arguments and that
/// are absent; an error where one was read from a promise.
fn absent(
    argument: &JsValue,
    absences: VecDeque<Absence>,
    context: &mut Context,
) -> Result<Option<String>, String> {
    let Some(object) = argument.as_object() else {
        return Ok(None);
    };
    let mut remarks = Vec::new();
    for absence in absences {
        let Some(name) = absence.name.as_deref() else {
            continue;
        };
        let key = JsString::from(name).into();
        let own = object.borrow().properties().get(&key);
        let is_passed = own.is_some_and(|own| own.value().is_some_and(JsValue::is_undefined));
        if !is_passed {
            continue;
        }
        if let Some(what) = absence.describe(context) {
            if absence.is_of_promise() {
                return Err(format!("`args.{name}` has no value: {what}"));
            }
            remarks.push(what);
        }
    }
    remarks.dedup();
    Ok((!remarks.is_empty()).then(|| remarks.join("; ")))
}
