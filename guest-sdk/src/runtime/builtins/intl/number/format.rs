//! Numbers as text: digits, groups, signs and what stands around them.

use boa_engine::{Context, JsResult, JsValue};

use super::super::Part;
use super::super::decimal::{Decimal, Numeric, Rounding};
use super::super::options::{Options, range};
use super::super::plural::cardinal;

/// No number has more digits than this after its point, or significant ones.
const MAX_FRACTION: i32 = 20;
const MAX_SIGNIFICANT: i32 = 21;
/// What each power of a thousand is called in compact notation.
const COMPACT: [(&str, &str); 5] = [
    ("", ""),
    ("K", "thousand"),
    ("M", "million"),
    ("B", "billion"),
    ("T", "trillion"),
];
const NO_BREAK_SPACE: &str = "\u{a0}";

/// Everything that decides the text of a number.
#[derive(Debug, Clone)]
pub(in super::super) struct NumberFormat {
    pub(super) style: Style,
    pub(super) notation: Notation,
    pub(super) digits: Digits,
    /// `auto`, `always`, `min2`; or empty.
    pub(super) grouping: &'static str,
    pub(super) sign: &'static str,
}

impl Default for NumberFormat {
    fn default() -> Self {
        Self {
            style: Style::Decimal,
            notation: Notation::Standard,
            digits: Digits::fraction(0, 3),
            grouping: "auto",
            sign: "auto",
        }
    }
}

/// What stands around the number.
#[derive(Debug, Clone)]
pub(super) enum Style {
    Decimal,
    Percent,
    Currency {
        code: String,
        symbol: String,
        one: String,
        other: String,
        digits: i32,
        display: &'static str,
        is_accounting: bool,
    },
    Unit {
        name: &'static str,
        display: &'static str,
        one: &'static str,
        other: &'static str,
    },
}

#[derive(Debug, Clone, Copy)]
pub(super) enum Notation {
    Standard,
    /// Exponents are multiples of the step.
    Scientific {
        step: i32,
    },
    Compact {
        is_long: bool,
    },
}

/// How many digits there are.
#[derive(Debug, Clone, Copy)]
pub(in super::super) struct Digits {
    least_whole: usize,
    least_fraction: i32,
    most_fraction: i32,
    /// At least and at most; then the numbers above do not count.
    significant: Option<(i32, i32)>,
    /// Two significant digits, but all before the point.
    is_compact: bool,
    rounding: Rounding,
    strips_zeros: bool,
}

const ROUNDINGS: [(&str, Rounding); 9] = [
    ("halfExpand", Rounding::HalfExpand),
    ("ceil", Rounding::Ceil),
    ("floor", Rounding::Floor),
    ("expand", Rounding::Expand),
    ("trunc", Rounding::Trunc),
    ("halfCeil", Rounding::HalfCeil),
    ("halfFloor", Rounding::HalfFloor),
    ("halfTrunc", Rounding::HalfTrunc),
    ("halfEven", Rounding::HalfEven),
];

impl Digits {
    fn fraction(least: i32, most: i32) -> Self {
        Self {
            least_whole: 1,
            least_fraction: least,
            most_fraction: most,
            significant: None,
            is_compact: false,
            rounding: Rounding::HalfExpand,
            strips_zeros: false,
        }
    }

    /// Reads the options; `least` and `most` are the defaults for the fraction.
    pub(in super::super) fn read(
        options: &Options,
        least: i32,
        most: i32,
        is_compact: bool,
        context: &mut Context,
    ) -> JsResult<Self> {
        let whole = options.integer("minimumIntegerDigits", 1, 21, context)?;
        let limit = MAX_FRACTION;
        let least_given = options.integer("minimumFractionDigits", 0, limit, context)?;
        let most_given = options.integer("maximumFractionDigits", 0, limit, context)?;
        let limit = MAX_SIGNIFICANT;
        let least_significant = options.integer("minimumSignificantDigits", 1, limit, context)?;
        let from = least_significant.unwrap_or(1);
        let most_significant = options.integer("maximumSignificantDigits", from, limit, context)?;
        options.only("roundingIncrement", &["1"], context)?;
        let names = ROUNDINGS.map(|(name, _)| name);
        let rounding = options.choice("roundingMode", &names, context)?;
        options.only("roundingPriority", &["auto"], context)?;
        let zeros = options.choice("trailingZeroDisplay", &["auto", "stripIfInteger"], context)?;
        let mut digits = Self::fraction(least, most);
        digits.least_whole = whole.unwrap_or(1) as usize;
        digits.strips_zeros = zeros == Some("stripIfInteger");
        let rounding = ROUNDINGS.iter().find(|(name, _)| Some(*name) == rounding);
        digits.rounding = rounding.map_or(Rounding::HalfExpand, |(_, rounding)| *rounding);
        if least_significant.is_some() || most_significant.is_some() {
            digits.significant = Some((from, most_significant.unwrap_or(limit)));
            return Ok(digits);
        }
        if least_given.is_none() && most_given.is_none() {
            digits.is_compact = is_compact;
            return Ok(digits);
        }
        digits.least_fraction =
            least_given.unwrap_or_else(|| least.min(most_given.unwrap_or(least)));
        digits.most_fraction = most_given.unwrap_or_else(|| most.max(digits.least_fraction));
        if digits.least_fraction > digits.most_fraction {
            let message = "maximumFractionDigits value is out of range.";
            return Err(range(message.to_owned()));
        }
        Ok(digits)
    }

