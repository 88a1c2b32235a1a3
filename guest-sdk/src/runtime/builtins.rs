//! Built-ins that differ from the engine's: faster, stricter, or missing there.
//!
//! Each submodule overrides one family and is independent of the others.

pub(crate) mod abort;
mod arrays;
pub(crate) mod clone;
pub(crate) mod console;
pub(crate) mod crypto;
pub(crate) mod dates;
pub(crate) mod define;
pub(crate) mod encoding;
#[cfg(test)]
mod engine_realm;
pub(crate) mod events;
pub(crate) mod exception;
pub(crate) mod intl;
pub(crate) mod json;
pub(crate) mod memory;
mod objects;
pub(crate) mod performance;
mod primitive;
pub(crate) mod regexp;
pub(crate) mod text;
pub(crate) mod url;
#[cfg(test)]
pub(crate) mod web_realm;

use boa_engine::{
    Context, JsNativeError, JsObject, JsResult, NativeFunction, js_string,
    object::FunctionObjectBuilder,
    property::{PropertyDescriptor, PropertyKey},
};

/// Installs every override into the realm, once, while it is being built.
pub(crate) fn install(context: &mut Context) -> JsResult<()> {
    json::install(context)?;
    text::install(context)?;
    regexp::install(context)?;
    arrays::install(context)?;
    objects::install(context)?;
    primitive::install(context)?;
    memory::install(context)?;
    exception::install(context)?;
    console::install(context)?;
    crypto::install(context)?;
    dates::install(context)?;
    intl::install(context)?;
    performance::install(context)?;
    encoding::install(context)?;
    clone::install(context)?;
    url::install(context)?;
    events::install(context)?;
    abort::install(context)?;
    Ok(())
}

/// Puts `function` in the place of the method `key` of `holder`, under the same
/// name and length, and gives back what was there.
pub(crate) fn replace_method(
    holder: &JsObject,
    key: impl Into<PropertyKey>,
    function: NativeFunction,
    context: &mut Context,
) -> JsResult<JsObject> {
    let key = key.into();
    let original = holder
        .get(key.clone(), context)?
        .as_callable()
        .ok_or_else(|| {
            JsNativeError::typ().with_message(format!("`{key}` is not a method of the engine"))
        })?;
    let name = original
        .get(js_string!("name"), context)?
        .to_string(context)?;
    let length = original
        .get(js_string!("length"), context)?
        .to_length(context)?;
    let function = FunctionObjectBuilder::new(context.realm(), function)
        .name(name)
        .length(length as usize)
        .build();
    define_method(holder, key, function.into());
    Ok(original)
}

/// Defines a method with the attributes that all built-in methods have.
pub(crate) fn define_method(holder: &JsObject, key: PropertyKey, function: JsObject) {
    let property = PropertyDescriptor::builder()
        .value(function)
        .writable(true)
        .enumerable(false)
        .configurable(true);
    holder.insert_property(key, property);
}
