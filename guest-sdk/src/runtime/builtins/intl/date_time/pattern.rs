//! Dates and times as Americans write them.

use super::super::Part;
use crate::runtime::builtins::dates::civil::Civil;
use crate::runtime::builtins::dates::zone::{NameStyle, Zone};

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const WEEKDAYS: [&str; 7] = [
    "Sunday",
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
];

/// Everything that decides the text of a time.
#[derive(Clone)]
pub(super) struct DateTimeFormat {
    pub(super) fields: Fields,
    pub(super) date_style: Option<&'static str>,
    pub(super) time_style: Option<&'static str>,
    pub(super) cycle: HourCycle,
    pub(super) zone: Zone,
}

/// How hours are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum HourCycle {
    /// 0 to 11.
    H11,
    /// 1 to 12.
    H12,
    /// 0 to 23.
    H23,
    /// 1 to 24.
    H24,
}

impl HourCycle {
    pub(super) fn is_half_day(self) -> bool {
        matches!(self, Self::H11 | Self::H12)
    }
}

/// The fields that are shown, and how.
#[derive(Debug, Clone, Default)]
pub(super) struct Fields {
    pub(super) weekday: Option<&'static str>,
    pub(super) era: Option<&'static str>,
    pub(super) year: Option<&'static str>,
    pub(super) month: Option<&'static str>,
    pub(super) day: Option<&'static str>,
    pub(super) day_period: Option<&'static str>,
    pub(super) hour: Option<&'static str>,
    pub(super) minute: Option<&'static str>,
    pub(super) second: Option<&'static str>,
    /// Digits of the fraction of a second.
    pub(super) fraction: usize,
    pub(super) zone_name: Option<NameStyle>,
}

impl Fields {
    pub(super) fn of_styles(date: Option<&str>, time: Option<&str>) -> Self {
        let mut fields = Self::default();
        if let Some(date) = date {
            fields.year = Some(if date == "short" {
                "2-digit"
            } else {
                "numeric"
            });
            fields.month = Some(match date {
                "short" => "numeric",
                "medium" => "short",
                _ => "long",
            });
            fields.day = Some("numeric");
            fields.weekday = (date == "full").then_some("long");
        }
        if let Some(time) = time {
            fields.hour = Some("numeric");
            fields.minute = Some("2-digit");
            fields.second = (time != "short").then_some("2-digit");
            fields.zone_name = match time {
                "full" => Some(NameStyle::Long),
                "long" => Some(NameStyle::Short),
                _ => None,
            };
        }
        fields
    }

    pub(super) fn is_empty(&self) -> bool {
        !self.has_date() && !self.has_time() && self.era.is_none() && self.zone_name.is_none()
    }

    pub(super) fn has_date(&self) -> bool {
        let fields = [self.weekday, self.year, self.month, self.day];
        fields.iter().any(Option::is_some)
    }

    pub(super) fn has_time(&self) -> bool {
        let fields = [self.day_period, self.hour, self.minute, self.second];
        fields.iter().any(Option::is_some) || self.fraction > 0
    }

    pub(super) fn add_defaults(&mut self, date: bool, time: bool) {
        if date {
            (self.year, self.month, self.day) = (Some("numeric"), Some("numeric"), Some("numeric"));
        }
        if time {
            self.hour = Some("numeric");
            (self.minute, self.second) = (Some("numeric"), Some("numeric"));
        }
    }
}

impl DateTimeFormat {
    /// The pieces of a time's text.
    pub(super) fn parts(&self, time_ms: f64) -> Vec<Part> {
        let civil = Civil::of(self.zone.to_local(time_ms));
        let fields = &self.fields;
        let mut parts = Vec::new();
        if fields.has_date() || fields.era.is_some() {
            parts = self.date(&civil);
        }
        let has_date = !parts.is_empty();
        if fields.has_time() {
            if has_date {
                parts.push(Part::literal(self.joint()));
            }
            parts.extend(self.time(&civil));
        }
        if let Some(style) = fields.zone_name {
            if !parts.is_empty() {
                parts.push(Part::literal(if fields.has_time() {
                    " "
                } else {
                    self.joint()
                }));
            }
            parts.push(Part::new(
                "timeZoneName",
                self.zone.display_name(time_ms, style),
            ));
        }
        parts
    }