    /// Rounds a number, and gives its digits before and after the point.
    pub(in super::super) fn apply(&self, number: &mut Decimal) -> (String, String) {
        let (places, least_fraction) = match self.significant {
            Some((least, most)) => {
                number.round(most - 1 - number.magnitude(), self.rounding);
                let least = least - 1 - number.magnitude();
                (most - 1 - number.magnitude(), least)
            }
            None if self.is_compact => ((1 - number.magnitude()).max(0), 0),
            None => (self.most_fraction, self.least_fraction),
        };
        number.round(places, self.rounding);
        let mut whole = number.whole();
        while whole.len() < self.least_whole {
            whole.insert(0, '0');
        }
        let mut fraction = number.fraction();
        if !(self.strips_zeros && fraction.is_empty()) {
            while (fraction.len() as i32) < least_fraction {
                fraction.push('0');
            }
        }
        (whole, fraction)
    }

    /// As `resolvedOptions` has them; the last four are those of rounding.
    pub(in super::super) fn resolved(&self) -> Vec<(&'static str, JsValue)> {
        let number = |number: i32| JsValue::from(number);
        let mut properties = vec![("minimumIntegerDigits", number(self.least_whole as i32))];
        let significant = if self.is_compact {
            Some((1, 2))
        } else {
            self.significant
        };
        if self.significant.is_none() && !self.is_compact {
            properties.push(("minimumFractionDigits", number(self.least_fraction)));
            properties.push(("maximumFractionDigits", number(self.most_fraction)));
        }
        if let Some((least, most)) = significant {
            properties.push(("minimumSignificantDigits", number(least)));
            properties.push(("maximumSignificantDigits", number(most)));
        }
        if self.is_compact {
            properties.push(("minimumFractionDigits", number(0)));
            properties.push(("maximumFractionDigits", number(0)));
        }
        let rounding = ROUNDINGS.iter().find(|(_, mode)| *mode == self.rounding);
        let rounding = rounding.map_or("halfExpand", |(name, _)| name);
        let zeros = if self.strips_zeros {
            "stripIfInteger"
        } else {
            "auto"
        };
        let priority = if self.is_compact {
            "morePrecision"
        } else {
            "auto"
        };
        let text = super::super::text;
        properties.extend([
            ("roundingMode", text(rounding)),
            ("roundingIncrement", number(1)),
            ("trailingZeroDisplay", text(zeros)),
            ("roundingPriority", text(priority)),
        ]);
        properties
    }
}

/// The pieces of a number's text.
pub(in super::super) fn parts(format: &NumberFormat, number: Numeric) -> Vec<Part> {
    let (is_negative, is_zero, body, is_one) = match number {
        // It counts as zero where that has no sign.
        Numeric::Nan => (false, true, vec![Part::new("nan", "NaN")], false),
        Numeric::Infinite { is_negative } => {
            (is_negative, false, vec![Part::new("infinity", "∞")], false)
        }
        Numeric::Finite(mut decimal) => {
            if matches!(format.style, Style::Percent) {
                decimal.shift(2);
            }
            let body = finite(format, &mut decimal);
            (
                decimal.is_negative,
                decimal.is_zero(),
                body.parts,
                body.is_one,
            )
        }
    };
    let sign = match format.sign {
        "never" => None,
        "exceptZero" if is_zero => None,
        "always" | "exceptZero" => Some(is_negative),
        "negative" => (is_negative && !is_zero).then_some(true),
        _ => is_negative.then_some(true),
    };
    let sign = match sign {
        Some(true) => Some(Part::new("minusSign", "-")),
        // What is no number has no sign but where all have one.
        Some(false) => Some(Part::new("plusSign", "+")),
        None => None,
    };
    dressed(format, sign, body, is_one)
}

struct Body {
    parts: Vec<Part>,
    /// Whether it is written as one, in the grammar's sense.
    is_one: bool,
}

