//! The conversion of objects to text and numbers.
//!
//! The engine answers with an empty text or zero where the conversion of an
//! object comes back to the same object, which hides a recursion that does not
//! end. Its own way is not taken where `Symbol.toPrimitive` is a method, so
//! `Object.prototype` gets one that does what the specification says.

use boa_engine::property::{PropertyDescriptor, PropertyKey};
use boa_engine::{Context, JsArgs, JsNativeError, JsResult, JsSymbol, JsValue, js_string};

use super::define;

/// Defines the conversion for everything that inherits from `Object.prototype`.
pub(crate) fn install(context: &mut Context) -> JsResult<()> {
    let prototype = context.intrinsics().constructors().object().prototype();
    let convert = define::function("[Symbol.toPrimitive]", 1, convert, context);
    let property = PropertyDescriptor::builder()
        .value(convert)
        .writable(true)
        .enumerable(false)
        .configurable(true);
    prototype.define_property_or_throw(JsSymbol::to_primitive(), property, context)?;
    Ok(())
}

/// `OrdinaryToPrimitive`: the first of two methods that gives no object.
fn convert(this: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let Some(object) = this.as_object() else {
        return Ok(this.clone());
    };
    let (text, value) = (js_string!("toString"), js_string!("valueOf"));
    let names = match args.get_or_undefined(0).as_string() {
        Some(hint) if hint == "string" => [text, value],
        _ => [value, text],
    };
    for name in names {
        let method = object.get(PropertyKey::from(name), context)?;
        if let Some(method) = method.as_callable() {
            let converted = method.call(this, &[], context)?;
            if !converted.is_object() {
                return Ok(converted);
            }
        }
    }
    Err(JsNativeError::typ()
        .with_message("Cannot convert object to primitive value")
        .into())
}
