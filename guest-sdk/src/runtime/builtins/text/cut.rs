//! `slice`, `substring`, `substr`, `trim…`, `at` and `charAt`.

use boa_engine::{Context, JsArgs, JsResult, JsString, JsValue, js_string, string::JsStrVariant};

use super::{clamped, integer, slices::cut, this_string};

pub(super) fn slice(this: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let text = this_string(this, "slice", context)?;
    let length = text.len();
    let start = relative(args.first(), 0, length, context)?;
    let end = relative(args.get(1), length, length, context)?;
    Ok(part(&text, start, end, context))
}

pub(super) fn substring(
    this: &JsValue,
    args: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let text = this_string(this, "substring", context)?;
    let start = clamped(args.first(), 0, text.len(), context)?;
    let end = clamped(args.get(1), text.len(), text.len(), context)?;
    Ok(part(&text, start.min(end), start.max(end), context))
}

pub(super) fn substr(this: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let text = this_string(this, "substr", context)?;
    let start = relative(args.first(), 0, text.len(), context)?;
    let rest = text.len() - start;
    let length = clamped(args.get(1), rest, rest, context)?;
    Ok(part(&text, start, start + length, context))
}

pub(super) fn trim(this: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let text = this_string(this, "trim", context)?;
    let start = first_solid(&text);
    let end = last_solid(&text);
    Ok(part(&text, start, end, context))
}

pub(super) fn trim_start(
    this: &JsValue,
    _: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let text = this_string(this, "trimStart", context)?;
    let start = first_solid(&text);
    Ok(part(&text, start, text.len(), context))
}

pub(super) fn trim_end(this: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let text = this_string(this, "trimEnd", context)?;
    let end = last_solid(&text);
    Ok(part(&text, 0, end, context))
}

pub(super) fn at(this: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let text = this_string(this, "at", context)?;
    let mut position = integer(args.first(), 0.0, context)?;
    if position < 0.0 {
        position += text.len() as f64;
    }
    Ok(unit(&text, position).map_or_else(JsValue::undefined, JsValue::from))
}

pub(super) fn char_at(
    this: &JsValue,
    args: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let text = this_string(this, "charAt", context)?;
    let position = integer(Some(args.get_or_undefined(0)), 0.0, context)?;
    Ok(unit(&text, position).unwrap_or_default().into())
}

/// The one unit at `position` as a string.
fn unit(text: &JsString, position: f64) -> Option<JsString> {
    if position < 0.0 || position >= text.len() as f64 {
        return None;
    }
    let position = position as usize;
    Some(super::joined::compact(
        text.as_str().get(position..=position)?,
    ))
}

fn part(text: &JsString, start: usize, end: usize, context: &Context) -> JsValue {
    if start >= end {
        return js_string!().into();
    }
    cut(text, start, end, context).into()
}

/// A position that counts from the end where it is negative.
fn relative(
    argument: Option<&JsValue>,
    default: usize,
    length: usize,
    context: &mut Context,
) -> JsResult<usize> {
    let mut position = integer(argument, default as f64, context)?;
    if position < 0.0 {
        position += length as f64;
    }
    Ok(position.clamp(0.0, length as f64) as usize)
}

fn first_solid(text: &JsString) -> usize {
    let found = match text.variant() {
        JsStrVariant::Latin1(units) => units.iter().position(|&unit| !is_space(unit.into())),
        JsStrVariant::Utf16(units) => units.iter().position(|&unit| !is_space(unit)),
    };
    found.unwrap_or(text.len())
}

fn last_solid(text: &JsString) -> usize {
    let found = match text.variant() {
        JsStrVariant::Latin1(units) => units.iter().rposition(|&unit| !is_space(unit.into())),
        JsStrVariant::Utf16(units) => units.iter().rposition(|&unit| !is_space(unit)),
    };
    found.map_or(0, |last| last + 1)
}

/// White space and line terminators of the language.
fn is_space(unit: u16) -> bool {
    matches!(
        unit,
        0x09..=0x0D | 0x20 | 0xA0 | 0x1680 | 0x2000..=0x200A | 0x2028 | 0x2029 | 0x202F | 0x205F
            | 0x3000 | 0xFEFF
    )
}
