//! Messages that name the expression, for errors the engine throws.

use std::collections::HashMap;

use boa_engine::builtins::promise::Promise;
use boa_engine::object::builtins::JsPromise;
use boa_engine::property::PropertyDescriptor;
use boa_engine::{
    Context, JsArgs, JsError, JsNativeError, JsObject, JsResult, JsString, JsSymbol, JsValue,
    js_string,
};

use super::expression::{self, Found, Named};
use super::{hints, promises, stack};
use crate::contract::Position;
use crate::runtime::builtins::define;
use crate::runtime::calls::tool_error::own_value;
use crate::runtime::environment::Environment;
use crate::runtime::namespaces::Servers;
use crate::runtime::outcome::PROMISE_TEXT;
use crate::runtime::source::SCRIPT_NAME;
use crate::runtime::source::guards::{CAUGHT, IMPORT, ITERABLE, NULLISH};

/// What can be said about an error beyond what it says itself.
#[derive(Default)]
pub(super) struct Described {
    pub(super) message: Option<String>,
    pub(super) hint: Option<String>,
    /// What replaces the engine's place.
    pub(super) place: Place,
}

/// Where an error is, compared with where the engine says it is.
#[derive(Default)]
pub(super) enum Place {
    /// Where the engine says.
    #[default]
    Engine,
    /// Better known.
    At(Position),
    /// Nowhere in particular: the engine only names the whole script.
    Unknown,
}

/// Defines the functions that guarded code calls.
pub(super) fn install(context: &mut Context) -> JsResult<()> {
    let global = context.global_object();
    define::method(&global, NULLISH, 5, nullish, context)?;
    define::method(&global, ITERABLE, 3, iterable, context)?;
    define::method(&global, CAUGHT, 1, caught, context)?;
    define::method(&global, IMPORT, 1, import, context)
}

/// Describes an error thrown by the engine; nothing for those of the script.
pub(super) fn error(
    object: &JsObject,
    name: &str,
    message: &str,
    context: &mut Context,
) -> Described {
    if message.contains(PROMISE_TEXT) {
        let hint = "a promise was used as text: put `await` before the call that gives it";
        return Described {
            hint: Some(hint.to_owned()),
            ..Described::default()
        };
    }
    let environment = Environment::of(context);
    let (Some(positions), Some((line, column))) = (
        environment.positions(),
        stack::engine_place(object, context),
    ) else {
        return Described::default();
    };
    if name == "ReferenceError"
        && let Some(global) = message.strip_suffix(" is not defined")
    {
        let offset = expression::first_use(&positions, global, line, column);
        return Described {
            message: None,
            hint: Some(hints::unknown_global(global, context)),
            place: offset.map_or(Place::Engine, |offset| {
                Place::At(positions.of_offset(offset))
            }),
        };
    }
    if name != "TypeError" && name != "ReferenceError" && name != "RangeError" {
        return Described::default();
    }
    let servers = Servers::of(context);
    let is_remote = |path: &[String]| is_remote(path, servers.as_deref());
    let Some(found) = expression::at(&positions, line, column, &is_remote) else {
        return Described::default();
    };
    let place = |named: &Named| {
        named.offset.map_or(Place::Engine, |offset| {
            Place::At(positions.of_offset(offset))
        })
    };
    match (found, message) {
        (Found::Call(callee), "not a callable function") => Described {
            message: Some(format!("{} is not a function", callee.text)),
            hint: callee
                .unawaited
                .as_deref()
                .map(await_hint)
                .or_else(|| hints::unknown_tool(&callee.path, context)),
            place: place(&callee),
        },
        (Found::New(callee), "not a constructor") => Described {
            message: Some(format!("{} is not a constructor", callee.text)),
            hint: None,
            place: place(&callee),
        },
        (Found::Read { object, property }, NOTHING) => Described {
            message: Some(format!(
                "cannot read properties of undefined or null (reading '{property}'): `{}` has no value",
                object.text
            )),
            hint: object.unawaited.as_deref().map(await_hint),
            place: place(&object),
        },
        (Found::Write { object, property }, NOTHING) => Described {
            message: Some(format!(
                "cannot set properties of undefined or null (setting '{property}'): `{}` has no value",
                object.text
            )),
            hint: object.unawaited.as_deref().map(await_hint),
            place: place(&object),
        },
        (Found::Function { whole_script: true }, _) => Described {
            place: Place::Unknown,
            ..Described::default()
        },
        _ => Described::default(),
    }
}

