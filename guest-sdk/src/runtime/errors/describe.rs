//! Messages that name the expression, for errors the engine throws.

use boa_engine::property::PropertyDescriptor;
use boa_engine::{Context, JsArgs, JsObject, JsResult, JsString, JsValue, js_string};

use super::expression::{self, Found, Key, Named};
use super::{hints, stack};
use crate::contract::Position;
use crate::runtime::builtins::define;
use crate::runtime::calls::tool_error::own_value;
use crate::runtime::environment::Environment;
use crate::runtime::namespaces::Servers;
use crate::runtime::outcome::PROMISE_TEXT;
use crate::runtime::source::guards::CAUGHT;

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

/// Defines the function that gives caught errors their message.
pub(super) fn install(context: &mut Context) -> JsResult<()> {
    let global = context.global_object();
    define::method(&global, CAUGHT, 1, caught, context)
}

/// Describes an error thrown by the engine; nothing for those of the script.
pub(super) fn error(
    object: &JsObject,
    name: &str,
    message: &str,
    context: &mut Context,
) -> Described {
    let mut described = in_place(object, name, message, context);
    // Of a call in an optional chain the engine does not say where it is.
    if described.message.is_none() && message == NOT_CALLABLE {
        described.hint = hints::missed_tool(&Key::Computed, context);
    }
    described
}

fn in_place(object: &JsObject, name: &str, message: &str, context: &mut Context) -> Described {
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
        let servers = Servers::of(context);
        let servers = servers
            .as_deref()
            .map_or(&[][..], |servers| &servers.api().servers);
        return Described {
            message: None,
            hint: Some(hints::unknown_global(global, servers)),
            place: offset.map_or(Place::Engine, |offset| {
                Place::At(positions.of_offset(offset))
            }),
        };
    }
    if name != "TypeError" && name != "ReferenceError" && name != "RangeError" {
        return Described::default();
    }
    let servers = Servers::of(context);
    let is_remote = |path: &[String]| {
        servers
            .as_deref()
            .is_some_and(|servers| hints::is_remote(path, servers))
    };
    let Some(found) = expression::at(&positions, line, column, &is_remote) else {
        return Described::default();
    };
    let place = |named: &Named| {
        named.offset.map_or(Place::Engine, |offset| {
            Place::At(positions.of_offset(offset))
        })
    };
    match (found, message) {
        (Found::Call(callee), message) if is_of_call(message, &callee) => Described {
            message: Some(format!("{} is not a function", callee.text)),
            hint: callee
                .unawaited
                .as_deref()
                .map(await_hint)
                .or_else(|| hints::unknown_tool(&callee.path, context))
                .or_else(|| hints::missed_tool(&callee.key, context)),
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

/// What the engine says where something is called that is no function.
const NOT_CALLABLE: &str = "not a callable function";

/// Whether a message is about a call, also after it was caught.
fn is_of_call(message: &str, callee: &Named) -> bool {
    message == NOT_CALLABLE || message.strip_suffix(" is not a function") == Some(&callee.text)
}

/// What the engine says when a property of null or undefined is used.
const NOTHING: &str = "cannot convert 'null' or 'undefined' to object";

pub(super) fn await_hint(promise: &str) -> String {
    format!("`{promise}` is a promise: put `await` before the call")
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
        && [NOT_CALLABLE, "not a constructor", NOTHING]
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
