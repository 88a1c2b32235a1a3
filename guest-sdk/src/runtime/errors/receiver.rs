//! What a value is, and what it has instead of a property that it lacks.

use boa_engine::builtins::promise::Promise;
use boa_engine::builtins::proxy::Proxy;
use boa_engine::object::builtins::{JsArray, JsMap, JsSet};
use boa_engine::property::PropertyKey;
use boa_engine::{Context, JsObject, JsResult, JsValue};

use super::hints;
use crate::runtime::namespaces::Servers;

/// Properties of an object that are named where it was taken for a list.
const SHOWN_KEYS: usize = 8;

/// What is there where a property of this key is not: `` `page` has `items` ``.
pub(super) fn instead(
    value: &JsValue,
    text: &str,
    key: &JsValue,
    context: &mut Context,
) -> Option<String> {
    let wanted = match key.as_string() {
        Some(name) => name.to_std_string_lossy(),
        None => key.display().to_string(),
    };
    let subject = if text.is_empty() {
        "the object".to_owned()
    } else {
        format!("`{text}`")
    };
    let Some(object) = value.as_object() else {
        return Some(format!("{subject} is a {}", value.type_of()));
    };
    if let Some(servers) = Servers::of(context) {
        if let Some(index) = servers.index_of(&object) {
            return Some(hints::tools_like(index, &wanted, context));
        }
        if servers.are(&object) {
            return Some(hints::servers_like(&wanted, &servers));
        }
    }
    if object.is::<Proxy>() || object.is::<Promise>() {
        return None;
    }
    if object.is_array() {
        let array = JsArray::from_object(object).ok()?;
        let length = array.length(context).ok()?;
        return Some(format!("{subject} is a list of {length}"));
    }
    if object.is_callable() {
        return Some(format!("{subject} is a function"));
    }
    let key = key.to_property_key(context).ok()?;
    if object.borrow().properties().contains_key(&key) {
        return None;
    }
    if JsMap::from_object(object.clone()).is_ok() {
        return Some(format!("{subject} is a Map"));
    }
    if JsSet::from_object(object.clone()).is_ok() {
        return Some(format!("{subject} is a Set"));
    }
    let keys = keys(&object, context)?;
    if keys.is_empty() {
        return Some(format!("{subject} is an empty object"));
    }
    let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
    let keys = hints::nearest_first(&wanted, &keys);
    Some(format!("{subject} has {}", hints::list(&keys)))
}

/// The names of an object's own properties that are seen when it is printed.
fn keys(object: &JsObject, context: &mut Context) -> Option<Vec<String>> {
    let keys = object.own_property_keys(context).ok()?;
    let borrowed = object.borrow();
    let names = keys.iter().filter_map(|key| {
        let found = borrowed.properties().get(key)?;
        let is_shown = !matches!(key, PropertyKey::Symbol(_)) && found.enumerable() != Some(false);
        is_shown.then(|| key.to_string())
    });
    Some(names.collect())
}

/// A value that cannot be looped over, in words.
pub(super) fn what_it_is(value: &JsValue, context: &mut Context) -> JsResult<String> {
    let Some(object) = value.as_object() else {
        return Ok(match value.type_of() {
            "undefined" => "undefined".to_owned(),
            _ if value.is_null() => "null".to_owned(),
            other => format!("a {other}"),
        });
    };
    if object.is::<Promise>() {
        return Ok("a promise: put `await` before the call".to_owned());
    }
    if object.is_callable() {
        return Ok("a function".to_owned());
    }
    let keys = object.own_property_keys(context)?;
    let shown: Vec<String> = keys
        .iter()
        .take(SHOWN_KEYS)
        .map(|key| format!("`{key}`"))
        .collect();
    let more = if keys.len() > shown.len() {
        ", …"
    } else {
        ""
    };
    Ok(match shown.as_slice() {
        [] => "an empty object".to_owned(),
        shown => format!("an object with {}{more}", shown.join(", ")),
    })
}
