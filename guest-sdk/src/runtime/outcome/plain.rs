//! What JSON prints as `{}` and agents return nevertheless.
//!
//! A `Map` becomes an object (an array of pairs where a key is no string), a
//! `Set` an array, an error its name and message, a regular expression its
//! text, and a promise nobody awaited what it was fulfilled with, under a
//! warning.

use boa_engine::builtins::error::Error;
use boa_engine::builtins::promise::PromiseState;
use boa_engine::object::builtins::{JsArray, JsMap, JsPromise, JsRegExp, JsSet};
use boa_engine::property::PropertyKey;
use boa_engine::{Context, JsError, JsObject, JsString, JsValue, js_string};

use crate::runtime::environment::Environment;

/// Why a value could not be converted.
pub(super) enum Lost {
    /// It is nested deeper than JSON goes.
    TooDeep,
    /// A getter threw.
    Threw(JsError),
}

impl From<JsError> for Lost {
    fn from(error: JsError) -> Self {
        Self::Threw(error)
    }
}

/// Whether JSON lost something of a value that it printed as `text`.
///
/// Errors with properties of their own are seen in the value and one level
/// below; everything else prints as `{}`.
pub(super) fn is_lossy(value: &JsValue, text: &str, context: &mut Context) -> bool {
    let Some(object) = value.as_object() else {
        return false;
    };
    let object = object.clone();
    if text.contains("{}") || object.is::<Error>() {
        return true;
    }
    let keys = object.own_property_keys(context).unwrap_or_default();
    let is_error = |key| {
        let found = object.borrow().properties().get(key)?;
        Some(found.value()?.as_object()?.is::<Error>())
    };
    keys.iter()
        .take(LOOKED_AT)
        .any(|key| is_error(key).unwrap_or(false))
}

/// Properties in which errors are looked for.
const LOOKED_AT: usize = 100;

/// A copy of a value without what JSON would lose.
pub(super) fn convert(value: &JsValue, context: &mut Context) -> Result<JsValue, Lost> {
    let depth_left = Environment::of(context).limits().nesting;
    Conversion {
        path: Vec::new(),
        depth_left,
    }
    .value(value, context)
}

struct Conversion {
    path: Vec<String>,
    depth_left: u32,
}

impl Conversion {
    fn value(&mut self, value: &JsValue, context: &mut Context) -> Result<JsValue, Lost> {
        let Some(object) = value.as_object() else {
            return Ok(value.clone());
        };
        let object = object.clone();
        if object.is_callable() || object.get(js_string!("toJSON"), context)?.is_callable() {
            return Ok(value.clone());
        }
        let Some(depth_left) = self.depth_left.checked_sub(1) else {
            return Err(Lost::TooDeep);
        };
        self.depth_left = depth_left;
        let converted = self.object(object, context);
        self.depth_left += 1;
        converted
    }

    fn object(&mut self, object: JsObject, context: &mut Context) -> Result<JsValue, Lost> {
        if let Ok(map) = JsMap::from_object(object.clone()) {
            return self.map(&map, context);
        }
        if let Ok(set) = JsSet::from_object(object.clone()) {
            let mut elements = Vec::new();
            set.for_each_native(|element| {
                elements.push(element);
                Ok(())
            })?;
            return self.array(elements, context);
        }
        if let Ok(promise) = JsPromise::from_object(object.clone()) {
            return self.promise(&promise, context);
        }
        if JsRegExp::from_object(object.clone()).is_ok() {
            return Ok(JsValue::from(object).to_string(context)?.into());
        }
        if object.is_array() {
            let length = object
                .get(js_string!("length"), context)?
                .to_length(context)?;
            let mut elements = Vec::new();
            for index in 0..length {
                elements.push(object.get(index, context)?);
            }
            return self.array(elements, context);
        }
        let copy = JsObject::with_null_proto();
        if object.is::<Error>() {
            for name in ["name", "message"] {
                let value = object.get(JsString::from(name), context)?;
                copy.create_data_property_or_throw(JsString::from(name), value, context)?;
            }
        }
        for key in object.own_property_keys(context)? {
            let enumerable = object
                .borrow()
                .properties()
                .get(&key)
                .and_then(|found| found.enumerable());
            if matches!(key, PropertyKey::Symbol(_)) || enumerable == Some(false) {
                continue;
            }
            let value = object.get(key.clone(), context)?;
            self.path.push(key.to_string());
            let value = self.value(&value, context)?;
            self.path.pop();
            copy.create_data_property_or_throw(key, value, context)?;
        }
        Ok(copy.into())
    }

    fn map(&mut self, map: &JsMap, context: &mut Context) -> Result<JsValue, Lost> {
        let mut entries = Vec::new();
        map.for_each_native(|key, value| {
            entries.push((key, value));
            Ok(())
        })?;
        if entries.iter().any(|(key, _)| !key.is_string()) {
            let mut pairs = Vec::new();
            for (key, value) in entries {
                pairs.push(JsArray::from_iter([key, value], context).into());
            }
            return self.array(pairs, context);
        }
        let copy = JsObject::with_null_proto();
        for (key, value) in entries {
            let key = key.to_property_key(context)?;
            self.path.push(key.to_string());
            let value = self.value(&value, context)?;
            self.path.pop();
            copy.create_data_property_or_throw(key, value, context)?;
        }
        Ok(copy.into())
    }

    fn array(&mut self, elements: Vec<JsValue>, context: &mut Context) -> Result<JsValue, Lost> {
        let mut converted = Vec::with_capacity(elements.len());
        for (index, element) in elements.iter().enumerate() {
            self.path.push(index.to_string());
            converted.push(self.value(element, context)?);
            self.path.pop();
        }
        Ok(JsArray::from_iter(converted, context).into())
    }

    fn promise(&mut self, promise: &JsPromise, context: &mut Context) -> Result<JsValue, Lost> {
        let place = match self.path.join(".") {
            path if path.is_empty() => "the value".to_owned(),
            path => format!("`{path}` in the value"),
        };
        let outbox = &Environment::of(context).outbox;
        match promise.state() {
            PromiseState::Fulfilled(value) => {
                outbox.warn(format!(
                    "{place} is a promise that was not awaited; what it was fulfilled with is used"
                ));
                self.value(&value, context)
            }
            PromiseState::Rejected(reason) => {
                outbox.warn(format!(
                    "{place} is a promise that was not awaited, and it was rejected"
                ));
                self.value(&reason, context)
            }
            PromiseState::Pending => {
                outbox.warn(format!(
                    "{place} is a promise that was not awaited and is still pending"
                ));
                Ok(JsValue::null())
            }
        }
    }
}
