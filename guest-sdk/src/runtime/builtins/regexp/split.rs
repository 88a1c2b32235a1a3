//! `split` by an untouched expression.

use boa_engine::{Context, JsArgs, JsResult, JsString, JsValue, object::builtins::JsArray};

use super::{State, argument_string, matches::Match, pristine::Expression, subject::Subjects};

pub(super) fn split(this: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let text = argument_string(args, context)?;
    let limit = args.get_or_undefined(1);
    let Some(expression) = Expression::untouched(this, context)? else {
        let original = State::of(context).originals.split.clone();
        return original.call(this, &[text.into(), limit.clone()], context);
    };
    let limit = if limit.is_undefined() {
        u32::MAX
    } else {
        limit.to_u32(context)?
    };
    let pieces = pieces(&expression, &text, limit as usize, context);
    Ok(JsArray::from_iter(pieces, context).into())
}

fn pieces(
    expression: &Expression,
    text: &JsString,
    limit: usize,
    context: &Context,
) -> Vec<JsValue> {
    let mut pieces = Vec::new();
    if limit == 0 {
        return pieces;
    }
    let matches = expression.every(&Subjects::of(text, context));
    if text.is_empty() {
        // The empty string is split only by what matches it, into nothing.
        if matches.is_empty() {
            pieces.push(text.clone().into());
        }
        return pieces;
    }
    let mut start = 0;
    for found in &matches {
        let range = found.range();
        if range.start >= text.len() {
            break;
        }
        // Nothing is split off by the empty match right behind a separator.
        if range.end == start {
            continue;
        }
        pieces.push(Match::cut(text, Some(start..range.start), context));
        let groups = found.groups().iter().cloned();
        pieces.extend(groups.map(|group| Match::cut(text, group, context)));
        if pieces.len() >= limit {
            pieces.truncate(limit);
            return pieces;
        }
        start = range.end;
    }
    pieces.push(Match::cut(text, Some(start..text.len()), context));
    pieces
}
