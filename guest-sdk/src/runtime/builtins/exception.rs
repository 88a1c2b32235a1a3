//! `DOMException`, which the web platform's functions throw.

use boa_engine::builtins::error::{Error, ErrorKind};
use boa_engine::{Context, JsArgs, JsError, JsNativeError, JsObject, JsResult, JsString, JsValue};

use super::define::{self, WithoutNew};

/// Names that have a number, from the time before names.
const CODES: &[(&str, i32)] = &[
    ("IndexSizeError", 1),
    ("HierarchyRequestError", 3),
    ("InvalidCharacterError", 5),
    ("NotFoundError", 8),
    ("NotSupportedError", 9),
    ("InvalidStateError", 11),
    ("SyntaxError", 12),
    ("InvalidAccessError", 15),
    ("TypeMismatchError", 17),
    ("SecurityError", 18),
    ("NetworkError", 19),
    ("AbortError", 20),
    ("QuotaExceededError", 22),
    ("TimeoutError", 23),
    ("DataCloneError", 25),
];

/// `DOMException.prototype`, kept for exceptions made natively.
struct Prototype(JsObject);

/// Defines `DOMException`.
pub(crate) fn install(context: &mut Context) -> JsResult<()> {
    let class = define::class(
        "DOMException",
        0,
        WithoutNew::Throws,
        |prototype, args, context| {
            let message = text_or(args.get_or_undefined(0), "", context)?;
            let name = text_or(args.get_or_undefined(1), "Error", context)?;
            make(prototype, &name, &message, context)
        },
        context,
    )?;
    let error = context.intrinsics().constructors().error().prototype();
    class.prototype.set_prototype(Some(error));
    let constructor = class.constructor.clone();
    context.insert_data(Prototype(class.prototype.clone()));
    define::global("DOMException", constructor, context)
}

/// A `DOMException` to throw.
pub(crate) fn exception(name: &str, message: &str, context: &mut Context) -> JsError {
    match object(name, message, context) {
        Ok(object) => JsError::from_opaque(object.into()),
        Err(error) => error,
    }
}

/// A `DOMException` as a value.
pub(crate) fn object(name: &str, message: &str, context: &mut Context) -> JsResult<JsObject> {
    let prototype = context.get_data::<Prototype>().map(|it| it.0.clone());
    let Some(prototype) = prototype else {
        return Err(JsNativeError::error()
            .with_message(format!("{name}: {message}"))
            .into());
    };
    make(prototype, name, message, context)
}

/// Instances are errors, so that what is done for errors works for them.
fn make(
    prototype: JsObject,
    name: &str,
    message: &str,
    context: &mut Context,
) -> JsResult<JsObject> {
    let object = JsObject::from_proto_and_data(prototype, Error::new(ErrorKind::Error));
    let code = CODES.iter().find(|(known, _)| *known == name);
    let properties: [(&str, JsValue); 3] = [
        ("name", JsString::from(name).into()),
        ("message", JsString::from(message).into()),
        ("code", code.map_or(0, |(_, code)| *code).into()),
    ];
    for (key, value) in properties {
        define::value(&object, JsString::from(key), value, context)?;
    }
    Ok(object)
}

fn text_or(value: &JsValue, default: &str, context: &mut Context) -> JsResult<String> {
    if value.is_undefined() {
        return Ok(default.to_owned());
    }
    Ok(value.to_string(context)?.to_std_string_lossy())
}