    /// What stands between date and time.
    fn joint(&self) -> &'static str {
        let fields = &self.fields;
        let is_weekday_only = fields.year.or(fields.month).or(fields.day).is_none();
        if is_weekday_only && fields.hour.is_some() && fields.zone_name.is_none() {
            " "
        } else if fields.month == Some("long") {
            " at "
        } else {
            ", "
        }
    }

    fn date(&self, civil: &Civil) -> Vec<Part> {
        let fields = &self.fields;
        let year = fields
            .year
            .map(|style| Part::new("year", year(civil.year, style)));
        let month = fields
            .month
            .map(|style| Part::new("month", month(civil.month, style)));
        let day = fields
            .day
            .map(|style| Part::new("day", number(civil.day, style)));
        let weekday = fields
            .weekday
            .map(|style| Part::new("weekday", name(WEEKDAYS[usize::from(civil.weekday)], style)));
        let era = fields
            .era
            .map(|style| Part::new("era", era(civil.year, style)));
        let is_word = matches!(fields.month, Some("long" | "short" | "narrow"));
        let mut parts = Vec::new();
        match (month, day) {
            (Some(month), Some(day)) => {
                let (first, second) = if is_word { (" ", ", ") } else { ("/", "/") };
                append(&mut parts, weekday, "");
                append(&mut parts, Some(month), ", ");
                append(&mut parts, Some(day), first);
                append(&mut parts, year, second);
                append(&mut parts, era, " ");
            }
            (Some(month), None) if year.is_none() && fields.month == Some("long") => {
                // Americans have no pattern for these; V8 names the odd one out.
                let first = era.or(weekday);
                let is_alone = first.is_none();
                append(&mut parts, first, "");
                if is_alone {
                    parts.push(month);
                } else {
                    parts.push(Part::literal(" (month: "));
                    parts.push(month);
                    parts.push(Part::literal(")"));
                }
            }
            (Some(month), None) => {
                parts.push(month);
                append(&mut parts, year, if is_word { " " } else { "/" });
                append(&mut parts, era, " ");
                append(&mut parts, weekday, " ");
            }
            (None, Some(day)) if weekday.is_none() && year.is_some() => {
                append(&mut parts, year, "");
                append(&mut parts, era, " ");
                parts.push(Part::literal(" (day: "));
                parts.push(day);
                parts.push(Part::literal(")"));
            }
            (None, Some(day)) => {
                parts.push(day);
                append(&mut parts, weekday, " ");
                append(&mut parts, year, " ");
                append(&mut parts, era, " ");
            }
            (None, None) => {
                append(&mut parts, year, "");
                append(&mut parts, era, " ");
                append(&mut parts, weekday, " ");
            }
        }
        parts
    }

    fn time(&self, civil: &Civil) -> Vec<Part> {
        let fields = &self.fields;
        let mut parts = Vec::new();
        let has_hour = fields.hour.is_some();
        let has_minute = fields.minute.is_some();
        // A fraction of a second needs the second, unless it stands alone.
        let has_second = fields.second.is_some() || fields.fraction > 0 && (has_minute || has_hour);
        if let Some(style) = fields.hour {
            parts.push(Part::new("hour", self.hour(civil.hour, style)));
        }
        if has_minute {
            let style = if has_hour || has_second {
                "2-digit"
            } else {
                "numeric"
            };
            append(
                &mut parts,
                Some(Part::new("minute", number(civil.minute, style))),
                ":",
            );
        }
        let is_odd = has_hour && has_second && !has_minute;
        if has_second && !is_odd {
            let style = if has_minute { "2-digit" } else { "numeric" };
            append(
                &mut parts,
                Some(Part::new("second", number(civil.second, style))),
                ":",
            );
        }
        if fields.fraction > 0 && !is_odd {
            let fraction = format!("{:03}", civil.millisecond);
            let fraction = Part::new("fractionalSecond", &fraction[..fields.fraction]);
            append(&mut parts, Some(fraction), ".");
        }
        if fields.day_period.is_some() && (!has_hour || self.cycle.is_half_day()) {
            append(
                &mut parts,
                Some(Part::new("dayPeriod", day_period(civil))),
                " ",
            );
        } else if has_hour && self.cycle.is_half_day() {
            let half = if civil.hour < 12 { "AM" } else { "PM" };
            append(&mut parts, Some(Part::new("dayPeriod", half)), " ");
        }
        if is_odd {
            parts.push(Part::literal(" (second: "));
            parts.push(Part::new("second", number(civil.second, "numeric")));
            parts.push(Part::literal(")"));
        }
        parts
    }

    fn hour(&self, hour: u8, style: &str) -> String {
        let (hour, style) = match self.cycle {
            HourCycle::H11 => (hour % 12, style),
            HourCycle::H12 => ((hour + 11) % 12 + 1, style),
            HourCycle::H23 => (hour, "2-digit"),
            HourCycle::H24 => ((hour + 23) % 24 + 1, "2-digit"),
        };
        number(hour, style)
    }
}

/// Adds a part, after a separator where something stands before it.
fn append(parts: &mut Vec<Part>, part: Option<Part>, separator: &str) {
    let Some(part) = part else { return };
    if !parts.is_empty() && !separator.is_empty() {
        parts.push(Part::literal(separator));
    }
    parts.push(part);
}

fn number(number: u8, style: &str) -> String {
    if style == "2-digit" {
        format!("{number:02}")
    } else {
        number.to_string()
    }
}

fn year(year: i64, style: &str) -> String {
    // There is no year 0: the one before 1 is 1 before the era.
    let year = if year > 0 { year } else { 1 - year };
    if style == "2-digit" {
        format!("{:02}", year % 100)
    } else {
        year.to_string()
    }
}

fn month(month: u8, style: &str) -> String {
    match style {
        "2-digit" | "numeric" => number(month + 1, style),
        _ => name(MONTHS[usize::from(month)], style).to_owned(),
    }
}

fn name(name: &'static str, style: &str) -> &'static str {
    match style {
        "narrow" => &name[..1],
        "short" => &name[..3],
        _ => name,
    }
}

fn era(year: i64, style: &str) -> &'static str {
    match (year > 0, style) {
        (true, "long") => "Anno Domini",
        (true, "narrow") => "A",
        (true, _) => "AD",
        (false, "long") => "Before Christ",
        (false, "narrow") => "B",
        (false, _) => "BC",
    }
}

fn day_period(civil: &Civil) -> &'static str {
    match civil.hour {
        12 if civil.minute == 0 && civil.second == 0 => "noon",
        0..=11 => "in the morning",
        12..=17 => "in the afternoon",
        18..=20 => "in the evening",
        _ => "at night",
    }
}
