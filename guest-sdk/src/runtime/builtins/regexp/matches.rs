//! Matches, and the arrays that scripts see of them.

use std::ops::Range;

use boa_engine::{
    Context, JsObject, JsString, JsValue, builtins::object::OrdinaryObject, js_string,
    object::builtins::JsArray,
};

use super::{super::text, pristine::Expression};
use crate::runtime::builtins::json;

/// One match in a subject, in units of it.
pub(super) struct Match(regress::Match);

impl From<regress::Match> for Match {
    fn from(found: regress::Match) -> Self {
        Self(found)
    }
}

impl Match {
    pub(super) fn range(&self) -> Range<usize> {
        self.0.range()
    }

    /// The groups, from the first on.
    pub(super) fn groups(&self) -> &[Option<Range<usize>>] {
        &self.0.captures
    }

    pub(super) fn is_named(&self) -> bool {
        self.0.named_groups().next().is_some()
    }

    /// What `exec` returns.
    pub(super) fn to_array(
        &self,
        expression: &Expression,
        text: &JsString,
        context: &mut Context,
    ) -> JsValue {
        let elements = self.strings(text, context);
        let array: JsObject = JsArray::from_iter(elements, context).into();
        let groups = self.named(context, |range, context| Self::cut(text, range, context));
        json::define(
            &array,
            js_string!("index").into(),
            self.range().start.into(),
        );
        json::define(&array, js_string!("input").into(), text.clone().into());
        json::define(&array, js_string!("groups").into(), groups);
        if expression.program.indices {
            let indices = self.indices(context);
            json::define(&array, js_string!("indices").into(), indices);
        }
        array.into()
    }

    /// The whole match and its groups, as strings or `undefined`.
    pub(super) fn strings(&self, text: &JsString, context: &Context) -> Vec<JsValue> {
        let whole = std::iter::once(Some(self.range()));
        let ranges = whole.chain(self.groups().iter().cloned());
        ranges
            .map(|range| Self::cut(text, range, context))
            .collect()
    }

    /// The object of named groups, `undefined` where there are none.
    pub(super) fn named_strings(&self, text: &JsString, context: &mut Context) -> JsValue {
        self.named(context, |range, context| Self::cut(text, range, context))
    }

    /// One string of a match.
    pub(super) fn cut(text: &JsString, range: Option<Range<usize>>, context: &Context) -> JsValue {
        range.map_or_else(JsValue::undefined, |range| {
            text::cut(text, range.start, range.end, context).into()
        })
    }

    fn indices(&self, context: &mut Context) -> JsValue {
        let pair = |range: Option<Range<usize>>, context: &mut Context| match range {
            Some(range) => {
                JsArray::from_iter([range.start.into(), range.end.into()], context).into()
            }
            None => JsValue::undefined(),
        };
        let mut pairs = vec![pair(Some(self.range()), context)];
        for range in self.groups() {
            pairs.push(pair(range.clone(), context));
        }
        let indices: JsObject = JsArray::from_iter(pairs, context).into();
        let groups = self.named(context, pair);
        json::define(&indices, js_string!("groups").into(), groups);
        indices.into()
    }

    fn named(
        &self,
        context: &mut Context,
        value: impl Fn(Option<Range<usize>>, &mut Context) -> JsValue,
    ) -> JsValue {
        if !self.is_named() {
            return JsValue::undefined();
        }
        let groups = JsObject::new(context.root_shape(), None, OrdinaryObject).upcast();
        for (name, range) in self.0.named_groups() {
            let value = value(range, context);
            json::define(&groups, JsString::from(name).into(), value);
        }
        groups.into()
    }
}
