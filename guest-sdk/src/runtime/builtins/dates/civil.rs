//! The proleptic Gregorian calendar of ECMAScript times, without time zones.

/// Milliseconds of a day.
pub(crate) const MS_PER_DAY: f64 = 86_400_000.0;
/// No time is further from the epoch than this.
const MAX_TIME: f64 = 8.64e15;

/// A time in the terms of a calendar and a clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Civil {
    pub(crate) year: i64,
    /// From 0.
    pub(crate) month: u8,
    /// From 1.
    pub(crate) day: u8,
    /// From 0, Sunday.
    pub(crate) weekday: u8,
    pub(crate) hour: u8,
    pub(crate) minute: u8,
    pub(crate) second: u8,
    pub(crate) millisecond: u16,
}

impl Civil {
    /// The parts of a finite time in milliseconds.
    pub(crate) fn of(time_ms: f64) -> Self {
        let days = (time_ms / MS_PER_DAY).floor();
        let within = (time_ms - days * MS_PER_DAY) as u32;
        let (year, month, day) = date_of(days as i64);
        Self {
            year,
            month,
            day,
            weekday: (days as i64 + 4).rem_euclid(7) as u8,
            hour: (within / 3_600_000) as u8,
            minute: (within / 60_000 % 60) as u8,
            second: (within / 1000 % 60) as u8,
            millisecond: (within % 1000) as u16,
        }
    }
}

/// Days from the epoch to a day; month and day may lie outside their ranges.
pub(crate) fn make_day(year: f64, month: f64, day: f64) -> f64 {
    if !(year.is_finite() && month.is_finite() && day.is_finite()) {
        return f64::NAN;
    }
    let (year, month) = (year.trunc(), month.trunc());
    let year = year + (month / 12.0).floor();
    // Far outside of what a time can hold; keeps the integers below small.
    if year.abs() > 400_000.0 {
        return f64::NAN;
    }
    let month = month.rem_euclid(12.0) as u8;
    days_before(year as i64, month) as f64 + day.trunc() - 1.0
}

/// Milliseconds of a time of day; the parts may lie outside their ranges.
pub(crate) fn make_time(hour: f64, minute: f64, second: f64, millisecond: f64) -> f64 {
    let parts = [hour, minute, second, millisecond];
    if parts.iter().any(|part| !part.is_finite()) {
        return f64::NAN;
    }
    hour.trunc() * 3_600_000.0
        + minute.trunc() * 60_000.0
        + second.trunc() * 1000.0
        + millisecond.trunc()
}

/// A time as a `Date` holds it: whole, in range, or NaN.
pub(crate) fn clip(time_ms: f64) -> f64 {
    if time_ms.is_finite() && time_ms.abs() <= MAX_TIME {
        time_ms.trunc() + 0.0
    } else {
        f64::NAN
    }
}

/// Days from the epoch to the first of a month.
///
/// Counts years from March, so that a leap day is the last of its year.
fn days_before(year: i64, month: u8) -> i64 {
    let shifted = (i64::from(month) + 10) % 12;
    let year = if month < 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * shifted + 2) / 5;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

/// Year, month from 0 and day from 1 of a day counted from the epoch.
fn date_of(days: i64) -> (i64, u8, u8) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted + 2) / 5 + 1;
    let month = (shifted + 2) % 12;
    let year = era * 400 + year_of_era + i64::from(month < 2);
    (year, month as u8, day as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_dates_are_inverse() {
        for days in (-100_000_000..100_000_000).step_by(997) {
            let (year, month, day) = date_of(days);
            assert_eq!(days_before(year, month) + i64::from(day) - 1, days);
        }
        assert_eq!(date_of(0), (1970, 0, 1));
        assert_eq!(date_of(19_782), (2024, 1, 29));
    }

    #[test]
    fn parts_outside_their_range_carry_over() {
        assert_eq!(make_day(2026.0, 12.0, 1.0), make_day(2027.0, 0.0, 1.0));
        assert_eq!(make_day(2026.0, -1.0, 0.0), make_day(2025.0, 10.0, 30.0));
        assert!(make_day(1e9, 0.0, 1.0).is_nan());
        assert!(clip(8.64e15 + 1.0).is_nan());
    }
}
