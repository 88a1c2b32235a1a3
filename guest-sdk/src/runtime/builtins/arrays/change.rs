//! `fill`, `unshift` and `splice`.

use boa_engine::{
    Context, JsArgs, JsObject, JsResult, JsValue, js_string,
    property::{PropertyDescriptor, PropertyKey},
};

use super::{State, array, relative};
use crate::runtime::builtins::{json::define, memory};

/// Elements of the largest array that is filled here rather than by the engine.
const MOST_FILLED: usize = 1 << 26;

/// Elements at the front that are rather shifted out one by one.
const MOST_SHIFTED: usize = 8;

pub(super) fn fill(this: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    memory::safe_point(context);
    let state = State::of(context);
    let whole = args.len() < 2;
    if whole && let Some(array) = state.untouched.fillable(this, context)? {
        let value = args.get_or_undefined(0);
        for index in 0..array.length {
            define(&array.object, PropertyKey::from(index), value.clone());
        }
        return Ok(this.clone());
    }
    state.originals.fill.call(this, args, context)
}

pub(super) fn unshift(
    this: &JsValue,
    args: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    memory::safe_point(context);
    let state = State::of(context);
    if let Some(array) = state.untouched.changeable(this, context)? {
        let mut elements = args.to_vec();
        elements.extend_from_slice(&array.elements);
        array.write(0, &elements);
        array.grow(elements.len());
        return Ok(elements.len().into());
    }
    state.originals.unshift.call(this, args, context)
}

pub(super) fn splice(this: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    memory::safe_point(context);
    let state = State::of(context);
    let plain = args.iter().take(2).all(JsValue::is_number);
    if plain
        && !args.is_empty()
        && state.untouched.makes_plain_arrays()
        && let Some(changed) = state.untouched.changeable(this, context)?
    {
        let old = &changed.elements;
        let start = relative(args.first(), 0, old.len(), context)?;
        let rest = old.len() - start;
        let count = match args.get(1) {
            // `as` takes negative numbers and NaN for zero.
            Some(count) => (count.to_number(context)? as usize).min(rest),
            None => rest,
        };
        let removed = old[start..start + count].to_vec();
        let items = args.get(2..).unwrap_or_default();
        let mut tail = items.to_vec();
        if items.len() != count {
            tail.extend_from_slice(&old[start + count..]);
        }
        if start == 0 && items.is_empty() && count <= MOST_SHIFTED {
            // The engine moves the rest at once where one element is taken.
            for _ in 0..count {
                state.originals.shift.call(this, &[], context)?;
            }
            return Ok(array(removed, context));
        }
        let length = old.len() - count + items.len();
        changed.write(start, &tail);
        if length > old.len() {
            changed.grow(length);
        } else if length < old.len() {
            changed
                .object
                .set(js_string!("length"), length, true, context)?;
        }
        return Ok(array(removed, context));
    }
    state.originals.splice.call(this, args, context)
}

/// A plain array that may be written to, and what was in it.
struct Changeable {
    object: JsObject,
    elements: Vec<JsValue>,
}

impl Changeable {
    /// Writes elements from `start` on; those beyond the end follow on it.
    fn write(&self, start: usize, elements: &[JsValue]) {
        for (index, element) in elements.iter().enumerate() {
            define(
                &self.object,
                PropertyKey::from(start + index),
                element.clone(),
            );
        }
    }

    fn grow(&self, length: usize) {
        set_length(&self.object, length);
    }
}

/// Sets the length of an array whose elements already agree with it.
pub(super) fn set_length(array: &JsObject, length: usize) {
    let property = PropertyDescriptor::builder()
        .value(length)
        .writable(true)
        .enumerable(false)
        .configurable(false);
    array.insert_property(js_string!("length"), property);
}

/// A plain array whose every element may be written.
struct Fillable {
    object: JsObject,
    length: usize,
}

impl super::Untouched {
    fn changeable(&self, this: &JsValue, context: &mut Context) -> JsResult<Option<Changeable>> {
        let mut elements = Vec::new();
        let read = self.read(this, |found| found.copy(0, found.len(), &mut elements));
        let object = this.as_object().filter(|_| read.is_some());
        match object {
            Some(object) if object.is_extensible(context)? => {
                Ok(Some(Changeable { object, elements }))
            }
            _ => Ok(None),
        }
    }

    /// Also an array that so far is nothing but a length, as `new Array(n)` is.
    fn fillable(&self, this: &JsValue, context: &mut Context) -> JsResult<Option<Fillable>> {
        let length = match self.length(this) {
            Some(length) => length,
            None => match self.empty_length(this) {
                Some(length) => length,
                None => return Ok(None),
            },
        };
        match this.as_object() {
            Some(object) if length <= MOST_FILLED && object.is_extensible(context)? => {
                Ok(Some(Fillable { object, length }))
            }
            _ => Ok(None),
        }
    }
}
