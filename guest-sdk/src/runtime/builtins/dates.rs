//! `Date` where the engine's differs: the text forms V8 reads, and local time
//! that follows the run's time zone.
//!
//! Start at [`install`]. Formatting for people is in `intl`.

pub(crate) mod civil;
mod fields;
mod parse;
pub(crate) mod zone;

use boa_engine::object::FunctionObjectBuilder;
use boa_engine::object::builtins::JsDate;
use boa_engine::property::PropertyDescriptor;
use boa_engine::{
    Context, JsArgs, JsNativeError, JsObject, JsResult, JsString, JsValue, NativeFunction,
    js_string,
};

use self::civil::{Civil, MS_PER_DAY, clip, make_day, make_time};
use self::zone::{NameStyle, Zone};
use super::define;
use crate::runtime::environment::Environment;

const WEEKDAYS: [&str; 7] = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

/// Replaces the constructor and what depends on local time or on texts.
pub(crate) fn install(context: &mut Context) -> JsResult<()> {
    let intrinsic = context.intrinsics().constructors().date();
    let (original, prototype) = (intrinsic.constructor(), intrinsic.prototype());
    let native = NativeFunction::from_copy_closure_with_captures(
        |new_target, args, original: &JsObject, context| {
            construct(new_target, args, original, context)
        },
        original.clone(),
    );
    let constructor: JsObject = FunctionObjectBuilder::new(context.realm(), native)
        .name(js_string!("Date"))
        .length(7)
        .constructor(true)
        .build()
        .into();
    let fixed = PropertyDescriptor::builder()
        .value(prototype.clone())
        .writable(false)
        .enumerable(false)
        .configurable(false);
    constructor.define_property_or_throw(js_string!("prototype"), fixed, context)?;
    for name in ["now", "UTC"] {
        let function = original.get(JsString::from(name), context)?;
        define::value(&constructor, JsString::from(name), function, context)?;
    }
    define::method(&constructor, "parse", 1, parse_static, context)?;
    define::value(
        &prototype,
        js_string!("constructor"),
        constructor.clone(),
        context,
    )?;
    define::method(&prototype, "toString", 0, to_string, context)?;
    define::method(&prototype, "toTimeString", 0, to_time_string, context)?;
    fields::install(&prototype, context)?;
    define::global("Date", constructor, context)
}

/// The time of a `Date` object; `None` for anything else.
pub(crate) fn time_of(value: &JsValue, context: &mut Context) -> JsResult<Option<f64>> {
    let Some(Ok(date)) = value.as_object().map(JsDate::from_object) else {
        return Ok(None);
    };
    Ok(date.get_time(context)?.as_number())
}

/// The zone of the run.
pub(crate) fn local_zone(context: &Context) -> Zone {
    Environment::of(context).zone.get()
}

/// The time of now.
pub(crate) fn now(context: &Context) -> f64 {
    clip(Environment::of(context).clock.read().unix_ms.floor())
}

fn this_time(this: &JsValue, context: &mut Context) -> JsResult<f64> {
    time_of(this, context)?.ok_or_else(|| {
        JsNativeError::typ()
            .with_message("this is not a Date object.")
            .into()
    })
}

fn construct(
    new_target: &JsValue,
    args: &[JsValue],
    original: &JsObject,
    context: &mut Context,
) -> JsResult<JsValue> {
    let Some(new_target) = new_target.as_object() else {
        let text = text_of(now(context), context);
        return Ok(JsString::from(text.as_str()).into());
    };
    let time_ms = match args {
        [] => now(context),
        [value] => time_from(value, context)?,
        parts => time_from_parts(parts, context)?,
    };
    let date = original.construct(&[time_ms.into()], Some(&new_target), context)?;
    Ok(date.into())
}

fn time_from(value: &JsValue, context: &mut Context) -> JsResult<f64> {
    if let Some(time_ms) = time_of(value, context)? {
        return Ok(time_ms);
    }
    let value = value.to_primitive(context, boa_engine::value::PreferredType::Default)?;
    match value.as_string() {
        Some(text) => Ok(parse_text(&text, context)),
        None => Ok(clip(value.to_number(context)?)),
    }
}

fn time_from_parts(parts: &[JsValue], context: &mut Context) -> JsResult<f64> {
    let mut numbers = [f64::NAN, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0];
    for (number, part) in numbers.iter_mut().zip(parts) {
        *number = part.to_number(context)?;
    }
    let [year, month, day, hour, minute, second, millisecond] = numbers;
    let year = fields::full_year(year);
    let local_ms =
        make_day(year, month, day) * MS_PER_DAY + make_time(hour, minute, second, millisecond);
    Ok(clip(local_zone(context).to_utc(local_ms)))
}

fn parse_text(text: &JsString, context: &Context) -> f64 {
    // No date is longer than this.
    if text.len() > 1000 {
        return f64::NAN;
    }
    let Some(parsed) = parse::parse(&text.to_std_string_lossy()) else {
        return f64::NAN;
    };
    if parsed.is_local {
        clip(local_zone(context).to_utc(parsed.time_ms))
    } else {
        clip(parsed.time_ms)
    }
}

fn parse_static(_: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let text = args.get_or_undefined(0).to_string(context)?;
    Ok(parse_text(&text, context).into())
}

fn to_string(this: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let time_ms = this_time(this, context)?;
    Ok(JsString::from(text_of(time_ms, context).as_str()).into())
}

fn to_time_string(this: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let time_ms = this_time(this, context)?;
    let text = if time_ms.is_nan() {
        "Invalid Date".to_owned()
    } else {
        clock_text(time_ms, &local_zone(context))
    };
    Ok(JsString::from(text.as_str()).into())
}

/// `Sun Mar 01 2026 10:00:00 GMT+0100 (Central European Standard Time)`.
fn text_of(time_ms: f64, context: &Context) -> String {
    if time_ms.is_nan() {
        return "Invalid Date".to_owned();
    }
    let zone = local_zone(context);
    let civil = Civil::of(zone.to_local(time_ms));
    let sign = if civil.year < 0 { "-" } else { "" };
    format!(
        "{} {} {:02} {sign}{:04} {}",
        WEEKDAYS[usize::from(civil.weekday)],
        MONTHS[usize::from(civil.month)],
        civil.day,
        civil.year.abs(),
        clock_text(time_ms, &zone),
    )
}

fn clock_text(time_ms: f64, zone: &Zone) -> String {
    let civil = Civil::of(zone.to_local(time_ms));
    let offset = zone.offset_seconds(time_ms);
    let sign = if offset < 0 { '-' } else { '+' };
    let minutes = offset.unsigned_abs() / 60;
    format!(
        "{:02}:{:02}:{:02} GMT{sign}{:02}{:02} ({})",
        civil.hour,
        civil.minute,
        civil.second,
        minutes / 60,
        minutes % 60,
        zone.display_name(time_ms, NameStyle::Long),
    )
}

#[cfg(test)]
mod tests;
