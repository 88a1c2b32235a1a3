//! `repeat`, `concat`, `padStart`, `padEnd`, `toLowerCase` and `toUpperCase`.

use boa_engine::{
    Context, JsArgs, JsNativeError, JsResult, JsString, JsValue, js_string,
    string::{JsStr, JsStrVariant},
};

use super::{
    Joined, integer,
    joined::{MAX_LENGTH, compact, too_long},
    this_string,
};
use crate::runtime::builtins::memory;

pub(super) fn repeat(this: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let text = this_string(this, "repeat", context)?;
    let count = integer(Some(args.get_or_undefined(0)), 0.0, context)?;
    if !(0.0..f64::INFINITY).contains(&count) {
        let message = format!(
            "Invalid count value: {}",
            JsString::from(count).to_std_string_lossy()
        );
        return Err(JsNativeError::range().with_message(message).into());
    }
    if text.is_empty() || count == 0.0 {
        return Ok(js_string!().into());
    }
    let length = count * text.len() as f64;
    if length > MAX_LENGTH as f64 {
        return Err(too_long());
    }
    memory::safe_point(context);
    Ok(repeated(text.as_str(), length as usize).into())
}

/// `text` over and over, up to `length` units. It must not be empty.
fn repeated(text: JsStr<'_>, length: usize) -> JsString {
    let times = length / text.len() + 1;
    match text.variant() {
        JsStrVariant::Latin1(units) => {
            JsString::from(JsStr::latin1(&units.repeat(times)[..length]))
        }
        JsStrVariant::Utf16(units) => compact(JsStr::utf16(&units.repeat(times)[..length])),
    }
}

pub(super) fn concat(this: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let text = this_string(this, "concat", context)?;
    let mut out = Joined::with_capacity(text.len());
    out.push(text.as_str())?;
    for argument in args {
        out.push(argument.to_string(context)?.as_str())?;
    }
    memory::safe_point(context);
    Ok(out.finish().into())
}

pub(super) fn pad_start(
    this: &JsValue,
    args: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let text = this_string(this, "padStart", context)?;
    let Some(filler) = filler(&text, args, context)? else {
        return Ok(text.into());
    };
    Ok(js_string!(&filler, &text).into())
}

pub(super) fn pad_end(
    this: &JsValue,
    args: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let text = this_string(this, "padEnd", context)?;
    let Some(filler) = filler(&text, args, context)? else {
        return Ok(text.into());
    };
    Ok(js_string!(&text, &filler).into())
}

/// What has to be added to `text`.
fn filler(text: &JsString, args: &[JsValue], context: &mut Context) -> JsResult<Option<JsString>> {
    let length = args.get_or_undefined(0).to_length(context)?;
    if length <= text.len() as u64 {
        return Ok(None);
    }
    let pattern = match args.get_or_undefined(1) {
        pattern if pattern.is_undefined() => js_string!(" "),
        pattern => pattern.to_string(context)?,
    };
    if pattern.is_empty() {
        return Ok(None);
    }
    if length > MAX_LENGTH as u64 {
        return Err(too_long());
    }
    Ok(Some(repeated(
        pattern.as_str(),
        length as usize - text.len(),
    )))
}

pub(super) fn to_lower_case(
    this: &JsValue,
    _: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let text = this_string(this, "toLowerCase", context)?;
    Ok(match text.variant() {
        JsStrVariant::Latin1(units) => {
            // À to Þ but × lie 32 below their small letters, as A to Z do.
            let lower = units.iter().map(|&unit| match unit {
                b'A'..=b'Z' | 0xC0..=0xD6 | 0xD8..=0xDE => unit + 32,
                unit => unit,
            });
            let lower: Vec<u8> = lower.collect();
            JsString::from(JsStr::latin1(&lower))
        }
        JsStrVariant::Utf16(_) => compact(
            text.map_valid_segments(|segment| segment.to_lowercase())
                .as_str(),
        ),
    }
    .into())
}

pub(super) fn to_upper_case(
    this: &JsValue,
    _: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let text = this_string(this, "toUpperCase", context)?;
    Ok(match text.variant() {
        JsStrVariant::Latin1(units) if units.is_ascii() => {
            JsString::from(JsStr::latin1(&units.to_ascii_uppercase()))
        }
        _ => compact(
            text.map_valid_segments(|segment| segment.to_uppercase())
                .as_str(),
        ),
    }
    .into())
}
