//! `Intl.DateTimeFormat`, and `toLocaleString` of dates.
//!
//! Reads the options; the text is made in [`pattern`].

mod pattern;

use boa_engine::{
    Context, Finalize, JsArgs, JsData, JsNativeError, JsObject, JsResult, JsValue, Trace,
};

use self::pattern::{DateTimeFormat, Fields, HourCycle};
use super::options::{Options, check_locales, range};
use super::{WithoutNew, array_of, bound, define, joined, resolved, text, wrong_receiver};
use crate::runtime::builtins::dates::zone::{NameStyle, Zone};
use crate::runtime::builtins::dates::{self, civil};

const STYLES: [&str; 4] = ["full", "long", "medium", "short"];

const NARROW_SPACE: &str = "\u{202f}";

/// Native data of an `Intl.DateTimeFormat`.
#[derive(Trace, Finalize, JsData)]
struct Data(#[unsafe_ignore_trace] DateTimeFormat);

/// Which fields a method asks for, and which it adds where none of them is given.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
    Any,
    Date,
    Time,
}

pub(super) fn install(intl: &JsObject, context: &mut Context) -> JsResult<()> {
    let class = super::class(
        intl,
        "DateTimeFormat",
        WithoutNew::Constructs,
        |prototype, args, context| {
            let (locales, options) = (args.get_or_undefined(0), args.get_or_undefined(1));
            let format = read(locales, options, Wanted::Any, Wanted::Date, context)?;
            Ok(JsObject::from_proto_and_data(prototype, Data(format)))
        },
        &[
            ("formatToParts", 1, |this, args, context| {
                let object = this.as_object().ok_or_else(wrong_receiver)?;
                let time_ms = time(args.get_or_undefined(0), context)?;
                let mut parts = this_format(&object)?.parts(time_ms);
                // As in V8, which has it in the parts and not in the text.
                for at in 1..parts.len() {
                    if matches!(parts[at].text.as_str(), "AM" | "PM") {
                        NARROW_SPACE.clone_into(&mut parts[at - 1].text);
                    }
                }
                array_of(parts, context)
            }),
            ("resolvedOptions", 0, resolved_options),
        ],
        context,
    )?;
    let format: define::Native = |this, _, context| {
        bound(
            this,
            1,
            |object, args, context| {
                let time_ms = time(args.get_or_undefined(0), context)?;
                Ok(joined(&this_format(object)?.parts(time_ms)))
            },
            context,
        )
    };
    define::accessor(&class.prototype, "format", format, None, context)?;

    let date = context.intrinsics().constructors().date().prototype();
    let methods: [(&str, define::Native); 3] = [
        ("toLocaleString", |this, args, context| {
            to_locale_string(this, args, Wanted::Any, Wanted::Any, context)
        }),
        ("toLocaleDateString", |this, args, context| {
            to_locale_string(this, args, Wanted::Date, Wanted::Date, context)
        }),
        ("toLocaleTimeString", |this, args, context| {
            to_locale_string(this, args, Wanted::Time, Wanted::Time, context)
        }),
    ];
    for (name, native) in methods {
        define::method(&date, name, 0, native, context)?;
    }
    Ok(())
}

fn this_format(object: &JsObject) -> JsResult<DateTimeFormat> {
    let format = object.downcast_ref::<Data>().map(|data| data.0.clone());
    format.ok_or_else(wrong_receiver)
}

/// A time to format: now where none is given.
fn time(value: &JsValue, context: &mut Context) -> JsResult<f64> {
    let time_ms = match dates::time_of(value, context)? {
        _ if value.is_undefined() => dates::now(context),
        Some(time_ms) => time_ms,
        None => civil::clip(value.to_number(context)?),
    };
    if time_ms.is_nan() {
        return Err(range("Invalid time value".to_owned()));
    }
    Ok(time_ms)
}

fn to_locale_string(
    this: &JsValue,
    args: &[JsValue],
    required: Wanted,
    defaults: Wanted,
    context: &mut Context,
) -> JsResult<JsValue> {
    let time_ms = dates::time_of(this, context)?.ok_or_else(wrong_receiver)?;
    let (locales, options) = (args.get_or_undefined(0), args.get_or_undefined(1));
    let format = read(locales, options, required, defaults, context)?;
    if time_ms.is_nan() {
        return Ok(text("Invalid Date"));
    }
    Ok(joined(&format.parts(time_ms)))
}

