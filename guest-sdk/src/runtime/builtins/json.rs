//! `JSON.parse` and `JSON.stringify`, natively.
//!
//! The engine compiles JSON as if it were a script; here it becomes values in
//! one pass. [`parse`] and [`stringify`] are also what the rest of the runtime
//! uses for values that come from or go to the host. Agreement with V8 is
//! checked against `tests/json_v8.jsonl`.

mod cycle;
pub(crate) mod promises;
mod quote;
mod read;
mod revive;
mod syntax_error;
mod text;
mod write;

#[cfg(test)]
mod tests;

use std::cell::Cell;
use std::rc::Rc;

use boa_engine::{
    Context, JsArgs, JsError, JsNativeError, JsObject, JsResult, JsString, JsValue, NativeFunction,
    js_string, property::PropertyKey, string::JsStrVariant,
};

pub(super) use self::read::define;
use self::{
    read::{MAX_DEPTH, ReadError},
    syntax_error::SyntaxFault,
    text::{Latin1, Utf8, Utf16},
    write::{Form, Name},
};
use super::{memory, replace_method};
use crate::runtime::environment::Environment;
use crate::runtime::errors;

/// Installs the overrides of `JSON`.
pub(crate) fn install(context: &mut Context) -> JsResult<()> {
    let json = context.intrinsics().objects().json();
    let object = context.intrinsics().constructors().object().constructor();
    let array = context.intrinsics().constructors().array().constructor();
    let parse = NativeFunction::from_fn_ptr(parse_native);
    let stringify = NativeFunction::from_fn_ptr(stringify_native);
    let originals = Originals {
        parse: replace_method(&json, js_string!("parse"), parse, context)?,
        stringify: replace_method(&json, js_string!("stringify"), stringify, context)?,
        is_raw_json: method(&json, "isRawJSON", context)?,
        keys: method(&object, "keys", context)?,
        is_array: method(&array, "isArray", context)?,
    };
    context.insert_data(Rc::new(originals));
    Ok(())
}

/// The value of a JSON text.
///
/// # Errors
/// A JavaScript `SyntaxError` worded as V8 words it, or a `RangeError` where
/// the text is nested too deep.
pub(crate) fn parse(text: &str, context: &mut Context) -> JsResult<JsValue> {
    read::read(&Utf8(text), context).map_err(|error| match error {
        ReadError::Syntax(fault) => {
            // Faults are rare, so only they pay for UTF-16 positions.
            let at = text
                .get(..fault.at)
                .map_or(fault.at, |before| before.encode_utf16().count());
            let source: Vec<u16> = text.encode_utf16().collect();
            thrown(ReadError::Syntax(SyntaxFault { at, ..fault }), &source)
        }
        error @ ReadError::TooDeep { .. } => thrown(error, &[]),
    })
}

/// The JSON text of a value; `None` where it has none (`undefined`, functions).
pub(crate) fn stringify(value: &JsValue, context: &mut Context) -> JsResult<Option<String>> {
    write::write(value, Form::default(), context)
}

/// As [`stringify`], for a value nested no deeper than `depth`; the second is
/// whether it was.
pub(crate) fn stringify_within(
    value: &JsValue,
    depth: u32,
    context: &mut Context,
) -> (JsResult<Option<String>>, bool) {
    let is_hit = Rc::new(Cell::new(false));
    let form = Form {
        depth: Some((depth as usize, is_hit.clone())),
        ..Form::default()
    };
    (write::write(value, form, context), is_hit.get())
}

/// The engine's own functions, taken before any script could replace them.
struct Originals {
    parse: JsObject,
    stringify: JsObject,
    is_raw_json: JsObject,
    keys: JsObject,
    is_array: JsObject,
}

impl Originals {
    fn of(context: &Context) -> Rc<Self> {
        let originals: &Rc<Self> = context
            .get_data()
            .expect("`install` ran when the realm was built");
        originals.clone()
    }
}

fn method(object: &JsObject, name: &str, context: &mut Context) -> JsResult<JsObject> {
    let method = object.get(JsString::from(name), context)?;
    method.as_callable().ok_or_else(|| {
        JsNativeError::typ()
            .with_message(format!("`{name}` is missing"))
            .into()
    })
}

