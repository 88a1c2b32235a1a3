//! What guarded code calls for a value that is missing or of the wrong kind.
//!
//! Errors are thrown with their message complete, as the script may catch them.
//! Start at [`install`]; `source::guards` says where the calls come from.

use std::collections::HashMap;

use boa_engine::builtins::promise::Promise;
use boa_engine::object::builtins::JsPromise;
use boa_engine::{Context, JsArgs, JsError, JsNativeError, JsResult, JsString, JsSymbol, JsValue};

use super::describe::await_hint;
use super::{expression, hints, promises, receiver};
use crate::contract::Position;
use crate::runtime::builtins::define;
use crate::runtime::environment::Environment;
use crate::runtime::namespaces::Servers;
use crate::runtime::source::SCRIPT_NAME;
use crate::runtime::source::guards::{ABSENT, FROM, IMPORT, ITERABLE, NULLISH, THROWN};

/// Defines the functions.
pub(super) fn install(context: &mut Context) -> JsResult<()> {
    let global = context.global_object();
    define::method(&global, NULLISH, 6, nullish, context)?;
    define::method(&global, ITERABLE, 5, iterable, context)?;
    define::method(&global, ABSENT, 6, absent, context)?;
    define::method(&global, FROM, 1, from, context)?;
    define::method(&global, THROWN, 2, thrown, context)?;
    define::method(&global, IMPORT, 1, import, context)
}

/// A property that was read from something, as its source names it.
struct Read {
    /// Where it stands in the script.
    start: u32,
    end: u32,
    /// Empty where the source does not have it.
    text: String,
    /// How the source names what it was read from.
    receiver: String,
    /// What it was read from, and the key.
    from: Option<(JsValue, JsValue)>,
}

impl Read {
    /// From the arguments of a guard: place, and from `at` on what it was read from.
    fn of(arguments: &[JsValue], place: usize, at: usize, context: &Context) -> Self {
        let number = |index: usize| {
            arguments
                .get_or_undefined(index)
                .as_number()
                .unwrap_or_default() as u32
        };
        let (start, end) = (number(place), number(place + 1));
        let positions = Environment::of(context).positions();
        let text = positions
            .as_ref()
            .and_then(|positions| positions.text(start, end))
            .unwrap_or_default();
        let from = match arguments.get(at..) {
            Some([from, key, ..]) => Some((from.clone(), key.clone())),
            _ => None,
        };
        Self {
            start,
            end,
            text: expression::shorten(text),
            receiver: expression::shorten(receiver_text(text)),
            from,
        }
    }

    /// Why there is no such property: `, as …` or `; …`, or nothing.
    fn reason(&self, is_undefined: bool, context: &mut Context) -> String {
        let promise = match &self.from {
            Some((from, _)) if is_promise(from) => Some(self.receiver.clone()),
            // A name that holds no promise now: what the text says is outdated.
            Some((_, _)) if is_name(&self.receiver) => None,
            _ => Guarded::promise_at((self.start, self.end), context),
        };
        if let Some(promise) = promise {
            return format!(", as {}", await_hint(&promise));
        }
        let Some((from, key)) = &self.from else {
            return String::new();
        };
        if !is_undefined {
            return String::new();
        }
        let instead = receiver::instead(from, &self.receiver, key, context);
        instead.map_or_else(String::new, |instead| format!("; {instead}"))
    }
}

/// What stands in front of the property that an expression ends with.
fn receiver_text(text: &str) -> &str {
    let text = text.trim_end();
    let end = if text.ends_with(']') {
        text.rfind('[')
    } else {
        text.rfind('.')
    };
    let receiver = text[..end.unwrap_or(0)].trim_end_matches(['?', '!', '.']);
    let receiver = receiver.trim();
    match receiver.strip_prefix("(await ") {
        Some(_) if receiver.ends_with(')') => &receiver[1..receiver.len() - 1],
        _ => receiver,
    }
}

fn is_name(text: &str) -> bool {
    !text.contains(['.', '[', '('])
}

/// `$nullish(start, end, use, value?, receiver?, key?)`: throws for an expression
/// without a value.
fn nullish(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let (value, is_undefined) = match arguments.get(3) {
        Some(value) if value.is_null() => ("null", false),
        Some(_) => ("undefined", true),
        None => ("undefined or null", false),
    };
    let read = Read::of(arguments, 0, 4, context);
    let subject = if read.text.is_empty() {
        value
    } else {
        &read.text
    };
    let usage = arguments.get_or_undefined(2);
    let message = match usage.as_string() {
        Some(name) => {
            let name = name.to_std_string_lossy();
            let name = if name.is_empty() {
                String::new()
            } else {
                format!(" (reading '{name}')")
            };
            let what = if read.text.is_empty() {
                String::new()
            } else {
                format!(": `{}` is {value}", read.text)
            };
            format!("cannot read properties of {value}{name}{what}")
        }
        None if usage.as_boolean() == Some(true) => {
            format!("{subject} is not iterable: it is {value}")
        }
        None => format!("cannot destructure {subject}: it is {value}"),
    };
    let message = message + &read.reason(is_undefined, context);
    Err(thrown_at(
        read.start,
        !read.text.is_empty(),
        message,
        context,
    )?)
}