fn read(
    locales: &JsValue,
    options: &JsValue,
    required: Wanted,
    defaults: Wanted,
    context: &mut Context,
) -> JsResult<DateTimeFormat> {
    check_locales(locales, context)?;
    let options = Options::new(options, context)?;
    options.only("calendar", &["gregory"], context)?;
    options.only("numberingSystem", &["latn"], context)?;
    let hour12 = options.boolean("hour12", context)?;
    let cycle = options.choice("hourCycle", &["h11", "h12", "h23", "h24"], context)?;
    let cycle = match (hour12, cycle) {
        (Some(true), _) | (None, None | Some("h12")) => HourCycle::H12,
        (Some(false), _) | (None, Some("h24")) => HourCycle::H24,
        (None, Some("h11")) => HourCycle::H11,
        (None, Some(_)) => HourCycle::H23,
    };
    let zone = match options.text("timeZone", context)? {
        None => dates::local_zone(context),
        Some(name) => Zone::named(&name).ok_or_else(|| {
            let shown: String = name.chars().take(60).collect();
            range(format!("Invalid time zone specified: {shown}"))
        })?,
    };
    let mut fields = read_fields(&options, context)?;
    let date_style = options.choice("dateStyle", &STYLES, context)?;
    let time_style = options.choice("timeStyle", &STYLES, context)?;
    if date_style.is_some() || time_style.is_some() {
        if !fields.is_empty() {
            return Err(type_error("dateStyle and timeStyle exclude other fields"));
        }
        if required == Wanted::Date && time_style.is_some() {
            return Err(type_error("Invalid option : timeStyle"));
        }
        if required == Wanted::Time && date_style.is_some() {
            return Err(type_error("Invalid option : dateStyle"));
        }
        fields = Fields::of_styles(date_style, time_style);
    } else {
        let has_date = required != Wanted::Time && fields.has_date();
        let has_time = required != Wanted::Date && fields.has_time();
        if !has_date && !has_time {
            fields.add_defaults(defaults != Wanted::Time, defaults != Wanted::Date);
        }
    }
    Ok(DateTimeFormat {
        fields,
        date_style,
        time_style,
        cycle,
        zone,
    })
}

fn type_error(message: &str) -> boa_engine::JsError {
    JsNativeError::typ().with_message(message.to_owned()).into()
}

fn read_fields(options: &Options, context: &mut Context) -> JsResult<Fields> {
    let names = ["narrow", "short", "long"];
    let numbers = ["2-digit", "numeric"];
    let months = ["2-digit", "numeric", "narrow", "short", "long"];
    let fraction = options.integer("fractionalSecondDigits", 1, 3, context)?;
    let zone_name = options.choice(
        "timeZoneName",
        &["short", "long", "shortOffset", "longOffset"],
        context,
    )?;
    options.only("formatMatcher", &["basic", "best fit"], context)?;
    Ok(Fields {
        weekday: options.choice("weekday", &names, context)?,
        era: options.choice("era", &names, context)?,
        year: options.choice("year", &numbers, context)?,
        month: options.choice("month", &months, context)?,
        day: options.choice("day", &numbers, context)?,
        day_period: options.choice("dayPeriod", &names, context)?,
        hour: options.choice("hour", &numbers, context)?,
        minute: options.choice("minute", &numbers, context)?,
        second: options.choice("second", &numbers, context)?,
        fraction: fraction.unwrap_or(0) as usize,
        zone_name: zone_name.map(|name| match name {
            "short" => NameStyle::Short,
            "long" => NameStyle::Long,
            "shortOffset" => NameStyle::ShortOffset,
            _ => NameStyle::LongOffset,
        }),
    })
}

fn resolved_options(this: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let object = this.as_object().ok_or_else(wrong_receiver)?;
    let format = this_format(&object)?;
    let fields = &format.fields;
    let mut properties = vec![
        ("locale", text("en-US")),
        ("calendar", text("gregory")),
        ("numberingSystem", text("latn")),
        ("timeZone", text(format.zone.name())),
    ];
    if fields.hour.is_some() {
        let cycle = match format.cycle {
            HourCycle::H11 => "h11",
            HourCycle::H12 => "h12",
            HourCycle::H23 => "h23",
            HourCycle::H24 => "h24",
        };
        properties.push(("hourCycle", text(cycle)));
        properties.push(("hour12", format.cycle.is_half_day().into()));
    }
    if format.date_style.is_none() && format.time_style.is_none() {
        let zone_name = fields.zone_name.map(|name| match name {
            NameStyle::Short => "short",
            NameStyle::Long => "long",
            NameStyle::ShortOffset => "shortOffset",
            NameStyle::LongOffset => "longOffset",
        });
        let clock = [fields.hour, fields.minute, fields.second];
        let is_padded = clock.iter().flatten().count() > 1;
        let padded = |field: Option<&'static str>| {
            field.map(|field| if is_padded { "2-digit" } else { field })
        };
        let hour = if format.cycle.is_half_day() {
            fields.hour
        } else {
            padded(fields.hour)
        };
        let shown = [
            ("weekday", fields.weekday),
            ("era", fields.era),
            ("year", fields.year),
            ("month", fields.month),
            ("day", fields.day),
            ("dayPeriod", fields.day_period),
            ("hour", hour),
            ("minute", padded(fields.minute)),
            ("second", padded(fields.second)),
        ];
        for (name, value) in shown {
            properties.extend(value.map(|value| (name, text(value))));
        }
        if fields.fraction > 0 {
            properties.push(("fractionalSecondDigits", (fields.fraction as i32).into()));
        }
        properties.extend(zone_name.map(|name| ("timeZoneName", text(name))));
    }
    properties.extend(format.date_style.map(|style| ("dateStyle", text(style))));
    properties.extend(format.time_style.map(|style| ("timeStyle", text(style))));
    resolved(properties, context)
}
