//! Defining native functions on objects, in one place.

use boa_engine::object::FunctionObjectBuilder;
use boa_engine::object::builtins::JsFunction;
use boa_engine::property::PropertyDescriptor;
use boa_engine::{Context, JsObject, JsResult, JsString, JsValue, NativeFunction};

/// The signature of a native.
pub(crate) type Native = fn(&JsValue, &[JsValue], &mut Context) -> JsResult<JsValue>;

/// A function object that is no constructor.
pub(crate) fn function(
    name: &str,
    length: usize,
    native: NativeFunction,
    context: &Context,
) -> JsFunction {
    FunctionObjectBuilder::new(context.realm(), native)
        .name(JsString::from(name))
        .length(length)
        .constructor(false)
        .build()
}

/// Defines a function the way the language defines its own: writable,
/// configurable, not enumerable.
pub(crate) fn define(
    object: &JsObject,
    name: &str,
    length: usize,
    native: Native,
    context: &mut Context,
) -> JsResult<()> {
    let function = function(name, length, NativeFunction::from_fn_ptr(native), context);
    define_value(object, name, function.into(), false, context)
}

/// Defines a writable, configurable property.
pub(crate) fn define_value(
    object: &JsObject,
    name: &str,
    value: JsValue,
    enumerable: bool,
    context: &mut Context,
) -> JsResult<()> {
    let descriptor = PropertyDescriptor::builder()
        .value(value)
        .writable(true)
        .enumerable(enumerable)
        .configurable(true);
    object.define_property_or_throw(JsString::from(name), descriptor, context)?;
    Ok(())
}

/// Defines an accessor that is configurable, so that its getter can replace it.
pub(crate) fn define_getter(
    object: &JsObject,
    name: &str,
    getter: JsFunction,
    enumerable: bool,
    context: &mut Context,
) -> JsResult<()> {
    let descriptor = PropertyDescriptor::builder()
        .get(getter)
        .enumerable(enumerable)
        .configurable(true);
    object.define_property_or_throw(JsString::from(name), descriptor, context)?;
    Ok(())
}
