//! `Intl.NumberFormat`, and `toLocaleString` of numbers and BigInts.
//!
//! Reads the options; the text is made in [`format`].

pub(super) mod format;

use boa_engine::{
    Context, Finalize, JsArgs, JsData, JsNativeError, JsObject, JsResult, JsValue, JsVariant,
    Trace, js_string,
};

use self::format::{Digits, Notation, NumberFormat, Style};
use super::decimal::Numeric;
use super::options::{Options, check_locales, range};
use super::{WithoutNew, array_of, bound, define, joined, resolved, text, wrong_receiver};

/// A line for each currency: code, digits, symbol and narrow symbol where they
/// differ from the code, name of one and of many.
const CURRENCIES: &str = include_str!("currencies.txt");
/// A line for each unit: patterns of one and of many, short, narrow and long.
const UNITS: &str = include_str!("units.txt");

/// Native data of an `Intl.NumberFormat`.
#[derive(Trace, Finalize, JsData)]
struct Data(#[unsafe_ignore_trace] NumberFormat);

pub(super) fn install(intl: &JsObject, context: &mut Context) -> JsResult<()> {
    let class = super::class(
        intl,
        "NumberFormat",
        WithoutNew::Constructs,
        |prototype, args, context| {
            let format = read(args.get_or_undefined(0), args.get_or_undefined(1), context)?;
            Ok(JsObject::from_proto_and_data(prototype, Data(format)))
        },
        &[
            ("formatToParts", 1, |this, args, context| {
                let format = this_format(this)?;
                let number = numeric(args.get_or_undefined(0), context)?;
                array_of(format::parts(&format, number), context)
            }),
            ("resolvedOptions", 0, resolved_options),
        ],
        context,
    )?;
    let format: define::Native = |this, _, context| bound(this, 1, format_one, context);
    define::accessor(&class.prototype, "format", format, None, context)?;

    let number = context.intrinsics().constructors().number().prototype();
    define::method(
        &number,
        "toLocaleString",
        0,
        number_to_locale_string,
        context,
    )?;
    let bigint = context.intrinsics().constructors().bigint().prototype();
    define::method(
        &bigint,
        "toLocaleString",
        0,
        bigint_to_locale_string,
        context,
    )
}

fn this_format(this: &JsValue) -> JsResult<NumberFormat> {
    let object = this.as_object().ok_or_else(wrong_receiver)?;
    let format = object.downcast_ref::<Data>().map(|data| data.0.clone());
    format.ok_or_else(wrong_receiver)
}

fn format_one(object: &JsObject, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let number = numeric(args.get_or_undefined(0), context)?;
    let format = object.downcast_ref::<Data>().ok_or_else(wrong_receiver)?;
    Ok(joined(&format::parts(&format.0, number)))
}

fn number_to_locale_string(
    this: &JsValue,
    args: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let number = match this.as_object() {
        Some(object) => object.downcast_ref::<f64>().map(|number| *number),
        None => this.as_number(),
    };
    let number = number.ok_or_else(wrong_receiver)?;
    to_locale_string(Numeric::of_f64(number), args, context)
}

fn bigint_to_locale_string(
    this: &JsValue,
    args: &[JsValue],
    context: &mut Context,
) -> JsResult<JsValue> {
    let bigint = match this.as_object() {
        Some(object) => {
            let value_of = object.get(js_string!("valueOf"), context)?;
            let value_of = value_of.as_callable().ok_or_else(wrong_receiver)?;
            value_of.call(this, &[], context)?.as_bigint()
        }
        None => this.as_bigint(),
    };
    let bigint = bigint.ok_or_else(wrong_receiver)?;
    to_locale_string(of_integer(&bigint.to_string())?, args, context)
}

fn to_locale_string(number: Numeric, args: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let format = read(args.get_or_undefined(0), args.get_or_undefined(1), context)?;
    Ok(joined(&format::parts(&format, number)))
}

fn of_integer(digits: &str) -> JsResult<Numeric> {
    Numeric::of_text(digits).ok_or_else(|| {
        let count = digits.len();
        range(format!("a number of {count} digits is too long to format"))
    })
}

/// A number as `format` takes it: texts of digits keep all of them.
fn numeric(value: &JsValue, context: &mut Context) -> JsResult<Numeric> {
    let value = value.to_primitive(context, boa_engine::value::PreferredType::Number)?;
    match value.variant() {
        JsVariant::BigInt(bigint) => of_integer(&bigint.to_string()),
        JsVariant::String(string) => {
            let exact = Numeric::of_text(string.to_std_string_lossy().trim());
            match exact {
                Some(number) => Ok(number),
                None => Ok(Numeric::of_f64(value.to_number(context)?)),
            }
        }
        _ => Ok(Numeric::of_f64(value.to_number(context)?)),
    }
}

/// Reads locales and options.
fn read(locales: &JsValue, options: &JsValue, context: &mut Context) -> JsResult<NumberFormat> {
    check_locales(locales, context)?;
    if options.is_undefined() {
        return Ok(NumberFormat::default());
    }
    let options = Options::new(options, context)?;
    options.only("numberingSystem", &["latn"], context)?;
    let style = options.choice(
        "style",
        &["decimal", "percent", "currency", "unit"],
        context,
    )?;
    let style = read_style(style.unwrap_or("decimal"), &options, context)?;
    let notation = options.choice(
        "notation",
        &["standard", "scientific", "engineering", "compact"],
        context,
    )?;
    let is_long = options.choice("compactDisplay", &["short", "long"], context)? == Some("long");
    let notation = match notation {
        Some("scientific") => Notation::Scientific { step: 1 },
        Some("engineering") => Notation::Scientific { step: 3 },
        Some("compact") => Notation::Compact { is_long },
        _ => Notation::Standard,
    };
    let is_compact = matches!(notation, Notation::Compact { .. });
    let (least, most) = match (&style, notation) {
        (Style::Currency { digits, .. }, Notation::Standard) => (*digits, *digits),
        (Style::Percent, _) => (0, 0),
        _ => (0, 3),
    };
    let digits = Digits::read(&options, least, most, is_compact, context)?;
    let grouping = grouping(&options, is_compact, context)?;
    let sign = options.choice(
        "signDisplay",
        &["auto", "never", "always", "exceptZero", "negative"],
        context,
    )?;
    Ok(NumberFormat {
        style,
        notation,
        digits,
        grouping,
        sign: sign.unwrap_or("auto"),
    })
}

/// `useGrouping`; empty where there is none.
fn grouping(options: &Options, is_compact: bool, context: &mut Context) -> JsResult<&'static str> {
    let default = if is_compact { "min2" } else { "auto" };
    let value = options.get("useGrouping", context)?;
    if value.is_undefined() {
        return Ok(default);
    }
    if let Some(is_on) = value.as_boolean() {
        return Ok(if is_on { "always" } else { "" });
    }
    if !value.to_boolean() {
        return Ok("");
    }
    let value = value.to_string(context)?.to_std_string_lossy();
    match value.as_str() {
        "true" | "false" => Ok(default),
        "min2" => Ok("min2"),
        "auto" => Ok("auto"),
        "always" => Ok("always"),
        _ => Err(range(format!(
            "Value {value} out of range for Intl.NumberFormat options property useGrouping"
        ))),
    }
}