fn finite(format: &NumberFormat, decimal: &mut Decimal) -> Body {
    let mut exponent = match format.notation {
        Notation::Standard => 0,
        Notation::Scientific { step } => decimal.magnitude().div_euclid(step) * step,
        Notation::Compact { .. } => (decimal.magnitude().div_euclid(3) * 3).clamp(0, 12),
    };
    let original = decimal.clone();
    decimal.shift(-exponent);
    let (mut whole, mut fraction) = format.digits.apply(decimal);
    // 999.9 rounds up into the next power.
    let step = match format.notation {
        Notation::Standard => i32::MAX,
        Notation::Scientific { step } => step,
        Notation::Compact { .. } if exponent == 12 => i32::MAX,
        Notation::Compact { .. } => 3,
    };
    if decimal.magnitude() >= step {
        exponent += step;
        *decimal = original;
        decimal.shift(-exponent);
        (whole, fraction) = format.digits.apply(decimal);
    }
    let is_one = exponent == 0 && cardinal(&whole, &fraction) == "one";
    let mut parts = grouped(&whole, format.grouping);
    if !fraction.is_empty() {
        parts.push(Part::new("decimal", "."));
        parts.push(Part::new("fraction", fraction));
    }
    match format.notation {
        Notation::Standard => {}
        Notation::Scientific { .. } => {
            parts.push(Part::new("exponentSeparator", "E"));
            if exponent < 0 {
                parts.push(Part::new("exponentMinusSign", "-"));
            }
            parts.push(Part::new("exponentInteger", exponent.abs().to_string()));
        }
        Notation::Compact { is_long } => {
            let (short, long) = COMPACT[(exponent / 3) as usize];
            let is_long = is_long && !matches!(format.style, Style::Currency { .. });
            if is_long && !long.is_empty() {
                parts.push(Part::literal(" "));
                parts.push(Part::new("compact", long));
            } else if !short.is_empty() {
                parts.push(Part::new("compact", short));
            }
        }
    }
    Body { parts, is_one }
}

fn grouped(whole: &str, grouping: &str) -> Vec<Part> {
    let least = match grouping {
        "" => usize::MAX,
        "min2" => 5,
        _ => 4,
    };
    if whole.len() < least {
        return vec![Part::new("integer", whole)];
    }
    let mut parts = Vec::new();
    let first = match whole.len() % 3 {
        0 => 3,
        rest => rest,
    };
    let (head, mut rest) = whole.split_at(first);
    parts.push(Part::new("integer", head));
    while !rest.is_empty() {
        let (group, after) = rest.split_at(3);
        parts.push(Part::new("group", ","));
        parts.push(Part::new("integer", group));
        rest = after;
    }
    parts
}

/// Puts sign, currency, unit or percent sign around a number.
fn dressed(format: &NumberFormat, sign: Option<Part>, body: Vec<Part>, is_one: bool) -> Vec<Part> {
    let mut parts = Vec::new();
    match &format.style {
        Style::Decimal => {
            parts.extend(sign);
            parts.extend(body);
        }
        Style::Percent => {
            parts.extend(sign);
            parts.extend(body);
            parts.push(Part::new("percentSign", "%"));
        }
        Style::Unit { one, other, .. } => {
            let pattern = if is_one { one } else { other };
            let after = pattern.trim_start_matches('#');
            let after = if pattern.starts_with("##") {
                "#"
            } else {
                after
            };
            let unit = after.trim_start_matches(' ');
            parts.extend(sign);
            parts.extend(body);
            if unit.len() < after.len() {
                parts.push(Part::literal(" "));
            }
            let kind = if unit == "%" { "percentSign" } else { "unit" };
            parts.push(Part::new(kind, unit));
        }
        Style::Currency {
            one,
            other,
            display: "name",
            ..
        } => {
            parts.extend(sign);
            parts.extend(body);
            parts.push(Part::literal(" "));
            let name = if is_one { one } else { other };
            parts.push(Part::new("currency", name.clone()));
        }
        Style::Currency {
            symbol,
            is_accounting,
            ..
        } => {
            let is_negative = sign.as_ref().is_some_and(|sign| sign.kind == "minusSign");
            let brackets = *is_accounting && is_negative;
            if brackets {
                parts.push(Part::literal("("));
            } else {
                parts.extend(sign);
            }
            parts.push(Part::new("currency", symbol.clone()));
            let is_word = symbol.chars().next_back().is_some_and(char::is_alphabetic);
            if is_word && body.first().is_some_and(|part| part.kind == "integer") {
                parts.push(Part::literal(NO_BREAK_SPACE));
            }
            parts.extend(body);
            if brackets {
                parts.push(Part::literal(")"));
            }
        }
    }
    parts
}
