//! Finds what in a value JSON cannot express, without calling any getter.

use std::fmt::Write as _;

use boa_engine::property::PropertyKey;
use boa_engine::{Context, JsObject, JsValue};

use super::unusable;
use crate::contract::ScriptError;
use crate::runtime::environment::Environment;

/// Values looked at before the search is given up.
const MAX_VISITS: u32 = 1_000_000;

/// The first cycle, BigInt or excess of depth in a value.
pub(super) fn find(value: &JsValue, context: &mut Context) -> Option<Box<ScriptError>> {
    let depth = Environment::of(context).limits().nesting as usize;
    let mut search = Search {
        open: Vec::new(),
        path: Vec::new(),
        depth,
        visits: 0,
    };
    search.visit(value, context)
}

/// The error for a value nested deeper than JSON goes.
pub(super) fn too_deep(context: &Context) -> Box<ScriptError> {
    let depth = Environment::of(context).limits().nesting;
    let message = format!("the value is nested deeper than {depth}, which JSON does not go");
    unusable(message, "return a flatter value")
}

struct Search {
    /// The objects the search is inside of.
    open: Vec<JsObject>,
    path: Vec<PropertyKey>,
    depth: usize,
    visits: u32,
}

impl Search {
    fn visit(&mut self, value: &JsValue, context: &mut Context) -> Option<Box<ScriptError>> {
        self.visits += 1;
        if self.visits > MAX_VISITS {
            return None;
        }
        if value.is_bigint() {
            let message = format!("{} is a BigInt, which JSON cannot express", self.place());
            return Some(unusable(
                message,
                "convert it with `Number(…)` or `String(…)`",
            ));
        }
        let object = value.as_object()?.clone();
        if object.is_callable() {
            return None;
        }
        if let Some(at) = self
            .open
            .iter()
            .position(|open| JsObject::equals(open, &object))
        {
            let target = printed(&self.path[..at]);
            let target = if target.is_empty() {
                "the value itself".to_owned()
            } else {
                format!("`{target}`")
            };
            let message = format!(
                "{} leads back to {target}, which JSON cannot express",
                self.place()
            );
            return Some(unusable(
                message,
                "return the fields that are needed, without the reference back",
            ));
        }
        if self.open.len() >= self.depth {
            return Some(too_deep(context));
        }
        let keys = object.own_property_keys(context).ok()?;
        self.open.push(object.clone());
        for key in keys {
            let Some(found) = object.borrow().properties().get(&key) else {
                continue;
            };
            let Some(value) = found.value().cloned() else {
                continue;
            };
            if matches!(key, PropertyKey::Symbol(_)) || found.enumerable() == Some(false) {
                continue;
            }
            self.path.push(key);
            let problem = self.visit(&value, context);
            self.path.pop();
            if problem.is_some() {
                return problem;
            }
        }
        self.open.pop();
        None
    }

    fn place(&self) -> String {
        let path = printed(&self.path);
        if path.is_empty() {
            "the value".to_owned()
        } else {
            format!("`{path}` in the value")
        }
    }
}

/// A path as it would be written behind a name: `.rows[3].total`.
fn printed(path: &[PropertyKey]) -> String {
    let mut text = String::new();
    for key in path {
        match key {
            PropertyKey::Index(index) => _ = write!(text, "[{}]", index.get()),
            key => _ = write!(text, ".{key}"),
        }
    }
    text
}
