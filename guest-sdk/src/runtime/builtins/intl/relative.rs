//! `Intl.RelativeTimeFormat`.

use boa_engine::{Context, Finalize, JsArgs, JsData, JsObject, JsResult, JsValue, Trace};

use super::decimal::Numeric;
use super::number::format::{self, NumberFormat};
use super::options::{Options, check_locales, range};
use super::plural::cardinal;
use super::{Part, WithoutNew, array_of, joined, resolved, text, wrong_receiver};

/// A line for each unit and style: to come (one, other), gone (one, other), and
/// the words for -1, 0 and 1 where there are some.
const PATTERNS: &str = include_str!("relative.txt");

#[derive(Clone, Copy, Trace, Finalize, JsData)]
#[boa_gc(empty_trace)]
struct RelativeTimeFormat {
    style: &'static str,
    has_words: bool,
}

pub(super) fn install(intl: &JsObject, context: &mut Context) -> JsResult<()> {
    super::class(
        intl,
        "RelativeTimeFormat",
        WithoutNew::Throws,
        construct,
        &[
            ("format", 2, |this, args, context| {
                Ok(joined(&parts(this, args, context)?))
            }),
            ("formatToParts", 2, |this, args, context| {
                let parts = parts(this, args, context)?;
                array_of(parts, context)
            }),
            ("resolvedOptions", 0, resolved_options),
        ],
        context,
    )?;
    Ok(())
}

fn construct(prototype: JsObject, args: &[JsValue], context: &mut Context) -> JsResult<JsObject> {
    check_locales(args.get_or_undefined(0), context)?;
    let options = Options::new(args.get_or_undefined(1), context)?;
    let style = options.choice("style", &["long", "short", "narrow"], context)?;
    let numeric = options.choice("numeric", &["always", "auto"], context)?;
    let format = RelativeTimeFormat {
        style: style.unwrap_or("long"),
        has_words: numeric == Some("auto"),
    };
    Ok(JsObject::from_proto_and_data(prototype, format))
}

fn this_format(this: &JsValue) -> JsResult<RelativeTimeFormat> {
    let object = this.as_object().ok_or_else(wrong_receiver)?;
    let format = object
        .downcast_ref::<RelativeTimeFormat>()
        .map(|format| *format);
    format.ok_or_else(wrong_receiver)
}

fn parts(this: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<Vec<Part>> {
    let format = this_format(this)?;
    let value = args.get_or_undefined(0).to_number(context)?;
    let unit = args
        .get_or_undefined(1)
        .to_string(context)?
        .to_std_string_lossy();
    let singular = unit.strip_suffix('s').unwrap_or(&unit);
    let start = format!("{singular}|{}|", format.style);
    let line = PATTERNS.lines().find(|line| line.starts_with(&start));
    let columns = line.map(|line| line.split('|').collect::<Vec<_>>());
    let Some(columns) = columns else {
        let shown: String = unit.chars().take(40).collect();
        return Err(range(format!(
            "Invalid unit argument for format() '{shown}'"
        )));
    };
    if !value.is_finite() {
        return Err(range("Invalid number value".to_owned()));
    }
    if format.has_words && value.abs() <= 1.0 && value.fract() == 0.0 {
        let word = columns[(7.0 + value) as usize];
        if !word.is_empty() {
            return Ok(vec![Part::literal(word)]);
        }
    }
    let number = format::parts(&NumberFormat::default(), Numeric::of_f64(value.abs()));
    let form: String = number.iter().map(|part| part.text.as_str()).collect();
    let column = if value.is_sign_negative() { 4 } else { 2 };
    let column = column + usize::from(cardinal(&form, "") == "other");
    let (before, after) = columns[column].split_once('#').unwrap_or(("", ""));
    let mut parts = Vec::new();
    parts.extend((!before.is_empty()).then(|| Part::literal(before)));
    parts.extend(number);
    parts.extend((!after.is_empty()).then(|| Part::literal(after)));
    Ok(parts)
}

fn resolved_options(this: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let format = this_format(this)?;
    let numeric = if format.has_words { "auto" } else { "always" };
    let properties = vec![
        ("locale", text("en-US")),
        ("style", text(format.style)),
        ("numeric", text(numeric)),
        ("numberingSystem", text("latn")),
    ];
    resolved(properties, context)
}
