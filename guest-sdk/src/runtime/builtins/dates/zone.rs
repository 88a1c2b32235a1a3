//! Time zones: offsets from the rules built in, names from a table.
//!
//! Must not read anything of the system.

use std::cell::RefCell;

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::{AmbiguousTimestamp, TimeZone};

use super::civil::{Civil, make_day};

/// English names, a line for each set of zones that share theirs: standard name,
/// name of the time with the larger offset, their abbreviations where Americans
/// use them, and the zones, each with the name V8 gives it where that differs.
const NAMES: &str = include_str!("zones.txt");
/// Years after which the calendar and all rules repeat.
const CYCLE_YEARS: i64 = 400;
/// Milliseconds of [`CYCLE_YEARS`].
const CYCLE_MS: f64 = 146_097.0 * 86_400_000.0;

thread_local! {
    /// The zone looked up last: scripts format many dates in the same one.
    static LAST_NAMED: RefCell<Option<(String, Zone)>> = const { RefCell::new(None) };
}

/// A time zone.
#[derive(Clone)]
pub(crate) struct Zone {
    name: String,
    /// `None` is UTC.
    rules: Option<TimeZone>,
}

/// How a zone's name is written out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NameStyle {
    /// `EST`, `GMT+1`.
    Short,
    /// `Eastern Standard Time`.
    Long,
    /// `GMT-5`.
    ShortOffset,
    /// `GMT-05:00`.
    LongOffset,
}

impl Zone {
    /// UTC.
    pub(crate) fn utc() -> Self {
        Self {
            name: "UTC".to_owned(),
            rules: None,
        }
    }

    /// The zone of an IANA name (in any case) or an offset like `+01:00`.
    pub(crate) fn named(name: &str) -> Option<Self> {
        if name == "UTC" {
            return Some(Self::utc());
        }
        let last = LAST_NAMED.with_borrow(Clone::clone);
        if let Some((last_name, zone)) = last
            && last_name == name
        {
            return Some(zone);
        }
        let zone = Self::look_up(name)?;
        LAST_NAMED.set(Some((name.to_owned(), zone.clone())));
        Some(zone)
    }

    fn look_up(name: &str) -> Option<Self> {
        if let Some(seconds) = fixed_offset(name) {
            let offset = jiff::tz::Offset::from_seconds(seconds).ok()?;
            return Some(Self {
                name: name.to_owned(),
                rules: Some(TimeZone::fixed(offset)),
            });
        }
        let rules = TimeZone::get(name).ok()?;
        let known = rules.iana_name().unwrap_or(name);
        let name = row(known).map_or(known, |(_, canonical)| canonical);
        if name == "UTC" {
            return Some(Self::utc());
        }
        Some(Self {
            name: name.to_owned(),
            rules: Some(rules),
        })
    }

    /// Its name as V8 reports it.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// Seconds by which local time is ahead of UTC at a time.
    pub(crate) fn offset_seconds(&self, time_ms: f64) -> i32 {
        let Some(rules) = &self.rules else { return 0 };
        let Ok(timestamp) = Timestamp::from_millisecond(into_range(time_ms) as i64) else {
            return 0;
        };
        rules.to_offset(timestamp).seconds()
    }

    /// Local time of a time, in milliseconds.
    pub(crate) fn to_local(&self, time_ms: f64) -> f64 {
        if !time_ms.is_finite() {
            return f64::NAN;
        }
        time_ms + f64::from(self.offset_seconds(time_ms)) * 1000.0
    }

    /// The time of a local time. A local time that occurs twice is its first
    /// occurrence; one that is skipped counts on from before the gap.
    pub(crate) fn to_utc(&self, local_ms: f64) -> f64 {
        // Anything further away is out of range in every zone.
        if !local_ms.is_finite() || local_ms.abs() > 8.65e15 {
            return f64::NAN;
        }
        let Some(rules) = &self.rules else {
            return local_ms;
        };
        let moved_ms = into_range(local_ms);
        let civil = Civil::of(moved_ms);
        let datetime = DateTime::new(
            civil.year as i16,
            civil.month as i8 + 1,
            civil.day as i8,
            civil.hour as i8,
            civil.minute as i8,
            civil.second as i8,
            i32::from(civil.millisecond) * 1_000_000,
        );
        let timestamp = datetime.map(|datetime| rules.to_ambiguous_timestamp(datetime));
        match timestamp.and_then(AmbiguousTimestamp::compatible) {
            Ok(timestamp) => local_ms - moved_ms + timestamp.as_millisecond() as f64,
            Err(_) => local_ms,
        }
    }

