//! What an object is in a few words, found without running any of its code.

use boa_engine::builtins::error::Error;
use boa_engine::builtins::function::OrdinaryFunction;
use boa_engine::builtins::proxy::Proxy;
use boa_engine::property::{PropertyDescriptor, PropertyKey};
use boa_engine::{Context, JsBigInt, JsObject, JsString, JsSymbol, JsValue, js_string};

use super::{number, quote, symbol};

/// Prototypes that are followed.
const MAX_PROTOTYPES: usize = 50;

/// An error's first line, without its stack.
pub(super) fn error(object: &JsObject, constructor: Option<&str>) -> String {
    let text = |key: &str| {
        inherited(object, &PropertyKey::from(JsString::from(key)))
            .and_then(|value| value.as_string())
            .map(|text| text.to_std_string_lossy())
    };
    let mut name = text("name").unwrap_or_else(|| "Error".to_owned());
    if let Some(constructor) = constructor
        && name == "Error"
    {
        constructor.clone_into(&mut name);
    }
    match text("message") {
        Some(message) if !message.is_empty() => format!("{name}: {message}"),
        _ => name,
    }
}

/// The name of the class that made an object, as far as it shows.
pub(super) fn constructor_name(object: &JsObject) -> Option<String> {
    let key = PropertyKey::from(js_string!("constructor"));
    let mut current = Some(object.clone());
    for _ in 0..MAX_PROTOTYPES {
        let holder = current?;
        if holder.is::<Proxy>() {
            return None;
        }
        if let Some(constructor) = own(&holder, &key)
            && let Some(constructor) = constructor.value().and_then(JsValue::as_object)
            && constructor.is_callable()
            && let Some(name) = own_text(&constructor, "name")
            && !name.is_empty()
        {
            return Some(name);
        }
        current = holder.prototype();
    }
    None
}

pub(super) fn function(object: &JsObject) -> String {
    let name = own_text(object, "name").unwrap_or_default();
    let prototype = own(object, &PropertyKey::from(js_string!("prototype")));
    let is_class = object.is::<OrdinaryFunction>()
        && prototype.is_some_and(|property| property.writable() == Some(false));
    if is_class {
        let base = object.prototype().and_then(|base| own_text(&base, "name"));
        let extends = match base {
            Some(base) if !base.is_empty() => format!(" extends {base}"),
            _ => String::new(),
        };
        let name = if name.is_empty() {
            "(anonymous)"
        } else {
            &name
        };
        return format!("[class {name}{extends}]");
    }
    let kind = inherited(object, &PropertyKey::from(JsSymbol::to_string_tag()))
        .and_then(|tag| tag.as_string())
        .map_or("Function".to_owned(), |tag| tag.to_std_string_lossy());
    if name.is_empty() {
        format!("[{kind} (anonymous)]")
    } else {
        format!("[{kind}: {name}]")
    }
}

/// `[Number: 1]` and the like.
pub(super) fn boxed(object: &JsObject, context: &mut Context) -> Option<String> {
    if let Some(value) = object.downcast_ref::<f64>() {
        return Some(format!("[Number: {}]", number(*value, context)));
    }
    if let Some(value) = object.downcast_ref::<bool>() {
        return Some(format!("[Boolean: {}]", *value));
    }
    if let Some(value) = object.downcast_ref::<JsString>() {
        return Some(format!("[String: {}]", quote(&value.to_std_string_lossy())));
    }
    if let Some(value) = object.downcast_ref::<JsBigInt>() {
        return Some(format!("[BigInt: {}n]", *value));
    }
    let value = object.downcast_ref::<JsSymbol>()?;
    Some(format!("[Symbol: {}]", symbol(&value)))
}

/// What stands for an object too deep to be shown.
pub(super) fn summary(object: &JsObject) -> String {
    if object.is_callable() {
        return function(object);
    }
    let name = constructor_name(object);
    if object.is::<Error>() {
        return format!("[{}]", error(object, name.as_deref()));
    }
    format!("[{}]", name.as_deref().unwrap_or("Object: null prototype"))
}

/// An own property, without running a getter.
pub(super) fn own(object: &JsObject, key: &PropertyKey) -> Option<PropertyDescriptor> {
    object.borrow().properties().get(key)
}

pub(super) fn own_text(object: &JsObject, key: &str) -> Option<String> {
    own(object, &PropertyKey::from(JsString::from(key)))
        .and_then(|property| property.value().and_then(JsValue::as_string))
        .map(|text| text.to_std_string_lossy())
}

/// A data property of an object or its prototypes.
pub(super) fn inherited(object: &JsObject, key: &PropertyKey) -> Option<JsValue> {
    let mut current = Some(object.clone());
    for _ in 0..MAX_PROTOTYPES {
        let holder = current?;
        if let Some(property) = own(&holder, key) {
            return property.value().cloned();
        }
        current = holder.prototype();
    }
    None
}