fn read_style(style: &str, options: &Options, context: &mut Context) -> JsResult<Style> {
    let currency = options.text("currency", context)?;
    let display = options.choice(
        "currencyDisplay",
        &["symbol", "narrowSymbol", "code", "name"],
        context,
    )?;
    let sign = options.choice("currencySign", &["standard", "accounting"], context)?;
    let unit = options.text("unit", context)?;
    let unit_display = options.choice("unitDisplay", &["short", "narrow", "long"], context)?;
    match style {
        "percent" => Ok(Style::Percent),
        "currency" => {
            let code = currency.ok_or_else(|| {
                JsNativeError::typ().with_message("Currency code is required with currency style.")
            })?;
            read_currency(
                &code,
                display.unwrap_or("symbol"),
                sign.unwrap_or("standard"),
            )
        }
        "unit" => {
            let unit = unit.ok_or_else(|| {
                JsNativeError::typ().with_message("Required option \"unit\" must not be undefined")
            })?;
            let display = unit_display.unwrap_or("short");
            let column = match display {
                "short" => 1,
                "narrow" => 3,
                _ => 5,
            };
            let row = row(UNITS, &unit).ok_or_else(|| {
                let shown: String = unit.chars().take(40).collect();
                range(format!("the unit `{shown}` is not available"))
            })?;
            Ok(Style::Unit {
                name: row[0],
                display,
                one: row[column],
                other: row[column + 1],
            })
        }
        _ => Ok(Style::Decimal),
    }
}

