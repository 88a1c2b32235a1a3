//! Dates as text: the ISO forms, and the free forms that V8 reads besides.
//!
//! Must not know time zones but UTC: the answer says whether it is local.
//! Start at [`parse`].

mod scan;

use self::scan::{Scanner, Token, Word};
use super::civil::{MS_PER_DAY, make_day, make_time};

/// A parsed date.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Parsed {
    pub(super) time_ms: f64,
    /// Whether the time is local time.
    pub(super) is_local: bool,
}

/// Reads a date; `None` where V8 makes an invalid date.
pub(super) fn parse(text: &str) -> Option<Parsed> {
    let mut scanner = Scanner::new(text);
    let mut fields = Fields::default();
    match iso(&mut scanner, &mut fields) {
        Iso::Whole => {}
        Iso::Broken => return None,
        Iso::Other(token) => free(token, &mut scanner, &mut fields)?,
    }
    let day = fields.day.days()?;
    let time = fields.clock.milliseconds()?;
    let time_ms = day * MS_PER_DAY + time;
    Some(Parsed {
        time_ms: time_ms - fields.zone.offset_ms()?,
        is_local: fields.zone.sign.is_none(),
    })
}

#[derive(Default)]
struct Fields {
    day: Day,
    clock: Clock,
    zone: Offset,
}

/// How far the ISO form goes.
enum Iso {
    Whole,
    /// Nothing else could read it either.
    Broken,
    /// The free forms go on with this token.
    Other(Token),
}

/// Reads `[±YY]YYYY[-MM[-DD]][THH:mm[:ss[.sss]][Z|±HH:mm]]`.
fn iso(scanner: &mut Scanner<'_>, fields: &mut Fields) -> Iso {
    let sign = scanner.sign();
    if let Some(sign) = sign {
        let Some(year) = scanner.number_of(6) else {
            return Iso::Other(Token::Symbol(if sign < 0 { '-' } else { '+' }));
        };
        if sign < 0 && year == 0 {
            return Iso::Other(Token::Symbol('-'));
        }
        fields.day.add(sign * year);
    } else {
        let Some(year) = scanner.number_of(4) else {
            return Iso::Other(scanner.next());
        };
        fields.day.add(year);
    }
    for limit in [12, 31] {
        if !scanner.skip('-') {
            break;
        }
        match scanner.peek() {
            Token::Number { value, length: 2 } if (1..=limit).contains(&value) => {
                scanner.next();
                fields.day.add(value);
            }
            _ => return Iso::Other(scanner.next()),
        }
    }
    if !matches!(scanner.peek(), Token::Word(Word::TimeSeparator)) {
        if scanner.peek() != Token::End {
            return Iso::Other(scanner.next());
        }
        fields.zone.set_hours(0);
        fields.day.is_iso = true;
        return Iso::Whole;
    }
    scanner.next();
    if iso_time(scanner, fields).is_none() || scanner.peek() != Token::End {
        return Iso::Broken;
    }
    fields.day.is_iso = true;
    Iso::Whole
}

fn iso_time(scanner: &mut Scanner<'_>, fields: &mut Fields) -> Option<()> {
    let hour = scanner.number_of(2).filter(|hour| *hour <= 24)?;
    // 24:00 is the end of the day; nothing comes after it.
    let limit = if hour == 24 { 0 } else { 59 };
    fields.clock.add(hour);
    scanner.skip(':').then_some(())?;
    fields
        .clock
        .add(scanner.number_of(2).filter(|minute| *minute <= limit)?);
    if scanner.skip(':') {
        fields
            .clock
            .add(scanner.number_of(2).filter(|second| *second <= limit)?);
        if scanner.skip('.') {
            let Token::Number { value, length } = scanner.next() else {
                return None;
            };
            if hour == 24 && value > 0 {
                return None;
            }
            fields.clock.add(thousandths(value, length));
        }
    }
    if scanner.peek()
        == Token::Word(Word::Zone {
            hours: 0,
            is_z: true,
        })
    {
        scanner.next();
        fields.zone.set_hours(0);
    } else if let Some(sign) = scanner.sign() {
        let (hours, minutes) = match scanner.next() {
            Token::Number { value, length: 4 } => (value / 100, value % 100),
            Token::Number { value, length: 2 } => {
                scanner.skip(':').then_some(())?;
                (value, scanner.number_of(2)?)
            }
            _ => return None,
        };
        if hours > 23 || minutes > 59 {
            return None;
        }
        fields.zone = Offset {
            sign: Some(sign),
            hours: Some(hours),
            minutes: Some(minutes),
        };
    }
    Some(())
}

