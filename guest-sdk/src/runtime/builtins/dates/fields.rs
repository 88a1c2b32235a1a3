//! The setters of `Date` in local time.

use boa_engine::object::builtins::JsDate;
use boa_engine::{Context, JsObject, JsResult, JsValue};

use super::civil::{Civil, MS_PER_DAY, clip, make_day, make_time};
use super::{define, local_zone, this_time};

/// A setter's name, the first field it sets, and how many it sets at most.
const SETTERS: [(&str, usize, usize, define::Native); 8] = [
    ("setFullYear", 0, 3, |this, args, context| {
        set(this, args, 0, 3, context)
    }),
    ("setMonth", 1, 2, |this, args, context| {
        set(this, args, 1, 2, context)
    }),
    ("setDate", 2, 1, |this, args, context| {
        set(this, args, 2, 1, context)
    }),
    ("setHours", 3, 4, |this, args, context| {
        set(this, args, 3, 4, context)
    }),
    ("setMinutes", 4, 3, |this, args, context| {
        set(this, args, 4, 3, context)
    }),
    ("setSeconds", 5, 2, |this, args, context| {
        set(this, args, 5, 2, context)
    }),
    ("setMilliseconds", 6, 1, |this, args, context| {
        set(this, args, 6, 1, context)
    }),
    ("setYear", 0, 1, set_year),
];

pub(super) fn install(prototype: &JsObject, context: &mut Context) -> JsResult<()> {
    for (name, _, length, native) in SETTERS {
        define::method(prototype, name, length, native, context)?;
    }
    Ok(())
}

/// A year of two digits is one of the 20th century.
pub(super) fn full_year(year: f64) -> f64 {
    let whole = year.trunc();
    if (0.0..=99.0).contains(&whole) {
        1900.0 + whole
    } else {
        year
    }
}

fn set_year(this: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let year = args
        .first()
        .cloned()
        .unwrap_or_default()
        .to_number(context)?;
    set(this, &[full_year(year).into()], 0, 1, context)
}

/// Sets fields from the `first` on (year, month, day, hour, minute, second,
/// millisecond) to the arguments given, at most `count`.
fn set(
    this: &JsValue,
    args: &[JsValue],
    first: usize,
    count: usize,
    context: &mut Context,
) -> JsResult<JsValue> {
    let time_ms = this_time(this, context)?;
    let mut given = Vec::with_capacity(count);
    for value in args.iter().take(count) {
        given.push(value.to_number(context)?);
    }
    if given.is_empty() {
        given.push(f64::NAN);
    }
    let zone = local_zone(context);
    // Only setting the year makes a date of what is none.
    let result = if time_ms.is_nan() && first > 0 {
        f64::NAN
    } else {
        let local_ms = if time_ms.is_nan() {
            0.0
        } else {
            zone.to_local(time_ms)
        };
        let civil = Civil::of(local_ms);
        let mut fields = [
            civil.year as f64,
            f64::from(civil.month),
            f64::from(civil.day),
            f64::from(civil.hour),
            f64::from(civil.minute),
            f64::from(civil.second),
            f64::from(civil.millisecond),
        ];
        for (field, value) in fields[first..].iter_mut().zip(given) {
            *field = value;
        }
        let [year, month, day, hour, minute, second, millisecond] = fields;
        let changed_ms =
            make_day(year, month, day) * MS_PER_DAY + make_time(hour, minute, second, millisecond);
        clip(zone.to_utc(changed_ms))
    };
    if let Some(Ok(date)) = this.as_object().map(JsDate::from_object) {
        date.set_time(result, context)?;
    }
    Ok(result.into())
}