    /// The name of the zone at a time.
    pub(crate) fn display_name(&self, time_ms: f64, style: NameStyle) -> String {
        let seconds = self.offset_seconds(time_ms);
        let is_named = matches!(style, NameStyle::Short | NameStyle::Long);
        if is_named && self.rules.is_none() {
            return match style {
                NameStyle::Short => "UTC".to_owned(),
                _ => "Coordinated Universal Time".to_owned(),
            };
        }
        if is_named && let Some((names, _)) = row(&self.name) {
            let column = usize::from(self.is_later_half(time_ms));
            let column = column + if style == NameStyle::Short { 2 } else { 0 };
            let name = names.split('|').nth(column).unwrap_or_default();
            if !name.is_empty() {
                return name.to_owned();
            }
        }
        offset_name(
            seconds,
            matches!(style, NameStyle::Long | NameStyle::LongOffset),
        )
    }

    /// Whether the offset is the larger of the two of the year.
    fn is_later_half(&self, time_ms: f64) -> bool {
        let year = Civil::of(time_ms).year as f64;
        let winter = self.offset_seconds(make_day(year, 0.0, 1.0) * super::civil::MS_PER_DAY);
        let summer = self.offset_seconds(make_day(year, 6.0, 1.0) * super::civil::MS_PER_DAY);
        winter != summer && self.offset_seconds(time_ms) == winter.max(summer)
    }
}

/// The zone of the realm, which its host hooks and its built-ins share.
pub(crate) struct LocalZone(RefCell<Zone>);

impl LocalZone {
    /// UTC, until it is set.
    pub(crate) fn new() -> Self {
        Self(RefCell::new(Zone::utc()))
    }

    /// Sets it by name; a name that is not known leaves it at UTC.
    #[must_use]
    pub(crate) fn set(&self, name: &str) -> bool {
        let zone = Zone::named(name);
        let is_known = zone.is_some();
        self.0.replace(zone.unwrap_or_else(Zone::utc));
        is_known
    }

    /// The zone as it is.
    pub(crate) fn get(&self) -> Zone {
        self.0.borrow().clone()
    }

    /// [`Zone::offset_seconds`].
    pub(crate) fn offset_seconds(&self, time_ms: f64) -> i32 {
        self.0.borrow().offset_seconds(time_ms)
    }
}

/// `GMT`, `GMT+1`, `GMT+5:30`; or `GMT+01:00`.
fn offset_name(seconds: i32, is_long: bool) -> String {
    let sign = if seconds < 0 { '-' } else { '+' };
    let seconds = seconds.unsigned_abs();
    let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    let mut name = match (is_long, minutes) {
        (true, _) => format!("GMT{sign}{hours:02}:{minutes:02}"),
        (false, 0) => format!("GMT{sign}{hours}"),
        (false, _) => format!("GMT{sign}{hours}:{minutes:02}"),
    };
    if rest > 0 {
        name = format!("{name}:{rest:02}");
    }
    name
}

/// The names of a zone, and V8's name of it.
fn row(zone: &str) -> Option<(&'static str, &'static str)> {
    for line in NAMES.lines() {
        let (names, zones) = line.rsplit_once('|')?;
        for entry in zones.split(' ') {
            let (known, canonical) = entry.split_once('=').unwrap_or((entry, entry));
            if known == zone {
                return Some((names, canonical));
            }
        }
    }
    None
}

fn fixed_offset(name: &str) -> Option<i32> {
    let (sign, digits) = match name.split_at_checked(1)? {
        ("+", digits) => (1, digits),
        ("-", digits) => (-1, digits),
        _ => return None,
    };
    let digits = digits.replacen(':', "", 1);
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) || !matches!(digits.len(), 2 | 4) {
        return None;
    }
    let (hours, minutes) = digits.split_at(2);
    let hours: i32 = hours.parse().ok()?;
    let minutes: i32 = if minutes.is_empty() {
        0
    } else {
        minutes.parse().ok()?
    };
    (hours < 24 && minutes < 60).then_some(sign * (hours * 3600 + minutes * 60))
}

/// A time in the years that the rules cover with the same calendar and rules.
fn into_range(time_ms: f64) -> f64 {
    let year = Civil::of(time_ms).year;
    let cycles = match year {
        ..=-9990 => (year + 9989).div_euclid(CYCLE_YEARS),
        9990.. => (year - 9989 + CYCLE_YEARS - 1).div_euclid(CYCLE_YEARS),
        _ => 0,
    };
    time_ms - cycles as f64 * CYCLE_MS
}