fn read_currency(code: &str, display: &'static str, sign: &'static str) -> JsResult<Style> {
    let code = code.to_ascii_uppercase();
    if code.len() != 3 || !code.bytes().all(|byte| byte.is_ascii_uppercase()) {
        let shown: String = code.chars().take(40).collect();
        return Err(range(format!("Invalid currency code : {shown}")));
    }
    let mut style = Style::Currency {
        symbol: code.clone(),
        one: code.clone(),
        other: code.clone(),
        digits: 2,
        display,
        is_accounting: sign == "accounting",
        code: code.clone(),
    };
    let Some(row) = row(CURRENCIES, &code) else {
        return Ok(style);
    };
    if let Style::Currency {
        symbol,
        one,
        other,
        digits,
        ..
    } = &mut style
    {
        let shown = match display {
            "symbol" => row[2],
            "narrowSymbol" => row[3],
            _ => "",
        };
        if !shown.is_empty() {
            shown.clone_into(symbol);
        }
        row[4].clone_into(one);
        let many = if row[5].is_empty() { row[4] } else { row[5] };
        many.clone_into(other);
        *digits = row[1].parse().unwrap_or(2);
    }
    Ok(style)
}

fn row(table: &'static str, key: &str) -> Option<Vec<&'static str>> {
    let line = table.lines().find(|line| {
        let rest = line.strip_prefix(key);
        rest.is_some_and(|rest| rest.starts_with('|'))
    })?;
    Some(line.split('|').collect())
}

fn resolved_options(this: &JsValue, _: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let format = this_format(this)?;
    let mut properties = vec![("locale", text("en-US")), ("numberingSystem", text("latn"))];
    match &format.style {
        Style::Decimal => properties.push(("style", text("decimal"))),
        Style::Percent => properties.push(("style", text("percent"))),
        Style::Currency {
            code,
            display,
            is_accounting,
            ..
        } => {
            let sign = if *is_accounting {
                "accounting"
            } else {
                "standard"
            };
            properties.extend([
                ("style", text("currency")),
                ("currency", text(code)),
                ("currencyDisplay", text(display)),
                ("currencySign", text(sign)),
            ]);
        }
        Style::Unit { name, display, .. } => properties.extend([
            ("style", text("unit")),
            ("unit", text(name)),
            ("unitDisplay", text(display)),
        ]),
    }
    let mut digits = format.digits.resolved();
    let after = digits.split_off(digits.len().saturating_sub(4));
    properties.extend(digits);
    let grouping = match format.grouping {
        "" => false.into(),
        grouping => text(grouping),
    };
    properties.push(("useGrouping", grouping));
    let notation = match format.notation {
        Notation::Standard => "standard",
        Notation::Scientific { step: 1 } => "scientific",
        Notation::Scientific { .. } => "engineering",
        Notation::Compact { .. } => "compact",
    };
    properties.push(("notation", text(notation)));
    if let Notation::Compact { is_long } = format.notation {
        let display = if is_long { "long" } else { "short" };
        properties.push(("compactDisplay", text(display)));
    }
    properties.push(("signDisplay", text(format.sign)));
    properties.extend(after);
    resolved(properties, context)
}
