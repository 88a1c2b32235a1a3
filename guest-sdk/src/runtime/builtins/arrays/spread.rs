//! Array literals with spreads, as [`crate::runtime::source`] rewrites them:
//! `[...a, x]` becomes `extend(list(a), [x])`.

use boa_engine::{
    Context, JsArgs, JsNativeError, JsObject, JsResult, JsSymbol, JsValue, property::PropertyKey,
};

use super::{State, array, change::set_length};
use crate::runtime::builtins::{json::define, memory};

/// A new array of what iterating the argument gives.
pub(in super::super) fn list(
    _: &JsValue,
    args: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let elements = iterated(args.get_or_undefined(0), context)?;
    Ok(array(elements, context))
}

/// Appends what iterating the second argument gives to the first, an array that
/// no script has seen yet.
pub(in super::super) fn extend(
    _: &JsValue,
    args: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let target = args.get_or_undefined(0);
    let elements = iterated(args.get_or_undefined(1), context)?;
    let start = State::of(context).untouched.length(target);
    let (Some(start), Some(object)) = (start, target.as_object()) else {
        return Ok(target.clone());
    };
    memory::safe_point(context);
    for (index, element) in elements.iter().enumerate() {
        define(&object, PropertyKey::from(start + index), element.clone());
    }
    set_length(&object, start + elements.len());
    Ok(target.clone())
}

fn iterated(value: &JsValue, context: &mut Context) -> JsResult<Vec<JsValue>> {
    let state = State::of(context);
    let mut elements = Vec::new();
    if state.untouched.iterates_plainly() {
        let read = state.untouched.read(value, |found| {
            elements.reserve(found.len() + 1);
            found.copy(0, found.len(), &mut elements);
        });
        if read.is_some() {
            return Ok(elements);
        }
    }
    if !is_iterable(value, context)? {
        let message = format!("value with type `{}` is not iterable", value.type_of());
        return Err(JsNativeError::typ().with_message(message).into());
    }
    let constructor: JsObject = context.intrinsics().constructors().array().constructor();
    let arguments = [value.clone()];
    let iterated = state
        .originals
        .from
        .call(&constructor.into(), &arguments, context)?;
    state.untouched.read(&iterated, |found| {
        found.copy(0, found.len(), &mut elements);
    });
    Ok(elements)
}

fn is_iterable(value: &JsValue, context: &mut Context) -> JsResult<bool> {
    if value.is_null_or_undefined() {
        return Ok(false);
    }
    let object = value.to_object(context)?;
    let method = object.get(JsSymbol::iterator(), context)?;
    Ok(method.is_callable())
}
