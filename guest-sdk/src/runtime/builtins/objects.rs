//! Copying the properties of objects: object literals with spreads, as
//! [`crate::runtime::source`] rewrites them, and `Object.assign`.

#[cfg(test)]
mod tests;

use boa_engine::{
    Context, JsArgs, JsObject, JsResult, JsValue, NativeFunction,
    builtins::object::OrdinaryObject,
    js_string,
    property::{PropertyDescriptor, PropertyKey},
};

use super::{memory, replace_method};

/// Properties beyond which an object gets a shape of its own at once: sharing
/// would lead through as many shapes, and be given up in the end.
const MOST_SHARED: usize = 32;

/// Installs the override of `Object.assign`.
pub(crate) fn install(context: &mut Context) -> JsResult<()> {
    let constructor = context.intrinsics().constructors().object().constructor();
    let key = PropertyKey::from(js_string!("assign"));
    let original = constructor.get(key.clone(), context)?;
    let Some(original) = original.as_callable() else {
        return Ok(());
    };
    let assign = NativeFunction::from_copy_closure_with_captures(assign, original);
    replace_method(&constructor, key, assign, context)?;
    Ok(())
}

/// A new object with the own enumerable properties of the argument: the start
/// of `{...a, x}`.
pub(super) fn copy(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    memory::safe_point(context);
    let source = args.get_or_undefined(0);
    let count = source
        .as_object()
        .map_or(0, |source| source.borrow().shape().keys().len());
    let target = if count > MOST_SHARED {
        JsObject::with_object_proto(context.intrinsics())
    } else {
        let prototype = context.intrinsics().constructors().object().prototype();
        JsObject::new(context.root_shape(), prototype, OrdinaryObject).upcast()
    };
    copy_properties(&target, source, context)?;
    Ok(target.into())
}

/// Adds the own enumerable properties of the second argument to the first, an
/// object that no script has seen yet.
pub(super) fn into(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    memory::safe_point(context);
    let target = args.get_or_undefined(0);
    if let Some(object) = target.as_object().filter(JsObject::is_ordinary) {
        copy_properties(&object, args.get_or_undefined(1), context)?;
    }
    Ok(target.clone())
}

/// `CopyDataProperties` onto a plain object that no script has seen.
fn copy_properties(target: &JsObject, source: &JsValue, context: &mut Context) -> JsResult<()> {
    let Some(object) = source.as_object().filter(JsObject::is_ordinary) else {
        let nothing: Vec<PropertyKey> = Vec::new();
        return target.copy_data_properties(source, nothing, context);
    };
    for key in object.own_property_keys(context)? {
        let found = object.borrow().properties().get(&key);
        if let Some(property) = found.filter(PropertyDescriptor::expect_enumerable) {
            let property = plain(property, &object, &key, context)?;
            target.insert_property(key, property);
        }
    }
    Ok(())
}

/// The property as a copy has it: a value that may be changed.
fn plain(
    property: PropertyDescriptor,
    holder: &JsObject,
    key: &PropertyKey,
    context: &mut Context,
) -> JsResult<PropertyDescriptor> {
    if property.writable() == Some(true) && property.configurable() == Some(true) {
        return Ok(property);
    }
    let value = match property.value() {
        Some(value) => value.clone(),
        None => holder.get(key.clone(), context)?,
    };
    let property = PropertyDescriptor::builder()
        .value(value)
        .writable(true)
        .enumerable(true)
        .configurable(true);
    Ok(property.build())
}

/// `Object.assign` onto a plain object.
fn assign(
    this: &JsValue,
    args: &[JsValue],
    original: &JsObject,
    context: &mut Context,
) -> JsResult<JsValue> {
    memory::safe_point(context);
    let prototype = context.intrinsics().constructors().object().prototype();
    let target = args.first().and_then(JsValue::as_object);
    let target = target
        .filter(|target| target.is_ordinary() && target.prototype().as_ref() == Some(&prototype));
    let Some(target) = target else {
        return original.call(this, args, context);
    };
    let is_ordinary = |source: &JsValue| {
        source
            .as_object()
            .is_some_and(|source| source.is_ordinary())
    };
    if !args[1..].iter().all(is_ordinary) || !target.is_extensible(context)? {
        return original.call(this, args, context);
    }
    for source in args[1..].iter().filter_map(JsValue::as_object) {
        for key in source.own_property_keys(context)? {
            let found = source.borrow().properties().get(&key);
            let Some(property) = found.filter(PropertyDescriptor::expect_enumerable) else {
                continue;
            };
            let property = plain(property, &source, &key, context)?;
            if is_defined_by_setting(&target, &key, &prototype) {
                target.insert_property(key, property);
            } else {
                target.set(key, property.expect_value().clone(), true, context)?;
            }
        }
    }
    Ok(target.into())
}

/// Whether setting a property comes to defining it: nothing of that name is
/// inherited, and what the object has of it is a plain value.
fn is_defined_by_setting(target: &JsObject, key: &PropertyKey, prototype: &JsObject) -> bool {
    let own = target.borrow().properties().get(key);
    match own {
        Some(own) => {
            own.writable() == Some(true)
                && own.enumerable() == Some(true)
                && own.configurable() == Some(true)
        }
        None => !prototype.borrow().properties().contains_key(key),
    }
}
