//! `join`, for which an array inside itself is empty.

use std::cell::RefCell;

use boa_engine::object::JsObject;
use boa_engine::{Context, JsResult, JsValue, js_string};

use super::State;

thread_local! {
    /// Arrays that are being turned into text.
    static OPEN: RefCell<Vec<JsObject>> = const { RefCell::new(Vec::new()) };
}

pub(super) fn join(this: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let state = State::of(context);
    match this.as_object() {
        Some(array) => once(&array, || state.originals.join.call(this, args, context)),
        None => state.originals.join.call(this, args, context),
    }
}

/// The text of an array, which is empty while that text is being made.
pub(in super::super) fn once(
    array: &JsObject,
    make: impl FnOnce() -> JsResult<JsValue>,
) -> JsResult<JsValue> {
    let is_open = |open: &Vec<JsObject>| open.iter().any(|it| JsObject::equals(it, array));
    if OPEN.with_borrow(is_open) {
        return Ok(js_string!("").into());
    }
    OPEN.with_borrow_mut(|open| open.push(array.clone()));
    let made = make();
    OPEN.with_borrow_mut(Vec::pop);
    made
}
