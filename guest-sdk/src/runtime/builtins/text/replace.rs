//! `replace` and `replaceAll` of a string in a string.

use boa_engine::{
    Context, JsArgs, JsNativeError, JsObject, JsResult, JsString, JsSymbol, JsValue, js_string,
};

use crate::runtime::builtins::memory;

use super::{
    Joined, coercible, delegate,
    find::is_regular_expression,
    search::Search,
    template::{Matched, Template},
    this_string,
};

pub(super) fn replace(
    this: &JsValue,
    args: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    coercible(this, "replace")?;
    replaced(this, args, false, context)
}

pub(super) fn replace_all(
    this: &JsValue,
    args: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    coercible(this, "replaceAll")?;
    let pattern = args.get_or_undefined(0);
    if let Some(expression) = pattern.as_object()
        && is_regular_expression(pattern, context)?
    {
        let flags = expression.get(js_string!("flags"), context)?;
        if flags.is_null_or_undefined() || !flags.to_string(context)?.contains(b'g') {
            let message = "replaceAll must be called with a global RegExp";
            return Err(JsNativeError::typ().with_message(message).into());
        }
    }
    replaced(this, args, true, context)
}

fn replaced(
    this: &JsValue,
    args: &[JsValue],
    all: bool,
    context: &mut Context,
) -> JsResult<JsValue> {
    let pattern = args.get_or_undefined(0);
    let replacement = args.get_or_undefined(1);
    if let Some(replacer) = delegate(pattern, JsSymbol::replace(), context)? {
        return replacer.call(pattern, &[this.clone(), replacement.clone()], context);
    }
    let text = this_string(this, "replace", context)?;
    memory::safe_point(context);
    let pattern = pattern.to_string(context)?;
    let replacement = if let Some(function) = replacement.as_callable() {
        Replacement::Function(function)
    } else {
        let template = replacement.to_string(context)?;
        Replacement::Template(Template::new(template, 0, false))
    };
    let places = places(&text, &pattern, all);
    if places.is_empty() {
        return Ok(text.into());
    }
    let mut out = Joined::with_capacity(text.len());
    let mut end = 0;
    let units = text.as_str();
    for at in places {
        if let Some(kept) = units.get(end..at) {
            out.push(kept)?;
        }
        end = at + pattern.len();
        match &replacement {
            Replacement::Function(function) => {
                let arguments = [pattern.clone().into(), at.into(), text.clone().into()];
                let piece = function.call(&JsValue::undefined(), &arguments, context)?;
                out.push(piece.to_string(context)?.as_str())?;
            }
            Replacement::Template(template) => {
                let matched = Matched {
                    text: units,
                    start: at,
                    end,
                    groups: &[],
                };
                template.fill(&matched, None, &mut out, context)?;
            }
        }
    }
    if let Some(kept) = units.get(end..) {
        out.push(kept)?;
    }
    Ok(out.finish().into())
}

enum Replacement {
    Function(JsObject),
    Template(Template),
}

/// Where `pattern` begins in `text`: the first place, or all.
fn places(text: &JsString, pattern: &JsString, all: bool) -> Vec<usize> {
    let most = if all { usize::MAX } else { 1 };
    if pattern.is_empty() {
        return (0..=text.len()).take(most).collect();
    }
    let (units, pattern) = (text.as_str(), pattern.as_str());
    let search = Search::new(&units, &pattern);
    let mut places = Vec::new();
    let mut from = 0;
    while places.len() < most
        && let Some(at) = search.next(from)
    {
        places.push(at);
        from = at + pattern.len();
    }
    places
}
