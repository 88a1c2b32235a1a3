//! The reviver of `JSON.parse`: every value, innermost first, goes through it.

use boa_engine::{
    Context, JsNativeError, JsObject, JsResult, JsString, JsValue, js_string, property::PropertyKey,
};

use super::{Originals, read::define};

/// Levels a reviver may descend; it can hand back deeper values than were read.
const MAX_DEPTH: usize = 1_000;

/// What `reviver` makes of `value`.
pub(super) fn revive(
    value: JsValue,
    reviver: &JsObject,
    context: &mut Context,
) -> JsResult<JsValue> {
    let root = JsObject::with_object_proto(context.intrinsics());
    let name = js_string!();
    define(&root, name.clone().into(), value);
    internalize(&root, &name, reviver, 0, context)
}

fn internalize(
    holder: &JsObject,
    name: &JsString,
    reviver: &JsObject,
    depth: usize,
    context: &mut Context,
) -> JsResult<JsValue> {
    if depth > MAX_DEPTH {
        let message = format!("value is nested more than {MAX_DEPTH} levels deep");
        return Err(JsNativeError::range().with_message(message).into());
    }
    let value = holder.get(name.clone(), context)?;
    if let Some(object) = value.as_object() {
        let originals = Originals::of(context);
        let argument = [value.clone()];
        let undefined = JsValue::undefined();
        let keys = if originals
            .is_array
            .call(&undefined, &argument, context)?
            .to_boolean()
        {
            let length = object
                .get(js_string!("length"), context)?
                .to_length(context)?;
            (0..length).map(JsString::from).collect()
        } else {
            own_names(
                &originals.keys.call(&undefined, &argument, context)?,
                context,
            )?
        };
        for name in keys {
            let element = internalize(&object, &name, reviver, depth + 1, context)?;
            let key = PropertyKey::from(name);
            if element.is_undefined() {
                delete(&object, key, context)?;
            } else {
                object.create_data_property(key, element, context)?;
            }
        }
    }
    let details = JsObject::with_object_proto(context.intrinsics());
    let arguments = [name.clone().into(), value, details.into()];
    reviver.call(&holder.clone().into(), &arguments, context)
}

fn own_names(keys: &JsValue, context: &mut Context) -> JsResult<Vec<JsString>> {
    let Some(keys) = keys.as_object() else {
        return Ok(Vec::new());
    };
    let length = keys
        .get(js_string!("length"), context)?
        .to_length(context)?;
    (0..length)
        .map(|index| keys.get(index, context)?.to_string(context))
        .collect()
}

/// `delete object[key]` where a refusal does not matter.
fn delete(object: &JsObject, key: PropertyKey, context: &mut Context) -> JsResult<()> {
    match object.delete_property_or_throw(key, context) {
        Err(error) if error.as_native().is_none() => Err(error),
        _ => Ok(()),
    }
}