/// Reads what comes in any order: names, numbers, times, zones; words before
/// the first number and anything in parentheses are passed over.
fn free(first: Token, scanner: &mut Scanner<'_>, fields: &mut Fields) -> Option<()> {
    let mut has_number = !fields.day.is_empty();
    let mut token = first;
    while token != Token::End {
        match token {
            Token::Number { value, .. } => {
                has_number = true;
                free_number(value, scanner, fields)?;
            }
            Token::Word(word) => match word {
                Word::HalfDay(offset) if !fields.clock.is_empty() => {
                    fields.clock.half_day = Some(offset);
                }
                Word::Month(month) => {
                    fields.day.month = Some(month);
                    scanner.skip('-');
                }
                Word::Zone { hours, .. } if has_number => fields.zone.set_hours(hours),
                _ => {
                    let is_glued = matches!(scanner.peek(), Token::Number { .. });
                    if has_number || is_glued {
                        return None;
                    }
                }
            },
            Token::Symbol(sign @ ('+' | '-'))
                if fields.zone.is_utc() || !fields.clock.is_empty() =>
            {
                has_number = true;
                free_offset(if sign == '-' { -1 } else { 1 }, scanner, fields)?;
            }
            Token::Symbol('+' | '-' | ')') if has_number => return None,
            Token::Symbol('(') => scanner.skip_parentheses(),
            _ => {}
        }
        token = scanner.next();
    }
    Some(())
}

fn free_number(value: i64, scanner: &mut Scanner<'_>, fields: &mut Fields) -> Option<()> {
    if scanner.skip(':') {
        if scanner.skip(':') {
            fields.clock.is_empty().then_some(())?;
            fields.clock.add(value);
            fields.clock.add(0);
            return Some(());
        }
        fields.clock.add(value).then_some(())?;
        scanner.skip('.');
        return Some(());
    }
    let expects_clock = fields.clock.expects(value);
    if scanner.peek() == Token::Symbol('.') && {
        scanner.next();
        expects_clock
    } {
        fields.clock.add(value);
        let Token::Number { value, length } = scanner.next() else {
            return None;
        };
        return fields.clock.end_with(thousandths(value, length));
    }
    if fields.zone.expects_minutes(value) {
        fields.zone.minutes = Some(value);
        return Some(());
    }
    if expects_clock {
        fields.clock.end_with(value)?;
        return match scanner.peek() {
            Token::End
            | Token::Space
            | Token::Symbol('+' | '-')
            | Token::Word(Word::Zone { is_z: true, .. }) => Some(()),
            _ => None,
        };
    }
    fields.day.add(value).then_some(())?;
    scanner.skip('-');
    Some(())
}

/// Reads the digits of `+1`, `+01`, `+0100` or, up to the colon, `+01:00`.
fn free_offset(sign: i64, scanner: &mut Scanner<'_>, fields: &mut Fields) -> Option<()> {
    let (mut value, mut length) = (0, 0);
    if let Token::Number {
        value: found,
        length: digits,
    } = scanner.peek()
    {
        scanner.next();
        (value, length) = (found, digits);
    }
    let zone = &mut fields.zone;
    zone.sign = Some(sign);
    if scanner.peek() == Token::Symbol(':') {
        zone.hours = Some(value);
        zone.minutes = None;
        return Some(());
    }
    (zone.hours, zone.minutes) = match length {
        1 | 2 => (Some(value), Some(0)),
        3 | 4 => (Some(value / 100), Some(value % 100)),
        _ => return None,
    };
    Some(())
}

/// Milliseconds of a fraction of a second.
fn thousandths(value: i64, length: usize) -> i64 {
    match length {
        1 => value * 100,
        2 => value * 10,
        3 => value,
        // Digits beyond the ninth are not in the value.
        _ => value / 10_i64.pow(length.min(9) as u32 - 3),
    }
}

