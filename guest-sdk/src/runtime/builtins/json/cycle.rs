//! The message about a cyclic value: the way round the cycle, as V8 prints it.

use std::fmt::Write as _;

use boa_engine::{JsError, JsNativeError, JsObject, JsString, property::PropertyKey};

/// One step into a value: the container, and under which key it was reached.
pub(super) struct Step<'a> {
    pub(super) object: &'a JsObject,
    /// The key in the container before; `None` at the root.
    pub(super) key: Option<PropertyKey>,
}

/// The error for a path whose last key leads back to its first object.
pub(super) fn error(path: &[Step<'_>], closing: &PropertyKey) -> JsError {
    let mut message = String::from("Converting circular structure to JSON");
    for (at, step) in path.iter().enumerate() {
        // Of a long way round, its beginning and its end.
        let shown = at <= 2 || at + 1 == path.len();
        if !shown {
            if at == 3 {
                message.push_str("\n    |     ...");
            }
            continue;
        }
        let class = class_of(step.object);
        let line = match &step.key {
            Some(key) if at > 0 => format!("\n    |     {} -> {class}", named(key)),
            _ => format!("\n    --> starting at {class}"),
        };
        message.push_str(&line);
    }
    let _ = write!(message, "\n    --- {} closes the circle", named(closing));
    JsNativeError::typ().with_message(message).into()
}

fn named(key: &PropertyKey) -> String {
    match key {
        PropertyKey::Index(index) => format!("index {}", index.get()),
        key => format!("property '{key}'"),
    }
}

/// `object with constructor 'Name'`, without running a getter.
fn class_of(object: &JsObject) -> String {
    let mut holder = Some(object.clone());
    while let Some(object) = holder {
        let constructor = object
            .borrow()
            .properties()
            .get(&PropertyKey::from(JsString::from("constructor")));
        if let Some(constructor) = constructor.as_ref().and_then(|found| found.value()) {
            let name = constructor.as_callable().and_then(|function| {
                let name = function
                    .borrow()
                    .properties()
                    .get(&PropertyKey::from(JsString::from("name")))?;
                name.value()?.as_string()
            });
            let Some(name) = name else { break };
            return format!("object with constructor '{}'", name.to_std_string_lossy());
        }
        holder = object.prototype();
    }
    "object with constructor 'Object'".to_owned()
}