/// `$iterable(value, start, end, receiver?, key?)`: the value, where a loop can go
/// over it.
fn iterable(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let value = arguments.get_or_undefined(0);
    let iterates = match value.as_object() {
        Some(object) => object.get(JsSymbol::iterator(), context)?.is_callable(),
        None => value.is_string(),
    };
    if iterates {
        return Ok(value.clone());
    }
    let read = Read::of(arguments, 1, 3, context);
    let subject = if read.text.is_empty() {
        "the value"
    } else {
        &read.text
    };
    let what = receiver::what_it_is(value, context)?;
    let mut message = format!("{subject} is not iterable: it is {what}");
    if value.is_null_or_undefined() {
        message += &read.reason(value.is_undefined(), context);
    }
    Err(thrown_at(
        read.start,
        !read.text.is_empty(),
        message,
        context,
    )?)
}

/// A property without a value that the script returned or passed on.
pub(crate) struct Absence {
    start: u32,
    end: u32,
    from: JsValue,
    key: JsValue,
    /// As what it was passed on; `None` where it was returned.
    pub(crate) name: Option<String>,
}

impl Absence {
    /// Whether it was read from a promise.
    pub(crate) fn is_of_promise(&self) -> bool {
        is_promise(&self.from)
    }

    /// Where it was read.
    pub(crate) fn position(&self, context: &Context) -> Option<Position> {
        let positions = Environment::of(context).positions()?;
        Some(positions.of_offset(self.start))
    }

    /// What to say of it: `` `c.fullName` is undefined; `c` has `name` ``.
    pub(crate) fn describe(&self, context: &mut Context) -> Option<String> {
        let places = [JsValue::from(self.start), JsValue::from(self.end)];
        let from = [self.from.clone(), self.key.clone()];
        let read = Read::of(&[places, from].concat(), 0, 2, context);
        let reason = read.reason(true, context);
        let is_said = !read.text.is_empty() && !reason.is_empty();
        is_said.then(|| format!("`{}` is undefined{reason}", read.text))
    }
}

/// `$absent(start, end, value, receiver, key, name?)`: the value, which is null or
/// undefined.
fn absent(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let [start, end, value, from, key, name @ ..] = arguments else {
        return Ok(JsValue::undefined());
    };
    if value.is_undefined() {
        let number = |value: &JsValue| value.as_number().unwrap_or_default() as u32;
        let name = name.first().and_then(JsValue::as_string);
        Environment::of(context).absences.add(Absence {
            start: number(start),
            end: number(end),
            from: from.clone(),
            key: key.clone(),
            name: name.map(|name| name.to_std_string_lossy()),
        });
    }
    Ok(value.clone())
}

/// `$from(value)`: the value, which is remembered; `$from()`: the one remembered.
#[expect(clippy::unnecessary_wraps, reason = "the signature of natives")]
fn from(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let absences = &Environment::of(context).absences;
    let Some(value) = arguments.first() else {
        return Ok(absences.from());
    };
    absences.set_from(value.clone());
    Ok(value.clone())
}

/// `$thrown(value, start)`: the value, noted where it is no error.
fn thrown(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let value = arguments.get_or_undefined(0);
    let is_error = value
        .as_object()
        .is_some_and(|object| object.is::<boa_engine::builtins::error::Error>());
    if !is_error {
        let start = arguments.get_or_undefined(1).as_number();
        let start = start.unwrap_or_default() as u32;
        let environment = Environment::of(context);
        environment.absences.set_thrown(value.clone(), start);
    }
    Ok(value.clone())
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
            servers
                .as_deref()
                .is_some_and(|servers| hints::is_remote(path, servers))
        });
        let found = known.get(&place).cloned();
        context.insert_data(Self(known));
        found
    }
}

/// A `TypeError` that says it was thrown where something stands in the script.
fn thrown_at(
    start: u32,
    is_known: bool,
    message: String,
    context: &mut Context,
) -> JsResult<JsError> {
    let error = JsNativeError::typ()
        .with_message(message)
        .into_opaque(context);
    if let (Some(positions), true) = (Environment::of(context).positions(), is_known) {
        let at = positions.of_offset(start);
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

/// `$import(specifier, start)`: rejects, as there are no modules.
fn import(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let specifier = arguments.get_or_undefined(0).to_string(context)?;
    let message = format!(
        "`{}` cannot be imported: a script loads no modules",
        specifier.to_std_string_lossy()
    );
    let start = arguments.get_or_undefined(1);
    let start = start.as_number().unwrap_or_default() as u32;
    let error = thrown_at(start, true, message, context)?;
    Ok(JsPromise::reject(error, context)?.into())
}