/// What the engine says when a property of null or undefined is used.
const NOTHING: &str = "cannot convert 'null' or 'undefined' to object";

fn await_hint(promise: &str) -> String {
    format!("`{promise}` is a promise: put `await` before the call")
}

/// `$nullish(start, end, use, value?, receiver?)`: throws for an expression without a value.
fn nullish(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let number = |index: usize| {
        arguments
            .get_or_undefined(index)
            .as_number()
            .unwrap_or_default() as u32
    };
    let (start, end) = (number(0), number(1));
    let value = match arguments.get(3) {
        Some(value) if value.is_null() => "null",
        Some(_) => "undefined",
        None => "undefined or null",
    };
    let positions = Environment::of(context).positions();
    let text = positions
        .as_ref()
        .and_then(|positions| positions.text(start, end))
        .filter(|text| !text.is_empty());
    let text = text.map(expression::shorten);
    let subject = text.as_deref().unwrap_or(value);
    let usage = arguments.get_or_undefined(2);
    let why = unawaited((start, end), text.as_deref(), arguments.get(4), context);
    let message = match usage.as_string() {
        Some(name) => {
            let name = name.to_std_string_lossy();
            let read = if name.is_empty() {
                String::new()
            } else {
                format!(" (reading '{name}')")
            };
            match &text {
                Some(text) => {
                    format!("cannot read properties of {value}{read}: `{text}` is {value}")
                }
                None => format!("cannot read properties of {value}{read}"),
            }
        }
        None if usage.as_boolean() == Some(true) => {
            format!("{subject} is not iterable: it is {value}")
        }
        None => format!("cannot destructure {subject}: it is {value}"),
    };
    Err(thrown_at(start, text.is_some(), message + &why, context)?)
}

/// `, as … is a promise`, where a value was read from one without `await`.
fn unawaited(
    place: (u32, u32),
    text: Option<&str>,
    receiver: Option<&JsValue>,
    context: &mut Context,
) -> String {
    let of_receiver = || {
        Some(
            text?
                .rsplit_once('.')?
                .0
                .trim_end_matches(['?', '!'])
                .to_owned(),
        )
    };
    let promise = match receiver.map(is_promise) {
        Some(true) => of_receiver(),
        // A name that holds no promise now: what the text says is outdated.
        Some(false) if text.is_some_and(|text| text.matches('.').count() == 1) => None,
        _ => Guarded::promise_at(place, context),
    };
    promise.map_or_else(String::new, |promise| {
        format!(", as {}", await_hint(&promise))
    })
}

fn is_promise(value: &JsValue) -> bool {
    value
        .as_object()
        .is_some_and(|object| object.is::<Promise>())
}

/// What is known of the guarded expressions of the script; made at the first error.
struct Guarded(HashMap<(u32, u32), String>);

impl Guarded {
    fn promise_at(place: (u32, u32), context: &mut Context) -> Option<String> {
        if let Some(known) = context.get_data::<Self>() {
            return known.0.get(&place).cloned();
        }
        let positions = Environment::of(context).positions()?;
        let servers = Servers::of(context);
        let known = promises::guarded(positions.code(), &|path| {
            is_remote(path, servers.as_deref())
        });
        let found = known.get(&place).cloned();
        context.insert_data(Self(known));
        found
    }
}

fn is_remote(path: &[String], servers: Option<&Servers>) -> bool {
    servers.is_some_and(|servers| hints::is_remote(path, servers))
}

