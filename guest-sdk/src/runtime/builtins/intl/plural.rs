//! `Intl.PluralRules`, and the English plural forms.

use boa_engine::object::builtins::JsArray;
use boa_engine::{Context, Finalize, JsArgs, JsData, JsObject, JsResult, JsValue, Trace};

use super::decimal::{Decimal, Numeric};
use super::number::format::Digits;
use super::options::{Options, check_locales};
use super::{WithoutNew, resolved, text, wrong_receiver};

#[derive(Trace, Finalize, JsData)]
struct PluralRules {
    #[unsafe_ignore_trace]
    digits: Digits,
    is_ordinal: bool,
}

pub(super) fn install(intl: &JsObject, context: &mut Context) -> JsResult<()> {
    super::class(
        intl,
        "PluralRules",
        WithoutNew::Throws,
        construct,
        &[
            ("select", 1, select),
            ("resolvedOptions", 0, resolved_options),
        ],
        context,
    )?;
    Ok(())
}

/// The cardinal form of a number as it is written: `one` or `other`.
pub(super) fn cardinal(whole: &str, fraction: &str) -> &'static str {
    if whole == "1" && fraction.is_empty() {
        "one"
    } else {
        "other"
    }
}

fn ordinal(decimal: &Decimal) -> &'static str {
    let whole = decimal.whole();
    if !decimal.fraction().is_empty() {
        return "other";
    }
    let tens = whole.len().checked_sub(2).map(|at| whole.as_bytes()[at]);
    if tens == Some(b'1') {
        return "other";
    }
    match whole.as_bytes().last() {
        Some(b'1') => "one",
        Some(b'2') => "two",
        Some(b'3') => "few",
        _ => "other",
    }
}

fn construct(prototype: JsObject, args: &[JsValue], context: &mut Context) -> JsResult<JsObject> {
    check_locales(args.get_or_undefined(0), context)?;
    let options = Options::new(args.get_or_undefined(1), context)?;
    let kind = options.choice("type", &["cardinal", "ordinal"], context)?;
    let rules = PluralRules {
        digits: Digits::read(&options, 0, 3, false, context)?,
        is_ordinal: kind == Some("ordinal"),
    };
    Ok(JsObject::from_proto_and_data(prototype, rules))
}

fn select(this: &JsValue, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let number = args.get_or_undefined(0).to_number(context)?;
    let object = this.as_object().ok_or_else(wrong_receiver)?;
    let rules = object
        .downcast_ref::<PluralRules>()
        .ok_or_else(wrong_receiver)?;
    let Numeric::Finite(mut decimal) = Numeric::of_f64(number) else {
        return Ok(text("other"));
    };
    let (whole, fraction) = rules.digits.apply(&mut decimal);
    let form = if rules.is_ordinal {
        ordinal(&decimal)
    } else {
        cardinal(&whole, &fraction)
    };
    Ok(text(form))
}

fn resolved_options(this: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let object = this.as_object().ok_or_else(wrong_receiver)?;
    let (is_ordinal, digits) = {
        let rules = object
            .downcast_ref::<PluralRules>()
            .ok_or_else(wrong_receiver)?;
        let mut digits = rules.digits.resolved();
        digits.truncate(digits.len().saturating_sub(4));
        (rules.is_ordinal, digits)
    };
    let forms: &[&str] = if is_ordinal {
        &["few", "one", "two", "other"]
    } else {
        &["one", "other"]
    };
    let forms = JsArray::from_iter(forms.iter().map(|form| text(form)), context);
    let kind = if is_ordinal { "ordinal" } else { "cardinal" };
    let mut properties = vec![("locale", text("en")), ("type", text(kind))];
    properties.extend(digits);
    properties.push(("pluralCategories", forms.into()));
    resolved(properties, context)
}
