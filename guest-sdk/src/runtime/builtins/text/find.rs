//! `indexOf`, `lastIndexOf`, `includes`, `startsWith` and `endsWith`.

use boa_engine::{Context, JsArgs, JsNativeError, JsResult, JsString, JsSymbol, JsValue};

use super::{
    clamped,
    search::{Search, last},
    this_string,
};

pub(super) fn index_of(
    this: &JsValue,
    args: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let text = this_string(this, "indexOf", context)?;
    let needle = args.get_or_undefined(0).to_string(context)?;
    let from = clamped(args.get(1), 0, text.len(), context)?;
    Ok(position(first(&text, &needle, from)))
}

pub(super) fn last_index_of(
    this: &JsValue,
    args: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let text = this_string(this, "lastIndexOf", context)?;
    let needle = args.get_or_undefined(0).to_string(context)?;
    let from = args.get_or_undefined(1).to_number(context)?;
    // Not a number means from the end, unlike everywhere else.
    let from = if from.is_nan() { f64::INFINITY } else { from };
    let from = from.clamp(0.0, text.len() as f64) as usize;
    Ok(position(last(text.as_str(), needle.as_str(), from)))
}

pub(super) fn includes(
    this: &JsValue,
    args: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let text = this_string(this, "includes", context)?;
    let needle = plain_string(args.get_or_undefined(0), "includes", context)?;
    let from = clamped(args.get(1), 0, text.len(), context)?;
    Ok(first(&text, &needle, from).is_some().into())
}

pub(super) fn starts_with(
    this: &JsValue,
    args: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let text = this_string(this, "startsWith", context)?;
    let needle = plain_string(args.get_or_undefined(0), "startsWith", context)?;
    let from = clamped(args.get(1), 0, text.len(), context)?;
    let part = text.as_str().get(from..from + needle.len());
    Ok(part.is_some_and(|part| part == needle.as_str()).into())
}

pub(super) fn ends_with(
    this: &JsValue,
    args: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let text = this_string(this, "endsWith", context)?;
    let needle = plain_string(args.get_or_undefined(0), "endsWith", context)?;
    let end = clamped(args.get(1), text.len(), text.len(), context)?;
    let part = end
        .checked_sub(needle.len())
        .and_then(|start| text.as_str().get(start..end));
    Ok(part.is_some_and(|part| part == needle.as_str()).into())
}

fn first(text: &JsString, needle: &JsString, from: usize) -> Option<usize> {
    if needle.is_empty() {
        return Some(from);
    }
    Search::new(&text.as_str(), &needle.as_str()).next(from)
}

fn position(found: Option<usize>) -> JsValue {
    found.map_or_else(|| JsValue::from(-1), JsValue::from)
}

/// The argument as a string, where a regular expression is a mistake.
fn plain_string(argument: &JsValue, name: &str, context: &mut Context) -> JsResult<JsString> {
    if let Some(string) = argument.as_string() {
        return Ok(string);
    }
    if is_regular_expression(argument, context)? {
        let message =
            format!("First argument to String.prototype.{name} must not be a regular expression");
        return Err(JsNativeError::typ().with_message(message).into());
    }
    argument.to_string(context)
}

/// `IsRegExp` of the specification.
pub(super) fn is_regular_expression(argument: &JsValue, context: &mut Context) -> JsResult<bool> {
    let Some(object) = argument.as_object() else {
        return Ok(false);
    };
    let matcher = object.get(JsSymbol::r#match(), context)?;
    if matcher.is_undefined() {
        return Ok(argument.is_regexp());
    }
    Ok(matcher.to_boolean())
}
