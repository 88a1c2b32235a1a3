//! `slice`, `concat`, `indexOf` and `includes`, and what loops ask.

use boa_engine::{Context, JsArgs, JsObject, JsResult, JsSymbol, JsValue};

use super::{Originals, State, array, relative};
use crate::runtime::builtins::memory;

pub(super) fn slice(this: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let state = State::of(context);
    let length = state.untouched.length(this);
    // Turning an object into a position may run script that changes the array.
    let simple = args.iter().take(2).all(|argument| !argument.is_object());
    let Some(length) = length.filter(|_| simple && state.untouched.makes_plain_arrays()) else {
        memory::safe_point(context);
        return state.originals.slice.call(this, args, context);
    };
    let start = relative(args.first(), 0, length, context)?;
    let end = relative(args.get(1), length, length, context)?;
    let mut copied = Vec::with_capacity(end.saturating_sub(start));
    state.untouched.read(this, |elements| {
        if start < end {
            elements.copy(start, end, &mut copied);
        }
    });
    Ok(array(copied, context))
}

pub(super) fn concat(this: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let state = State::of(context);
    let mut joined = Vec::new();
    // A primitive `this` would be boxed.
    let mut plain = this.is_object() && state.untouched.makes_plain_arrays() && !is_marked(context);
    for value in std::iter::once(this).chain(args) {
        let whole = state.untouched.read(value, |elements| {
            elements.copy(0, elements.len(), &mut joined);
        });
        if whole.is_none() {
            plain &= !value.is_object();
            joined.push(value.clone());
        }
        if !plain {
            memory::safe_point(context);
            return state.originals.concat.call(this, args, context);
        }
    }
    Ok(array(joined, context))
}

/// Whether all arrays were told whether to spread, through their prototypes.
fn is_marked(context: &Context) -> bool {
    let constructors = context.intrinsics().constructors();
    let key = JsSymbol::is_concat_spreadable().into();
    [
        constructors.array().prototype(),
        constructors.object().prototype(),
    ]
    .iter()
    .any(|prototype| prototype.borrow().properties().contains_key(&key))
}

/// Whether iterating the argument comes to reading its positions in order, also
/// where the iteration ends early.
pub(in super::super) fn is_plain(
    _: &JsValue,
    args: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let untouched = &State::of(context).untouched;
    let is_plain = untouched.length(args.get_or_undefined(0)).is_some()
        && untouched.iterates_plainly()
        && !untouched.closes_iterators(context)?;
    Ok(is_plain.into())
}

pub(super) fn index_of(
    this: &JsValue,
    args: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let search = Search {
        is_same: JsValue::strict_equals,
        answer: |found| found.map_or_else(|| (-1).into(), JsValue::from),
        original: |originals| &originals.index_of,
    };
    search.run(this, args, context)
}

pub(super) fn includes(
    this: &JsValue,
    args: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let search = Search {
        is_same: JsValue::same_value_zero,
        answer: |found| found.is_some().into(),
        original: |originals| &originals.includes,
    };
    search.run(this, args, context)
}

/// A search for a value in an array.
struct Search {
    is_same: fn(&JsValue, &JsValue) -> bool,
    /// What the method makes of the place that was found.
    answer: fn(Option<usize>) -> JsValue,
    original: fn(&Originals) -> &JsObject,
}

impl Search {
    fn run(self, this: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
        let state = State::of(context);
        let wanted = args.get_or_undefined(0);
        let found = (args.len() < 2)
            .then(|| {
                state.untouched.read(this, |elements| {
                    elements.position(0, wanted, |value| (self.is_same)(value, wanted))
                })
            })
            .flatten();
        match found {
            Some(found) => Ok((self.answer)(found)),
            None => (self.original)(&state.originals).call(this, args, context),
        }
    }
}
