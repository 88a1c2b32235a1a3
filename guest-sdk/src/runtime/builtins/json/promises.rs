//! Promises in a value that was written as JSON, where they are `{}`.

use std::fmt::Write as _;

use boa_engine::builtins::promise::Promise;
use boa_engine::property::PropertyKey;
use boa_engine::{Context, JsValue};

/// How deep promises are looked for, and in how many values.
const MAX_DEPTH: u32 = 16;
const MAX_VISITS: u32 = 10_000;

/// The path (`.rows[3].owner`) to the first promise in a value that was written as
/// `json`. No getter is called.
pub(crate) fn printed(value: &JsValue, json: &str, context: &mut Context) -> Option<String> {
    if !json.contains("{}") {
        return None;
    }
    let mut visits = MAX_VISITS;
    search(value, MAX_DEPTH, &mut visits, context)
}

fn search(
    value: &JsValue,
    depth_left: u32,
    visits: &mut u32,
    context: &mut Context,
) -> Option<String> {
    *visits = visits.checked_sub(1)?;
    let object = value.as_object()?.clone();
    if object.is::<Promise>() {
        return Some(String::new());
    }
    let depth_left = depth_left.checked_sub(1)?;
    if object.is::<boa_engine::builtins::proxy::Proxy>() {
        return None;
    }
    for key in object.own_property_keys(context).ok()? {
        let found = object.borrow().properties().get(&key);
        let Some(value) = found.and_then(|found| found.value().cloned()) else {
            continue;
        };
        if let Some(rest) = search(&value, depth_left, visits, context) {
            let mut path = String::new();
            match key {
                PropertyKey::Index(index) => _ = write!(path, "[{}]", index.get()),
                key => _ = write!(path, ".{key}"),
            }
            return Some(path + &rest);
        }
    }
    None
}
