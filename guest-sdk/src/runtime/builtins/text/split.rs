//! `split` by a string.

use boa_engine::{
    Context, JsArgs, JsResult, JsString, JsSymbol, JsValue, object::builtins::JsArray,
};

use crate::runtime::builtins::memory;

use super::{coercible, delegate, joined::compact, search::Search, slices::cut, this_string};

pub(super) fn split(this: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    coercible(this, "split")?;
    let separator = args.get_or_undefined(0);
    let limit = args.get_or_undefined(1);
    if let Some(splitter) = delegate(separator, JsSymbol::split(), context)? {
        return splitter.call(separator, &[this.clone(), limit.clone()], context);
    }
    let text = this_string(this, "split", context)?;
    memory::safe_point(context);
    let limit = if limit.is_undefined() {
        u32::MAX
    } else {
        limit.to_u32(context)?
    };
    let pieces = if separator.is_undefined() {
        vec![text.into()]
    } else {
        let separator = separator.to_string(context)?;
        pieces(&text, &separator, limit as usize, context)
    };
    let pieces = pieces.into_iter().take(limit as usize);
    Ok(JsArray::from_iter(pieces, context).into())
}

fn pieces(text: &JsString, separator: &JsString, limit: usize, context: &Context) -> Vec<JsValue> {
    let mut pieces: Vec<JsValue> = Vec::new();
    if separator.is_empty() {
        let units = text.as_str();
        let units = (0..text.len()).filter_map(|at| units.get(at..=at));
        pieces.extend(units.take(limit).map(|unit| JsValue::from(compact(unit))));
        return pieces;
    }
    let units = text.as_str();
    let separator = separator.as_str();
    let search = Search::new(&units, &separator);
    let mut start = 0;
    while let Some(at) = search.next(start) {
        if pieces.len() >= limit {
            return pieces;
        }
        pieces.push(cut(text, start, at, context).into());
        start = at + separator.len();
    }
    pieces.push(cut(text, start, text.len(), context).into());
    pieces
}
