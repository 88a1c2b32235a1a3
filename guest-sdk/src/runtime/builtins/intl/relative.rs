//! `Intl.RelativeTimeFormat`.

use boa_engine::{Context, Finalize, JsArgs, JsData, JsResult, JsValue, Trace};

use super::Part;
use super::decimal::Numeric;
use super::formatter::Formatter;
use super::number::format::{self, NumberFormat};
use super::options::{Options, range};
use super::plural::cardinal;

/// A line for each unit and style: to come (one, other), gone (one, other), and
/// the words for -1, 0 and 1 where there are some.
const PATTERNS: &str = include_str!("relative.txt");

#[derive(Clone, Copy, Trace, Finalize, JsData)]
#[boa_gc(empty_trace)]
pub(super) struct RelativeTimeFormat {
    style: &'static str,
    has_words: bool,
}

impl Formatter for RelativeTimeFormat {
    const NAME: &'static str = "RelativeTimeFormat";
    const LENGTH: usize = 2;

    fn read(options: &Options, context: &mut Context) -> JsResult<Self> {
        let style = options.choice("style", &["long", "short", "narrow"], context)?;
        let numeric = options.choice("numeric", &["always", "auto"], context)?;
        Ok(Self {
            style: style.unwrap_or("long"),
            has_words: numeric == Some("auto"),
        })
    }

    fn parts(self, args: &[JsValue], context: &mut Context) -> JsResult<Vec<Part>> {
        let value = args.get_or_undefined(0).to_number(context)?;
        let unit = args
            .get_or_undefined(1)
            .to_string(context)?
            .to_std_string_lossy();
        let singular = unit.strip_suffix('s').unwrap_or(&unit);
        let start = format!("{singular}|{}|", self.style);
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
        if self.has_words && value.abs() <= 1.0 && value.fract() == 0.0 {
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

    fn options(self) -> Vec<(&'static str, &'static str)> {
        let numeric = if self.has_words { "auto" } else { "always" };
        vec![
            ("style", self.style),
            ("numeric", numeric),
            ("numberingSystem", "latn"),
        ]
    }
}
