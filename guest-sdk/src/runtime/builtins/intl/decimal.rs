//! Decimal numbers of any length, and their rounding.

use std::cmp::Ordering;

/// A number to be formatted.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Numeric {
    Nan,
    Infinite { is_negative: bool },
    Finite(Decimal),
}

/// `±0.DIGITS × 10^point`, without zeros at either end of the digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Decimal {
    pub(super) is_negative: bool,
    digits: Vec<u8>,
    point: i32,
}

/// How a number between two others is rounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rounding {
    Ceil,
    Floor,
    Expand,
    Trunc,
    HalfCeil,
    HalfFloor,
    HalfExpand,
    HalfTrunc,
    HalfEven,
}

/// The longest text of digits that is read as it is.
const MAX_DIGITS: usize = 100_000;

impl Numeric {
    pub(super) fn of_f64(number: f64) -> Self {
        if number.is_nan() {
            return Self::Nan;
        }
        let is_negative = number.is_sign_negative();
        if number.is_infinite() {
            return Self::Infinite { is_negative };
        }
        let text = format!("{:e}", number.abs());
        let (digits, exponent) = text.split_once('e').unwrap_or((&text, "0"));
        let exponent: i32 = exponent.parse().unwrap_or(0);
        let digits = digits.bytes().filter(|digit| *digit != b'.');
        let digits = digits.map(|digit| digit - b'0').collect();
        Self::Finite(Decimal::new(is_negative, digits, exponent + 1))
    }

    /// A text of digits with an optional sign, point and exponent.
    pub(super) fn of_text(text: &str) -> Option<Self> {
        let (is_negative, text) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (mantissa, exponent) = match text.find(['e', 'E']) {
            Some(at) => (&text[..at], text[at + 1..].parse::<i32>().ok()?),
            None => (text, 0),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let digits: Vec<u8> = whole.bytes().chain(fraction.bytes()).collect();
        let is_number = !digits.is_empty() && digits.iter().all(u8::is_ascii_digit);
        if !is_number || digits.len() > MAX_DIGITS || exponent.abs() > 10_000 {
            return None;
        }
        let digits = digits.into_iter().map(|digit| digit - b'0').collect();
        let point = whole.len() as i32 + exponent;
        Some(Self::Finite(Decimal::new(is_negative, digits, point)))
    }
}

impl Decimal {
    fn new(is_negative: bool, mut digits: Vec<u8>, mut point: i32) -> Self {
        let zeros = digits.iter().take_while(|digit| **digit == 0).count();
        digits.drain(..zeros);
        point -= zeros as i32;
        while digits.last() == Some(&0) {
            digits.pop();
        }
        if digits.is_empty() {
            point = 0;
        }
        Self {
            is_negative,
            digits,
            point,
        }
    }

    pub(super) fn is_zero(&self) -> bool {
        self.digits.is_empty()
    }

    /// The power of ten of the first digit.
    pub(super) fn magnitude(&self) -> i32 {
        if self.is_zero() { 0 } else { self.point - 1 }
    }

    /// Multiplies by a power of ten.
    pub(super) fn shift(&mut self, places: i32) {
        if !self.is_zero() {
            self.point += places;
        }
    }

    /// Rounds to so many places after the point; before it where negative.
    pub(super) fn round(&mut self, places: i32, rounding: Rounding) {
        let kept = self.point + places;
        if self.is_zero() || kept >= self.digits.len() as i32 {
            return;
        }
        let half = if kept < 0 {
            Ordering::Less
        } else {
            let rest = &self.digits[kept as usize..];
            match rest[0].cmp(&5) {
                Ordering::Equal if rest.len() > 1 => Ordering::Greater,
                ordering => ordering,
            }
        };
        let kept_digits = kept.max(0) as usize;
        let is_odd = kept_digits > 0 && self.digits[kept_digits - 1] % 2 == 1;
        let is_up = match rounding {
            Rounding::Expand => true,
            Rounding::Trunc => false,
            Rounding::Ceil => !self.is_negative,
            Rounding::Floor => self.is_negative,
            _ if half != Ordering::Equal => half == Ordering::Greater,
            Rounding::HalfExpand => true,
            Rounding::HalfTrunc => false,
            Rounding::HalfCeil => !self.is_negative,
            Rounding::HalfFloor => self.is_negative,
            Rounding::HalfEven => is_odd,
        };
        let mut digits = self.digits[..kept_digits].to_vec();
        let mut point = self.point;
        if is_up {
            if kept <= 0 {
                digits = vec![1];
                point = 1 - places;
            } else if !increment(&mut digits) {
                digits.insert(0, 1);
                point += 1;
            }
        }
        *self = Self::new(self.is_negative, digits, point);
    }

    /// The digits before the point, at least one.
    pub(super) fn whole(&self) -> String {
        if self.point <= 0 {
            return "0".to_owned();
        }
        (0..self.point as usize).map(|at| self.digit(at)).collect()
    }

    /// The digits after the point.
    pub(super) fn fraction(&self) -> String {
        let mut fraction = String::new();
        for at in self.point..self.digits.len() as i32 {
            fraction.push(if at < 0 { '0' } else { self.digit(at as usize) });
        }
        fraction
    }

    fn digit(&self, at: usize) -> char {
        char::from(b'0' + self.digits.get(at).copied().unwrap_or(0))
    }
}

/// Adds one to the last digit; `false` where all were nines and are zeros now.
fn increment(digits: &mut [u8]) -> bool {
    for digit in digits.iter_mut().rev() {
        if *digit < 9 {
            *digit += 1;
            return true;
        }
        *digit = 0;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(number: f64, places: i32, rounding: Rounding, expected: &str) {
        let Numeric::Finite(mut decimal) = Numeric::of_f64(number) else {
            panic!("{number} is finite");
        };
        decimal.round(places, rounding);
        let sign = if decimal.is_negative { "-" } else { "" };
        let text = format!("{sign}{}.{}", decimal.whole(), decimal.fraction());
        assert_eq!(text, expected, "{number} to {places}");
    }

    #[test]
    fn rounding() {
        check(1.005, 2, Rounding::HalfExpand, "1.01");
        check(0.5, 0, Rounding::HalfExpand, "1.");
        check(0.05, 0, Rounding::HalfExpand, "0.");
        check(999.995, 2, Rounding::HalfExpand, "1000.");
        check(-2.5, 0, Rounding::HalfCeil, "-2.");
        check(2.5, 0, Rounding::HalfEven, "2.");
        check(3.5, 0, Rounding::HalfEven, "4.");
        check(0.0001, 2, Rounding::Ceil, "0.01");
        check(1234.0, -2, Rounding::HalfExpand, "1200.");
        check(1e21, 0, Rounding::HalfExpand, "1000000000000000000000.");
        check(0.000_001_5, 6, Rounding::Trunc, "0.000001");
    }
}
