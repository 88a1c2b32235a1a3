//! `Intl` and the `toLocale*` methods, for one locale: en-US.
//!
//! Any other locale is an error, so that nothing is silently wrong. Numbers,
//! currencies, units and names agree with V8. Start at [`install`].

mod collation;
mod date_time;
mod decimal;
mod formatter;
mod list;
mod number;
mod options;
mod plural;
mod relative;

use boa_engine::object::builtins::JsArray;
use boa_engine::{
    Context, JsArgs, JsNativeError, JsObject, JsResult, JsString, JsValue, NativeFunction,
    js_string,
};

use super::define::{self, Class, WithoutNew};

/// A piece of formatted text: what `formatToParts` says it is, and the piece.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Part {
    kind: &'static str,
    text: String,
}

impl Part {
    fn new(kind: &'static str, text: impl Into<String>) -> Self {
        Self {
            kind,
            text: text.into(),
        }
    }

    fn literal(text: impl Into<String>) -> Self {
        Self::new("literal", text)
    }
}

/// Defines `Intl` and replaces the `toLocale*` methods.
pub(crate) fn install(context: &mut Context) -> JsResult<()> {
    let intl = JsObject::with_object_proto(context.intrinsics());
    define::tag(&intl, "Intl", context)?;
    number::install(&intl, context)?;
    date_time::install(&intl, context)?;
    plural::install(&intl, context)?;
    formatter::install::<list::ListFormat>(&intl, context)?;
    formatter::install::<relative::RelativeTimeFormat>(&intl, context)?;
    collation::install(&intl, context)?;
    define::method(&intl, "getCanonicalLocales", 1, canonical_locales, context)?;
    define::global("Intl", intl, context)?;
    let array = context.intrinsics().constructors().array().prototype();
    define::method(&array, "toLocaleString", 0, array_to_locale_string, context)
}

/// Defines a class of `Intl`, callable without `new` or not.
fn class(
    intl: &JsObject,
    name: &'static str,
    without_new: WithoutNew,
    construct: define::Construct,
    methods: &[(&str, usize, define::Native)],
    context: &mut Context,
) -> JsResult<Class> {
    let class = define::class(name, 0, without_new, construct, context)?;
    define::tag(&class.prototype, &format!("Intl.{name}"), context)?;
    define::method(
        &class.constructor,
        "supportedLocalesOf",
        1,
        canonical_locales,
        context,
    )?;
    for (method, length, native) in methods {
        define::method(&class.prototype, method, *length, *native, context)?;
    }
    define::value(
        intl,
        JsString::from(name),
        class.constructor.clone(),
        context,
    )?;
    Ok(class)
}

/// A getter's function that is bound to its object, as `format` and `compare` are.
fn bound(
    this: &JsValue,
    length: usize,
    call: fn(&JsObject, &[JsValue], &mut Context) -> JsResult<JsValue>,
    context: &mut Context,
) -> JsResult<JsValue> {
    let Some(object) = this.as_object() else {
        return Err(wrong_receiver());
    };
    let native = NativeFunction::from_copy_closure_with_captures(
        move |_, args, object: &JsObject, context| call(object, args, context),
        object,
    );
    let function = boa_engine::object::FunctionObjectBuilder::new(context.realm(), native)
        .length(length)
        .build();
    Ok(function.into())
}

fn wrong_receiver() -> boa_engine::JsError {
    JsNativeError::typ()
        .with_message("the method was called on an object of another kind")
        .into()
}

fn joined(parts: &[Part]) -> JsValue {
    let text: String = parts.iter().map(|part| part.text.as_str()).collect();
    JsString::from(text.as_str()).into()
}

fn array_of(parts: Vec<Part>, context: &mut Context) -> JsResult<JsValue> {
    let array = JsArray::new(context)?;
    for part in parts {
        let object = JsObject::with_object_proto(context.intrinsics());
        object.create_data_property(js_string!("type"), JsString::from(part.kind), context)?;
        let text = JsString::from(part.text.as_str());
        object.create_data_property(js_string!("value"), text, context)?;
        array.push(object, context)?;
    }
    Ok(array.into())
}

/// A plain object of the options an object ended up with.
fn resolved(properties: Vec<(&str, JsValue)>, context: &mut Context) -> JsResult<JsValue> {
    let object = JsObject::with_object_proto(context.intrinsics());
    for (key, value) in properties {
        object.create_data_property(JsString::from(key), value, context)?;
    }
    Ok(object.into())
}

fn text(value: &str) -> JsValue {
    JsString::from(value).into()
}

fn canonical_locales(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let locales = options::known_locales(args.get_or_undefined(0), context)?;
    let locales = locales.into_iter().map(text);
    Ok(JsArray::from_iter(locales, context).into())
}

/// `Array.prototype.toLocaleString`: that of each element, between commas.
fn array_to_locale_string(
    this: &JsValue,
    args: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let array = this.to_object(context)?;
    super::arrays::join::once(&array, || {
        Ok(text(&elements_to_locale_string(&array, args, context)?))
    })
}

fn elements_to_locale_string(
    array: &JsObject,
    args: &[JsValue],
    context: &mut Context,
) -> JsResult<String> {
    let length = array.get(js_string!("length"), context)?;
    let length = length.to_length(context)?;
    let mut texts = String::new();
    for at in 0..length {
        if at > 0 {
            texts.push(',');
        }
        let element = array.get(at, context)?;
        if element.is_null_or_undefined() {
            continue;
        }
        let object = element.to_object(context)?;
        let method = object.get(js_string!("toLocaleString"), context)?;
        let Some(method) = method.as_callable() else {
            return Err(JsNativeError::typ()
                .with_message("an element's `toLocaleString` is not a function")
                .into());
        };
        let element = method.call(&element, args, context)?.to_string(context)?;
        texts.push_str(&element.to_std_string_lossy());
    }
    Ok(texts)
}

#[cfg(test)]
mod tests;