/// Up to three numbers of a date, and a month that was named.
#[derive(Default)]
struct Day {
    numbers: Vec<i64>,
    month: Option<i64>,
    is_iso: bool,
}

impl Day {
    fn is_empty(&self) -> bool {
        self.numbers.is_empty()
    }

    fn add(&mut self, number: i64) -> bool {
        let has_room = self.numbers.len() < 3;
        if has_room {
            self.numbers.push(number);
        }
        has_room
    }

    /// Days since the epoch.
    fn days(&self) -> Option<f64> {
        let first = *self.numbers.first()?;
        let second = self.numbers.get(1).copied().unwrap_or(1);
        let third = self.numbers.get(2).copied().unwrap_or(1);
        let is_day = (1..=31).contains(&first);
        let (mut year, month, day) = match self.month {
            None if self.is_iso || !is_day => (first, second, third),
            None => (third, first, second),
            Some(month) if is_day => (second, month, first),
            Some(month) => (first, month, second),
        };
        if !self.is_iso {
            year += match year {
                0..=49 => 2000,
                50..=99 => 1900,
                _ => 0,
            };
        }
        let is_valid = (1..=12).contains(&month) && (1..=31).contains(&day);
        is_valid.then(|| make_day(year as f64, month as f64 - 1.0, day as f64))
    }
}

/// Hour, minute, second and millisecond.
#[derive(Default)]
struct Clock {
    numbers: Vec<i64>,
    /// 0 before noon and 12 after it.
    half_day: Option<i64>,
}

impl Clock {
    fn is_empty(&self) -> bool {
        self.numbers.is_empty()
    }

    fn add(&mut self, number: i64) -> bool {
        let has_room = self.numbers.len() < 4;
        if has_room {
            self.numbers.push(number);
        }
        has_room
    }

    /// Whether a number can be the next part.
    fn expects(&self, number: i64) -> bool {
        match self.numbers.len() {
            1 | 2 => (0..60).contains(&number),
            3 => (0..1000).contains(&number),
            _ => false,
        }
    }

    /// Adds the last part; what is missing is zero.
    fn end_with(&mut self, number: i64) -> Option<()> {
        self.add(number).then_some(())?;
        self.numbers.resize(4, 0);
        Some(())
    }

    fn milliseconds(&self) -> Option<f64> {
        let part = |at: usize| self.numbers.get(at).copied().unwrap_or(0);
        let (mut hour, minute, second, millisecond) = (part(0), part(1), part(2), part(3));
        if let Some(offset) = self.half_day {
            (0..=12).contains(&hour).then_some(())?;
            hour = hour % 12 + offset;
        }
        let is_end = hour == 24 && minute == 0 && second == 0 && millisecond == 0;
        let is_valid = (0..24).contains(&hour)
            && (0..60).contains(&minute)
            && (0..60).contains(&second)
            && (0..1000).contains(&millisecond);
        (is_valid || is_end).then(|| {
            make_time(
                hour as f64,
                minute as f64,
                second as f64,
                millisecond as f64,
            )
        })
    }
}

/// The offset from UTC, if one is given.
#[derive(Default)]
struct Offset {
    sign: Option<i64>,
    hours: Option<i64>,
    minutes: Option<i64>,
}

impl Offset {
    fn set_hours(&mut self, hours: i64) {
        self.sign = Some(if hours < 0 { -1 } else { 1 });
        self.hours = Some(hours.abs());
        self.minutes = Some(0);
    }

    fn is_utc(&self) -> bool {
        self.hours == Some(0) && self.minutes == Some(0)
    }

    fn expects_minutes(&self, number: i64) -> bool {
        self.hours.is_some() && self.minutes.is_none() && (0..60).contains(&number)
    }

    /// The offset, 0 for local time; `None` where it is too large.
    fn offset_ms(&self) -> Option<f64> {
        let sign = self.sign.unwrap_or(1);
        let minutes = self.hours.unwrap_or(0) * 60 + self.minutes.unwrap_or(0);
        // Offsets that no 32-bit number of seconds holds are invalid.
        let fits = minutes * 60 < i64::from(i32::MAX / 2);
        fits.then_some((sign * minutes) as f64 * 60_000.0)
    }
}