/// `$iterable(value, start, end)`: the value, where a loop can go over it.
fn iterable(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let value = arguments.get_or_undefined(0);
    let iterates = match value.as_object() {
        Some(object) => object.get(JsSymbol::iterator(), context)?.is_callable(),
        None => value.is_string(),
    };
    if iterates {
        return Ok(value.clone());
    }
    let number = |index: usize| {
        arguments
            .get_or_undefined(index)
            .as_number()
            .unwrap_or_default() as u32
    };
    let (start, end) = (number(1), number(2));
    let positions = Environment::of(context).positions();
    let text = positions
        .as_ref()
        .and_then(|positions| positions.text(start, end));
    let text = text
        .filter(|text| !text.is_empty())
        .map(expression::shorten);
    let subject = text.as_deref().unwrap_or("the value");
    let mut message = format!(
        "{subject} is not iterable: it is {}",
        what_it_is(value, context)?
    );
    if value.is_null_or_undefined() {
        message += &unawaited((start, end), None, None, context);
    }
    Err(thrown_at(start, text.is_some(), message, context)?)
}

/// A value that cannot be looped over, in words.
fn what_it_is(value: &JsValue, context: &mut Context) -> JsResult<String> {
    let Some(object) = value.as_object() else {
        return Ok(match value.type_of() {
            "undefined" => "undefined".to_owned(),
            _ if value.is_null() => "null".to_owned(),
            other => format!("a {other}"),
        });
    };
    if is_promise(value) {
        return Ok("a promise: put `await` before the call".to_owned());
    }
    if object.is_callable() {
        return Ok("a function".to_owned());
    }
    let keys = object.own_property_keys(context)?;
    let shown: Vec<String> = keys
        .iter()
        .take(SHOWN_KEYS)
        .map(|key| format!("`{key}`"))
        .collect();
    let more = if keys.len() > shown.len() {
        ", …"
    } else {
        ""
    };
    Ok(match shown.as_slice() {
        [] => "an empty object".to_owned(),
        shown => format!("an object with {}{more}", shown.join(", ")),
    })
}

/// Properties of an object that are named where it was taken for a list.
const SHOWN_KEYS: usize = 8;

/// A `TypeError` that says it was thrown at an offset of the script.
fn thrown_at(
    offset: u32,
    is_known: bool,
    message: String,
    context: &mut Context,
) -> JsResult<JsError> {
    let error = JsNativeError::typ()
        .with_message(message)
        .into_opaque(context);
    if let (Some(positions), true) = (Environment::of(context).positions(), is_known) {
        let at = positions.of_offset(offset);
        let header = JsValue::from(error.clone())
            .to_string(context)?
            .to_std_string_lossy();
        let stack = format!("{header}\n    at ({SCRIPT_NAME}:{}:{})", at.line, at.column);
        define::property(
            &error,
            "stack",
            JsString::from(stack).into(),
            false,
            context,
        )?;
    }
    Ok(JsError::from_opaque(error.into()))
}

/// `$import(specifier)`: rejects, as there are no modules.
fn import(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let specifier = arguments.get_or_undefined(0).to_string(context)?;
    let message = format!(
        "`{}` cannot be imported: a script loads no modules",
        specifier.to_std_string_lossy()
    );
    Ok(JsPromise::reject(super::type_error(&message), context)?.into())
}

/// `$caught(error)`: gives an error that a script caught the message that an
/// uncaught one would have.
fn caught(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let Some(object) = arguments.get_or_undefined(0).as_object() else {
        return Ok(JsValue::undefined());
    };
    let object = object.clone();
    let message = own_value(&object, "message", context).and_then(|message| message.as_string());
    if let Some(message) = message
        && ["not a callable function", "not a constructor", NOTHING]
            .iter()
            .any(|known| message == *known)
        && object.is::<boa_engine::builtins::error::Error>()
    {
        let described = error(
            &object,
            "TypeError",
            &message.to_std_string_lossy(),
            context,
        );
        if let Some(message) = described.message {
            let descriptor = PropertyDescriptor::builder()
                .value(JsString::from(message))
                .writable(true)
                .enumerable(false)
                .configurable(true);
            object.define_property_or_throw(js_string!("message"), descriptor, context)?;
        }
    }
    Ok(JsValue::undefined())
}