fn parse_native(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let text = args.get_or_undefined(0).to_string(context)?;
    memory::safe_point(context);
    let Some(reviver) = args.get_or_undefined(1).as_callable() else {
        return parse_string(&text, context);
    };
    // A reviver that takes the source text of numbers needs the engine's tree.
    let parameters = reviver.get(js_string!("length"), context)?;
    if parameters.to_number(context)? > 2.0 {
        let original = Originals::of(context);
        return original.parse.call(&JsValue::undefined(), args, context);
    }
    let value = parse_string(&text, context)?;
    revive::revive(value, &reviver, context)
}

fn parse_string(text: &JsString, context: &mut Context) -> JsResult<JsValue> {
    match text.variant() {
        JsStrVariant::Latin1(bytes) => read::read(&Latin1(bytes), context),
        JsStrVariant::Utf16(units) => read::read(&Utf16(units), context),
    }
    .map_err(|error| thrown(error, &text.to_vec()))
}

fn thrown(error: ReadError, source: &[u16]) -> JsError {
    match error {
        ReadError::Syntax(fault) => JsNativeError::syntax().with_message(fault.message(source)),
        ReadError::TooDeep { at } => JsNativeError::range().with_message(format!(
            "JSON is nested more than {MAX_DEPTH} levels deep at position {at}"
        )),
    }
    .into()
}

fn stringify_native(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    memory::safe_point(context);
    let mut form = Form::default();
    if let Some(replacer) = args.get_or_undefined(1).as_object() {
        if replacer.is_callable() {
            form.replacer = Some(replacer);
        } else if replacer.is_array() {
            form.properties = Some(property_list(&replacer, context)?);
        } else {
            // A proxy perhaps, of an array or a function.
            let original = Originals::of(context);
            return original
                .stringify
                .call(&JsValue::undefined(), args, context);
        }
    }
    match gap(args.get_or_undefined(2), context)?.to_std_string() {
        Ok(gap) => form.gap = gap,
        Err(_lone_surrogate) => {
            let original = Originals::of(context);
            return original
                .stringify
                .call(&JsValue::undefined(), args, context);
        }
    }
    let value = args.get_or_undefined(0);
    let text = write::write(value, form, context)?;
    if let Some(text) = &text
        && let Some(path) = promises::printed(value, text, context)
    {
        let line = errors::caller_position(context)?;
        let line = line.map_or_else(String::new, |at| format!(" (line {})", at.line));
        let what = if path.is_empty() {
            "a promise".to_owned()
        } else {
            format!("a promise in `{path}`")
        };
        Environment::of(context).outbox.warn(format!(
            "`JSON.stringify`{line} was given {what}, which prints as `{{}}`: put `await` before \
             the call that gives it"
        ));
    }
    Ok(text.map_or_else(JsValue::undefined, |text| {
        JsString::from(text.as_str()).into()
    }))
}

/// The names in a replacer array, each once.
fn property_list(list: &JsObject, context: &mut Context) -> JsResult<Rc<[Name]>> {
    let length = list
        .get(js_string!("length"), context)?
        .to_length(context)?;
    let mut keys: Vec<PropertyKey> = Vec::new();
    for index in 0..length {
        let item = list.get(index, context)?;
        let boxed = item
            .as_object()
            .is_some_and(|object| object.is::<JsString>() || object.is::<f64>());
        if item.is_string() || item.is_number() || boxed {
            let key = PropertyKey::from(item.to_string(context)?);
            if !keys.contains(&key) {
                keys.push(key);
            }
        }
    }
    Ok(keys.into_iter().map(Name::new).collect())
}

/// The indentation of one level, from the third argument.
fn gap(space: &JsValue, context: &mut Context) -> JsResult<JsString> {
    let boxed = space.as_object();
    let is = |number: bool| {
        boxed.as_ref().is_some_and(|object| {
            if number {
                object.is::<f64>()
            } else {
                object.is::<JsString>()
            }
        })
    };
    if space.is_number() || is(true) {
        // `as` saturates and takes NaN for zero.
        let spaces = space.to_number(context)?.clamp(0.0, 10.0) as usize;
        return Ok(JsString::from(" ".repeat(spaces).as_str()));
    }
    if space.is_string() || is(false) {
        let text = space.to_string(context)?;
        return Ok(text.get(..10).unwrap_or(text));
    }
    Ok(js_string!())
}
